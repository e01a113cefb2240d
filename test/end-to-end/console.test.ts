import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { connectSupplier } from '../../infra/cli/sample-shop/sample-supplier.ts';
import { becomesQuiet } from '../../infra/local/becomes-quiet.ts';
import { SAMPLE_SUPPLIER } from '../../infra/sandbox/supplier/partner.ts';
import { HAS_NO_BROWSER, useConsole } from './console-fixture.ts';
import { operatorView } from './running-backend.ts';
import { baskets, isDelivered } from './shopper.ts';

describe.skipIf(HAS_NO_BROWSER)('an operator in the console', () => {
  let paid: string;
  const at = useConsole(async (running) => {
    ({ orderId: paid } = await running.shopper.buy(baskets.DE, running.stripeUrl));
    await becomesQuiet(running.backend);
  });

  it('finds an order in the list and sees its parcel, figures with their law, and ledger', async () => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', '/orders?status=closed');
    expect(await serious()).toEqual([]);
    await page.getByRole('link', { name: paid }).click();
    await page.getByRole('heading', { name: paid }).waitFor();
    await page.getByText('Delivered').first().waitFor();
    expect(
      await page.getByRole('table', { name: 'Charges of the consignment from cn-shenzhen' }).textContent(),
    ).toMatch(/VAT|duty/i);
    expect(await serious()).toEqual([]);
    await page.getByRole('tab', { name: 'Ledger' }).click();
    expect(await page.getByRole('table', { name: 'Journals of the order' }).textContent()).toContain(
      'provider-clearing',
    );
    expect(errors).toEqual([]);
  });

  it('refunds units after it says what follows, once', async () => {
    const { page, running, errors, openAs } = at;
    await openAs('operator', `/orders/${paid}`);
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('menuitem', { name: 'Refund' }).click();
    await page.getByText('duty stays owed to customs').waitFor();
    await page.getByRole('button', { name: 'What is refunded' }).click();
    await page.getByRole('option', { name: 'An amount' }).click();
    await page.getByLabel(/^Amount in/).fill('1.50');
    await page.getByRole('dialog').getByRole('button', { name: 'Refund', exact: true }).click();
    await page.getByText('the decision is stored').waitFor();
    await becomesQuiet(running.backend);
    const { facts } = await operatorView(running.backend, paid);
    const refunds = facts.filter(({ name }) => name === 'refund.paid');
    expect(refunds.map(({ data }) => data.amount)).toEqual([{ amount: 150, currency: 'EUR' }]);
    expect(errors).toEqual([]);
  });

  it('releases an order from the work list, and it is delivered', async () => {
    const { page, running, errors, openAs, serious, confirm } = at;
    const { backend, shopper, stripeUrl } = running;
    backend.partners.faults.add({ partner: 'easypost', behaviour: 'refused', times: 1 });
    const placed = await shopper.buy(baskets.DE, stripeUrl);
    await shopper.follow(placed, ({ status }) => status === 'held');
    await openAs('operator', '/work');
    expect(await serious()).toEqual([]);
    await page.getByRole('link', { name: placed.orderId }).click();
    await page.getByText('Booking refused').first().waitFor();
    await decide('Release');
    await page.getByText('The order goes on').last().waitFor();
    await confirm('Release');
    await page.getByText('the decision is stored').waitFor();
    await shopper.follow(placed, isDelivered);
    expect(errors).toEqual([]);
  });

  it('ends a reason that the order does not wait for', async () => {
    const { page, errors, openAs } = at;
    const reason = { reason: 'promise-broken', since: '2026-11-23T10:00:00.000Z', stops: false };
    await page.route(
      `**/v1/admin/orders/${paid}`,
      async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), attention: [reason] } });
      },
      { times: 1 },
    );
    await openAs('operator', `/orders/${paid}`);
    await page.route('**/acknowledge', (route) =>
      route.fulfill({ json: { orderId: paid, outcome: 'acknowledged' } }),
    );
    const sent = page.waitForRequest('**/acknowledge');
    await page.getByRole('button', { name: 'I have dealt with it' }).click();
    expect((await sent).postDataJSON()).toEqual({ reason: 'promise-broken' });
    await page.getByText('it is off the work list').waitFor();
    expect(errors).toEqual([]);
  });

  it('approves a purchase order after it says what is sent to whom', async () => {
    const { page, running, errors, openAs, serious, confirm } = at;
    const { operator, partners } = running.backend;
    await connectSupplier(operator, partners, SAMPLE_SUPPLIER);
    const lines = [{ sku: 'MUG-CERAMIC-350', units: 480, needBy: '2027-02-01' }];
    const { replenishmentOrderId } = await operator.call<{ replenishmentOrderId: string }>({
      ...{ method: 'POST', path: '/v1/admin/replenishment/orders', headers: { 'idempotency-key': 'mugs' } },
      body: { kind: 'purchase', supplierId: SAMPLE_SUPPLIER, warehouseId: 'pl-poznan', lines },
    });
    await openAs('operator', '/replenishment');
    await page.getByRole('cell', { name: /480 MUG-CERAMIC-350/ }).waitFor();
    expect(await serious()).toEqual([]);
    await page.getByRole('button', { name: `Approve ${replenishmentOrderId}` }).click();
    await page.getByText(`The order is sent to ${SAMPLE_SUPPLIER}`).waitFor();
    await confirm('Approve');
    await page.getByText(`${replenishmentOrderId} is approved`).waitFor();
    const { status } = await operator.call<{ status: string }>({
      ...{ method: 'GET', path: `/v1/admin/replenishment/orders/${replenishmentOrderId}` },
    });
    expect(status).not.toBe('proposed');
    expect(errors).toEqual([]);
  });

  it('opens a report, waits until it is made, and saves a table of it', async () => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', '/reports');
    await page.getByRole('link', { name: 'Sales', exact: true }).waitFor();
    expect(await serious()).toEqual([]);
    await page.getByRole('link', { name: 'Sales', exact: true }).click();
    const today = new Date().toISOString().slice(0, 10);
    await page.getByLabel('Period').fill(today);
    await page.getByLabel('Period').press('Enter');
    await page.getByRole('heading', { name: new RegExp(`Sales, ${today}`) }).waitFor();
    expect(await serious()).toEqual([]);
    const csv = page.getByRole('button', { name: /^CSV of / }).first();
    const [saved] = await Promise.all([page.waitForEvent('download'), csv.click()]);
    expect(await readFile(await saved.path(), 'utf8')).toContain('EUR');
    expect(errors).toEqual([]);
  });

  it('may only look as a reader', async () => {
    const { page, errors, openAs } = at;
    await openAs('reader', `/orders/${paid}`);
    await page.getByRole('heading', { name: paid }).waitFor();
    expect(await page.getByRole('button', { name: 'Decide' }).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('reads why a decision was refused, and nothing was written', async () => {
    const { page, running, openAs, confirm } = at;
    await openAs('operator', `/orders/${paid}`);
    const before = await operatorView(running.backend, paid);
    await decide('Refund');
    await page.getByRole('button', { name: 'What is refunded' }).click();
    await page.getByRole('option', { name: 'An amount' }).click();
    await page.getByLabel(/^Amount in/).fill('100000');
    await confirm('Refund');
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).waitFor();
    expect(await page.getByRole('dialog').textContent()).toMatch(/at most|more than|left/i);
    const after = await operatorView(running.backend, paid);
    expect(after.facts).toHaveLength(before.facts.length);
  });

  it('keeps what was typed when the connection is lost, and sends it once afterwards', async () => {
    const { page, running, openAs, confirm } = at;
    await openAs('operator', `/orders/${paid}`);
    await decide('Refund');
    await page.getByRole('button', { name: 'What is refunded' }).click();
    await page.getByRole('option', { name: 'An amount' }).click();
    await page.getByLabel(/^Amount in/).fill('0.75');
    const path = '**/v1/admin/orders/*/refund';
    // The backend stores the decision, and its answer is lost.
    await page.route(path, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await confirm('Refund');
    await page.getByText('The backend was not reached').waitFor();
    expect(await page.getByLabel(/^Amount in/).inputValue()).toBe('0.75');
    await page.unroute(path);
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('the decision is stored').waitFor();
    await becomesQuiet(running.backend);
    const { facts } = await operatorView(running.backend, paid);
    const refunds = facts.filter(({ name, data }) => name === 'refund.paid' && amountIn(data) === 75);
    expect(refunds).toHaveLength(1);
  });

  it('sees that the session has ended, and returns to the same page', async () => {
    const { page, openAs } = at;
    await openAs('operator', `/orders/${paid}`);
    await page.getByRole('heading', { name: paid }).waitFor();
    await page.route('**/v1/admin/orders/**', (route) =>
      route.fulfill({ status: 401, json: { message: 'Unauthorized' } }),
    );
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('Your session has ended').waitFor();
    await page.unroute('**/v1/admin/orders/**');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: 'Sign in as operator' }).click();
    await page.getByRole('heading', { name: paid }).waitFor();
  });

  it('sees what a hostile name says, and runs nothing of it', async () => {
    const { page, running, errors, openAs } = at;
    const name = '<img src=x onerror="document.title=1">\u202Eسلام '.repeat(5);
    await openAs('operator', '/work');
    await page.route('**/v1/admin/orders?**', (route) =>
      route.fulfill({ json: { orders: [listed(name)], cursor: undefined } }),
    );
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('<img src=x').first().waitFor();
    expect(await page.title()).toBe('Entrepot console');
    expect(errors).toEqual([]);
    const answer = await page.request.get(`${running.backend.url}/console/`);
    expect(answer.headers()['content-security-policy']).toContain("script-src 'self'");
  });

  const decide = async (text: string) => {
    await at.page.getByRole('button', { name: 'Decide' }).click();
    await at.page.getByRole('menuitem', { name: text }).click();
  };
});

const amountIn = (data: Record<string, unknown>) => (data.amount as { amount?: number } | undefined)?.amount;

const listed = (storefrontId: string) => ({
  ...{ orderId: 'ord_01KAXB3J5K0000000000000000', status: 'held', storefrontId },
  ...{ placedAt: '2026-11-23T10:00:00.000Z', warehouses: [], attention: [] },
});
