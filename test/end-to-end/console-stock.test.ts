import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toInstant } from '../../shared/kernel/time.ts';
import { HAS_NO_BROWSER, useConsole } from './console-fixture.ts';
import type { RunningBackend } from './running-backend.ts';
import { sellForWeeks } from './sales-of-weeks.ts';

/** It is offered by a sample supplier, and has 300 units at Shenzhen. */
const SKU = 'MUG-CERAMIC-350';
const SUPPLIER = 'sample-maker-vn';
const SUPPLIER_PATH = `/v1/admin/replenishment/suppliers/${SUPPLIER}`;
const today = toInstant(new Date()).slice(0, 10);

describe.skipIf(HAS_NO_BROWSER)('an operator of stock in the console', () => {
  const at = useConsole(async (running) => {
    await sellForWeeks(running.backend, SKU, today);
    await planToday(running);
  });
  const ask = <Answer>(method: 'GET' | 'PUT', path: string, body?: object) =>
    at.running.backend.operator.call<Answer>({ method, path, ...(body === undefined ? {} : { body }) });
  const stored = () => ask<{ name: string; shareLimitPercent: number }>('GET', SUPPLIER_PATH);

  it('finds what runs out, and sees its units, its movements and its forecast', async () => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', '/stock?warehouse=cn-shenzhen&mark=low');
    await page.getByRole('link', { name: SKU }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await serious()).toEqual([]);
    await page.getByRole('link', { name: SKU }).click();
    const levels = page.getByRole('table', { name: 'Units by warehouse' });
    expect(await levels.textContent()).toContain('cn-shenzhen300');
    expect(await page.getByRole('table', { name: 'Movements' }).textContent()).toContain('Receive');
    const why = page.getByRole('table', { name: `Why ${SKU} at cn-shenzhen` });
    expect(await why.textContent()).toMatch(/Safety stock[\d.,]+ units/);
    expect(await serious()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('corrects a count after reading what follows, and sees it as a movement', async () => {
    const { page, errors, openAs, serious, confirm } = at;
    await openAs('operator', `/stock/${SKU}`);
    await page.getByRole('button', { name: 'Correct the stock' }).click();
    const units = page.getByLabel('Units that were counted');
    // Nothing can be sent while the field is wrong, and it says why.
    await units.fill('-4');
    await page.getByText('Whole units, from 0 to 1,000,000').waitFor();
    const correct = page.getByRole('dialog').getByRole('button', { name: 'Correct', exact: true });
    expect(await correct.isDisabled()).toBe(true);
    await units.fill('288');
    await page.getByLabel('Reason').fill('Counted on a Tuesday');
    await page.getByText('On hand goes from 300 to 288').waitFor();
    expect(await serious()).toEqual([]);
    await confirm('Correct');
    await page.getByText(`The stock of ${SKU} at cn-shenzhen is corrected`).waitFor();
    await page.getByRole('cell', { name: 'Counted on a Tuesday' }).waitFor();
    const { warehouses } = await ask<{ warehouses: { warehouseId: string; onHand: number }[] }>(
      ...(['GET', `/v1/admin/stock/${SKU}`] as const),
    );
    expect(warehouses).toContainEqual(expect.objectContaining({ warehouseId: 'cn-shenzhen', onHand: 288 }));
    expect(errors).toEqual([]);
  });

  it('changes the units of a proposal, and approves the new one after reading why', async () => {
    const { page, errors, openAs, serious, confirm } = at;
    await openAs('operator', '/replenishment/proposals');
    const link = page.getByRole('table', { name: 'Proposals' }).getByRole('link', { name: /^rpl_/ });
    const first = (await link.first().textContent()) ?? '';
    expect(await serious()).toEqual([]);
    await link.first().click();
    await page.getByRole('table', { name: `Why ${SKU}`, exact: true }).waitFor();
    expect(await page.getByRole('table', { name: `Why ${SKU}`, exact: true }).textContent()).toMatch(
      /Lead time10 days.*Safety stock.*Reorder point.*Pack rounding/,
    );
    await page.getByText('Stock, if this is ordered').waitFor();
    expect(await serious()).toEqual([]);
    // A number that is no whole case is refused by name, and the proposal stays.
    await page.getByRole('button', { name: `Change ${first}` }).click();
    await page.getByLabel(`Units of ${SKU}`).fill('401');
    await confirm('Change');
    await page.getByText(/\/lines\/0\/units/).waitFor();
    expect(await page.getByLabel(`Units of ${SKU}`).inputValue()).toBe('401');
    expect((await orderOf(first)).status).toBe('proposed');
    await page.getByRole('button', { name: 'Change nothing' }).click();
    await page.getByRole('button', { name: `Approve ${first}` }).click();
    await page.getByText(`The order is sent to ${SUPPLIER} for`).waitFor();
    await confirm('Approve');
    await page.getByText(`${first} is approved`).waitFor();
    expect((await orderOf(first)).status).not.toBe('proposed');
    expect(errors.filter((text) => !text.includes('422'))).toEqual([]);
  });

  it('stores a setting of a supplier after a wrong field was named, and keeps what was typed', async () => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', '/replenishment/suppliers');
    await page.getByRole('link', { name: 'Sample Maker VN' }).click();
    await page.getByLabel('Largest share of a product').fill('150');
    await page.getByLabel('Name', { exact: true }).fill('Maker of mugs');
    expect(await serious()).toEqual([]);
    await page.getByRole('button', { name: 'Store' }).click();
    await page.getByText(/shareLimitPercent/).waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Maker of mugs');
    expect(await stored()).toMatchObject({ name: 'Sample Maker VN', shareLimitPercent: 100 });
    await page.getByLabel('Largest share of a product').fill('80');
    await page.getByRole('button', { name: 'Store' }).click();
    await page.getByText(`${SUPPLIER} is stored`).waitFor();
    expect(await stored()).toMatchObject({ name: 'Maker of mugs', shareLimitPercent: 80 });
    expect(errors.filter((text) => !text.includes('422'))).toEqual([]);
  });

  it('sees that somebody else changed a supplier, and overwrites nothing', async () => {
    const { page, openAs } = at;
    await openAs('operator', `/replenishment/suppliers/${SUPPLIER}`);
    await page.getByLabel('Largest share of a product').fill('60');
    const {
      supplierId: _,
      scorecard: __,
      missingCertificates: ___,
      deliveries: ____,
      ...own
    } = await ask<Record<string, unknown>>('GET', SUPPLIER_PATH);
    await ask('PUT', SUPPLIER_PATH, { ...own, name: 'Changed elsewhere' });
    await page.getByRole('button', { name: 'Store' }).click();
    await page.getByText('Somebody else has changed this supplier').waitFor();
    expect(await page.getByLabel('Largest share of a product').inputValue()).toBe('60');
    expect((await stored()).name).toBe('Changed elsewhere');
    await page.getByRole('button', { name: 'Read it again' }).click();
    await page.getByRole('heading', { name: 'Changed elsewhere' }).waitFor();
  });

  it.each([
    ['/replenishment/runs', 'Runs of replenishment'],
    [`/replenishment/runs/${today}`, /^Run of /],
    ['/replenishment/risks', 'Risks'],
    ['/replenishment/signals', 'Signals of demand'],
    ['/replenishment/purchasing', 'Purchasing settings'],
  ])('%s can be used with a keyboard and a screen reader', async (path, heading) => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', path);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await serious()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('may only look as a reader', async () => {
    const { page, errors, openAs } = at;
    await openAs('reader', `/stock/${SKU}`);
    await page.getByRole('table', { name: 'Units by warehouse' }).waitFor();
    expect(await page.getByRole('button', { name: 'Correct the stock' }).count()).toBe(0);
    expect(errors).toEqual([]);
  });

  const orderOf = (id: string) => ask<{ status: string }>('GET', `/v1/admin/replenishment/orders/${id}`);
});

/** Starts the run of today, and waits until it has placed its orders. Throws if it does not within a minute. */
async function planToday({ backend: { operator } }: RunningBackend): Promise<void> {
  const path = '/v1/admin/replenishment/runs';
  await operator.call({ method: 'POST', path, body: {} });
  const state = async () =>
    (await operator.call<{ state: string }>({ method: 'GET', path: `${path}/${today}` })).state;
  for (let tries = 0; tries < 240; tries += 1) {
    if ((await state()) === 'done') return;
    await wait(250);
  }
  throw new Error(`the run of ${today} is not done`);
}
