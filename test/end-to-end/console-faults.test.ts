import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { becomesQuiet } from '../../infra/local/becomes-quiet.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { HAS_NO_BROWSER, useConsole } from './console-fixture.ts';
import { operatorView } from './running-backend.ts';
import { baskets } from './shopper.ts';

const ORDERS = '**/v1/admin/orders?**';
/** The script of one page: its name has a hash. */
const ORDER_PAGE_SCRIPT = '**/console/assets/order-page-*.js';
const STORED = 100_000;
const A_PAGE = 50;

describe.skipIf(HAS_NO_BROWSER)('the console when something goes wrong', () => {
  let paid: string;
  const at = useConsole(async (running) => {
    ({ orderId: paid } = await running.shopper.buy(baskets.DE, running.stripeUrl));
    await becomesQuiet(running.backend);
  });

  it('says that the backend was not reached, and reads again when the connection is back', async () => {
    const { page, openAs, serious } = at;
    await openAs('operator', '/work');
    await page.getByText('Nobody has to look at an order').waitFor();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Purchase and transfer orders' }).waitFor();
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('The backend was not reached').waitFor();
    expect(await serious()).toEqual([]);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The backend was not reached').waitFor({ state: 'detached' });
    await page.getByText('Nobody has to look at an order').waitFor();
  });

  it('says at once that the first reading of a page failed', async () => {
    const { page, openAs } = at;
    await page.route(ORDERS, (route) => route.abort());
    await openAs('operator', '/orders?status=closed');
    await page.getByText('The backend was not reached').waitFor();
    await page.unroute(ORDERS);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: paid }).waitFor();
  });

  it('asks to reload where a new deployment has taken the script of a page away', async () => {
    const { page, openAs, serious } = at;
    await openAs('operator', '/orders?status=closed');
    await page.route(ORDER_PAGE_SCRIPT, (route) => route.fulfill({ status: 404, body: 'No such file' }));
    await page.getByRole('link', { name: paid }).click();
    await page.getByText('A part of the console was not loaded').waitFor();
    expect(await serious()).toEqual([]);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    // The frame stays: another page can be opened.
    await page.getByRole('link', { name: 'Work list' }).click();
    await page.getByRole('heading', { name: /^Work list/ }).waitFor();
    await page.goBack();
    await page.getByText('A part of the console was not loaded').waitFor();
    await page.unroute(ORDER_PAGE_SCRIPT);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: paid }).waitFor();
  });

  it('keeps its frame where a page has a fault', async () => {
    const { page, openAs, serious } = at;
    // An answer that breaks the contract: what a page draws from it throws.
    await page.route(ORDERS, (route) =>
      route.fulfill({ json: { orders: [{ orderId: newId('order', new Date()) }] } }),
    );
    await openAs('operator', '/orders');
    await page.getByText('The console has a fault here').waitFor();
    expect(await serious()).toEqual([]);
    await page.getByRole('link', { name: 'Purchase and transfer orders' }).click();
    await page.getByRole('heading', { name: /^Purchase and transfer orders/ }).waitFor();
    await page.unroute(ORDERS);
    await page.goBack();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: /^Orders/ }).waitFor();
    expect(await page.getByText('The console has a fault here').count()).toBe(0);
  });

  it('says that another operator was quicker, and keeps what was typed', async () => {
    const { page, running, openAs, serious } = at;
    await openAs('operator', `/orders/${paid}`);
    const before = await operatorView(running.backend, paid);
    const path = '**/v1/admin/orders/*/refund';
    await page.route(path, (route) =>
      route.fulfill({
        status: 412,
        json: { status: 412, code: 'other-version', title: 'Another version is stored' },
      }),
    );
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('menuitem', { name: 'Refund' }).click();
    await page.getByRole('button', { name: 'What is refunded' }).click();
    await page.getByRole('option', { name: 'An amount' }).click();
    await page.getByLabel(/^Amount in/).fill('2.25');
    await page.getByRole('dialog').getByRole('button', { name: 'Refund', exact: true }).click();
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    expect(await page.getByLabel(/^Amount in/).inputValue()).toBe('2.25');
    expect(await serious()).toEqual([]);
    expect((await operatorView(running.backend, paid)).facts).toHaveLength(before.facts.length);
  });

  it('stays usable with a hundred thousand orders', async () => {
    const { page, errors, openAs } = at;
    const asked: (string | null)[] = [];
    await page.route(ORDERS, (route) => {
      asked.push(new URL(route.request().url()).searchParams.get('cursor'));
      return answerPage(route);
    });
    await openAs('operator', '/orders');
    await page.getByText(`(${A_PAGE}+)`).waitFor();
    for (let read = 2; read <= 10; read += 1) {
      await page.getByRole('button', { name: 'Read more' }).click();
      await page.getByText(`(${read * A_PAGE}+)`).waitFor();
    }
    expect(asked).toEqual([null, ...Array.from({ length: 9 }, (_, index) => String((index + 1) * A_PAGE))]);
    // Of all orders only those are read that somebody asked for, and a filter answers as fast as before.
    const started = performance.now();
    await page.getByLabel('From a warehouse').fill('pl-poznan');
    await page.getByText(`(${A_PAGE}+)`).waitFor();
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(errors).toEqual([]);
  });

  it.each([
    ['a name of 200 characters without a space', 'x'.repeat(200)],
    ['a name from right to left', 'متجر الهدايا '.repeat(8)],
  ])('fits %s into the window', async (_, name) => {
    const { page, errors, openAs } = at;
    await page.setViewportSize({ width: 820, height: 1100 });
    await page.route(ORDERS, (route) => route.fulfill({ json: { orders: [listed(name)] } }));
    await openAs('operator', '/orders');
    await page.getByText(name.trim()).waitFor();
    // A table may be moved to the side in itself. The page is not.
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(errors).toEqual([]);
  });
});

const listed = (storefrontId: string) => ({
  ...{ orderId: newId('order', new Date('2026-11-23T10:00:00Z')), status: 'held', storefrontId },
  ...{ placedAt: '2026-11-23T10:00:00.000Z', warehouses: ['pl-poznan'], attention: [] },
});

/** One page of a list of 100,000 orders. Its cursor is the number of the orders before it. */
function answerPage(route: Route): Promise<void> {
  const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
  const orders = Array.from({ length: A_PAGE }, () => listed('sample-shop'));
  const next = from + A_PAGE;
  return route.fulfill({ json: { orders, ...(next < STORED ? { cursor: String(next) } : {}) } });
}
