import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePapers } from '../../infra/cli/sample-shop/sample-papers.ts';
import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { calendarDateIn } from '../../shared/kernel/zoned-time.ts';
import type { TaxReturn } from '../../shared/reports/tax-returns/tax-return.ts';
import { booksOf } from './partners-books.ts';
import { balances, operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { type Basket, baskets, isDelivered, type Placed } from './shopper.ts';

const IOSS = sampleSeller.ioss;

interface Charged {
  readonly charges: readonly { readonly code: string; readonly amount: { readonly amount: number } }[];
}

describe('the return of a month under IOSS', () => {
  let running: RunningBackend;
  let dataDir: string;
  let token: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'entrepot-e2e-'));
    running = await runBackend({ dataDir });
    token = await running.backend.cloud.issueToken(['reports:read']);
    await offer('LINEN-150-00', 150_00);
    await offer('LINEN-150-01', 150_01);
  });
  afterAll(async () => {
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Stores goods at that price in cents. Only Shenzhen has them. */
  async function offer(sku: string, priceMinor: number) {
    const { operator } = running.backend;
    const goods = { description: 'Cotton bed linen, printed', hsCode: '630221', originCountry: 'CN' };
    await operator.call({
      ...{ method: 'PUT', path: `/v1/admin/products/${sku}` },
      body: {
        ...goods,
        nationalCodes: { EU: '63022100' },
        unitWeightGrams: 1_400,
        dimensions: { lengthMm: 350, widthMm: 280, heightMm: 90 },
        prices: [{ amount: priceMinor, currency: 'EUR' }],
        compliance: samplePapers(sku, goods.hsCode),
      },
    });
    await operator.call({
      ...{
        method: 'POST',
        path: '/v1/admin/stock/movements',
        headers: { 'idempotency-key': `offer-${sku}` },
      },
      body: { kind: 'receive', sku, warehouseId: 'cn-shenzhen', quantity: 20 },
    });
  }

  const basketOf = (sku: string): Basket => ({ ...baskets.DE, lines: [{ sku, quantity: 1 }] });
  const report = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${running.backend.url}/v1/admin/reports/${path}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  const returnOf = async (name: string, period: string) =>
    (await (await report(`${name}?period=${period}`)).json()) as TaxReturn;
  const thisMonth = () => calendarDateIn('Europe/Berlin', new Date().toISOString()).slice(0, 7);
  const isPaid = (placed: Placed) =>
    running.shopper.follow(placed, ({ timeline }) =>
      timeline.some(({ fact }) => fact === 'payment.captured'),
    );
  const taxOf = async ({ orderId }: Placed, code: string) => {
    const { landedCost } = await operatorView(running.backend, orderId);
    const consignments = landedCost.consignments as unknown as readonly Charged[];
    const taxes = consignments.flatMap(({ charges }) => charges).filter((charge) => charge.code === code);
    return taxes.reduce((all, { amount }) => all + amount.amount, 0);
  };

  it('contains goods of EUR 150.00 with their VAT, not goods of EUR 150.01, and is the sum of its orders', async () => {
    const { backend, shopper, stripeUrl } = running;
    const quote = await shopper.quote(basketOf('LINEN-150-00'));
    const within = await shopper.buy(basketOf('LINEN-150-00'), stripeUrl);
    const over = await shopper.buy(basketOf('LINEN-150-01'), stripeUrl);
    const again = await shopper.buy(basketOf('LINEN-150-00'), stripeUrl);
    const delivered = await shopper.follow(within, isDelivered);
    await Promise.all([isPaid(again), shopper.follow(over, isDelivered)]);

    const [atLimit, aboveIt] = await Promise.all(
      [within, over].map((each) => operatorView(backend, each.orderId)),
    );
    expect(atLimit?.landedCost.consignments).toMatchObject([{ scheme: 'ioss', dataSet: 'EU_H7' }]);
    expect(aboveIt?.landedCost.consignments).toMatchObject([{ scheme: 'import-vat', dataSet: 'EU_H1' }]);
    const vat = await taxOf(within, 'ioss-vat');
    expect(vat).toBeGreaterThan((150_00 * 19) / 100);
    expect([await taxOf(over, 'ioss-vat'), await taxOf(within, 'import-vat')]).toEqual([0, 0]);

    const month = await returnOf('ioss', thisMonth());
    expect(month).toMatchObject({
      ...{ memberStateOfIdentification: 'DE', status: 'running', orders: 2, corrections: [] },
      sales: [{ memberState: 'DE', rate: '19', orders: 2, tax: { amount: 2 * vat, currency: 'EUR' } }],
      balances: [{ memberState: 'DE', tax: { amount: 2 * vat, currency: 'EUR' } }],
    });
    const taxable = month.sales[0]?.taxable.amount ?? 0;
    expect(Math.abs((taxable * 19) / 100 - 2 * vat)).toBeLessThanOrEqual(1);
    expect(-(balances(await operatorView(backend, within.orderId))['tax-owed:DE:ioss'] ?? 0)).toBe(vat);

    // The number is on the declaration. It is in no answer to a shopper or an operator, and in no log.
    const filed =
      atLimit?.facts.flatMap(({ name, data }) => (name === 'declaration.filed' ? [`${data.lrn}`] : [])) ?? [];
    const { declarations } = await booksOf(backend.partners.urls, filed);
    expect(JSON.stringify(declarations)).toContain(IOSS);
    const labels =
      atLimit?.facts.flatMap(({ name, data }) => (name === 'parcel.booked' ? [`${data.labelUrl}`] : [])) ??
      [];
    expect([filed.length, labels.length]).toEqual([1, 1]);
    const label = Buffer.from(await (await fetch(labels[0] ?? '')).arrayBuffer()).toString('latin1');
    const logs = await Promise.all(
      (await readdir(join(dataDir, 'logs'))).map((file) => readFile(join(dataDir, 'logs', file), 'utf8')),
    );
    const csv = await report(`ioss?period=${thisMonth()}`, { accept: 'text/csv' });
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const texts = { label, logs, quote, delivered, atLimit, aboveIt, month, csv: await csv.text() };
    expect(texts.csv).toMatch(/^report,.*\r\nioss,running,sale,\d{4}-\d{2},DE,,19,2,/);
    expect(logs.join('').length).toBeGreaterThan(1_000);
    for (const [where, text] of Object.entries(texts))
      expect([where, JSON.stringify(text).includes(IOSS)]).toEqual([where, false]);
  });

  it('is reduced by an order that stops', async () => {
    const { shopper, stripeUrl, backend } = running;
    const before = await returnOf('ioss', thisMonth());
    const placed = await shopper.buy(basketOf('LINEN-150-00'), stripeUrl);
    await shopper.follow(placed, ({ timeline }) =>
      timeline.some(({ fact }) => fact === 'payment.authorised'),
    );
    await backend.operator.call({
      ...{ method: 'POST', path: `/v1/admin/orders/${placed.orderId}/refuse`, body: {} },
      headers: { 'idempotency-key': `refuse-${placed.orderId}` },
    });
    // The money is refunded too, which does not change the return again.
    const goneBack = ['payment.voided', 'refund.paid'];
    await shopper.follow(placed, ({ timeline }) => timeline.some(({ fact }) => goneBack.includes(fact)));
    const after = await returnOf('ioss', thisMonth());
    expect(after.orders).toBe(before.orders + 1);
    expect(after.totals).toEqual(before.totals);
  });

  it.each([
    ['ioss?period=2026-Q4', 422, '#/query/period'],
    ['oss?period=2026-11', 422, '#/query/period'],
    ['ioss', 422, '#/query/period'],
    ['vat?period=2026-11', 422, '#/path/name'],
  ])('requested with %s gets %i and names %s', async (path, status, pointer) => {
    const response = await report(path);
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect([response.status, errors.map((error) => error.pointer)]).toEqual([status, [pointer]]);
  });

  it('needs the scope', async () => {
    const other = await running.backend.cloud.issueToken(['orders:read']);
    const response = await report('ioss?period=2026-11', { authorization: `Bearer ${other}` });
    expect(response.status).toBe(403);
  });
});
