import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sales } from '../../../shared/reports/sales/sales.ts';
import { authorised, placed, refundFailed, refundPaid, started, voided } from '../../builders/facts.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const rates = [
  dailyRates('2026-11-20', { USD: '1.25', GBP: '0.80' }),
  dailyRates('2026-11-27', { USD: '1.00', GBP: '0.50' }),
];

/** 24.00 goods, 6.00 shipping, 3.00 duty, 6.27 tax: 39.27 EUR, two tea towels to Germany. */
const inEuro = { goods: 2400, shipping: 600, duty: 300, tax: 627, quantity: 2 };
/** 50.00 goods, 10.00 shipping: 60.00 USD, three mugs to the United States, at the rates of 20 November. */
const inDollar = {
  ...({ currency: 'USD', country: 'US', sku: 'MUG', quantity: 3 } as const),
  ...{ goods: 5000, shipping: 1000, ratesDay: '2026-11-20', storefrontId: 'outlet', channel: 'app' },
};
const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const order = (number: number, at: string, facts: Parameters<typeof orderRecords>[1]['facts']) =>
  orderRecords(number, { at, facts });

describe('an order of which not all is charged, or with two lines of one product', () => {
  const twoLines = placed({
    landedCost: landedCost({
      consignments: [
        consignment({
          lines: [
            line({ lineId: '1', sku: 'MUG', quantity: 2, goodsValue: { amount: 1000, currency: 'EUR' } }),
            line({ lineId: '2', sku: 'MUG', quantity: 3, goodsValue: { amount: 1500, currency: 'EUR' } }),
          ],
          charges: [charge({ amount: { amount: 2500, currency: 'EUR' } })],
        }),
      ],
    }),
  });
  const bySku = async () => rowsOf(await askedReport(sales, lake, berlin), 'by-sku');

  it('is one order of the product, also in files of before its lines had numbers', async () => {
    await lake.load(order(1, '2026-11-28T10:00:00.000Z', [twoLines, ...paid(2500)]));

    const numbered = await bySku();
    await lake.ask('UPDATE lines SET line_of_sku = NULL');

    // 2 + 3 = 5 units for 10.00 + 15.00 = 25.00 EUR.
    expect(numbered).toEqual([{ sku: 'MUG', orders: 1, units: 5, goods: eur(2500) }]);
    expect(await bySku()).toEqual(numbered);
  });

  it('has no charges in it that the consignee pays', async () => {
    await lake.load(
      order(1, '2026-11-28T10:00:00.000Z', [
        pricedOrder({ ...inEuro, collectedOnDelivery: true }),
        ...paid(3000),
      ]),
    );

    // Goods and shipping alone: 24.00 + 6.00 = 30.00. Duty and tax are paid on delivery.
    expect(rowsOf(await askedReport(sales, lake, berlin), 'summary')).toMatchObject([
      { goods: eur(2400), duty: eur(0), tax: eur(0), gross: eur(3000) },
    ]);
  });
});

describe('the sales of a day', () => {
  beforeEach(() =>
    lake.load([
      ...rates,
      ...order(1, '2026-11-28T10:00:00.000Z', [pricedOrder(inEuro), ...paid(3927)]),
      // 00:30 of 28 November in Berlin, 27 November in UTC.
      ...order(2, '2026-11-27T23:30:00.000Z', [pricedOrder(inDollar), ...paid(6000, 'USD')]),
      // 00:30 of 29 November in Berlin.
      ...order(3, '2026-11-28T23:30:00.000Z', [pricedOrder(inEuro), ...paid(3927)]),
    ]),
  );

  it('are those of the day by the clocks of the merchant', async () => {
    const day = await askedReport(sales, lake, berlin);
    const next = await askedReport(sales, lake, { ...berlin, period: '2026-11-29' });
    const inUtc = await askedReport(sales, lake, { period: '2026-11-28' });

    expect(rowsOf(day, 'summary')).toMatchObject([{ orders: 2, units: 5 }]);
    expect(rowsOf(next, 'summary')).toMatchObject([{ orders: 1, units: 2 }]);
    expect(rowsOf(inUtc, 'summary')).toMatchObject([{ orders: 2, units: 4 }]);
  });

  it('are added up in the currency of the report, at the rate that each order locked', async () => {
    const day = await askedReport(sales, lake, berlin);

    // 50.00 USD / 1.25 = 40.00 EUR and 10.00 USD / 1.25 = 8.00 EUR; 24.00 + 40.00 = 64.00, 6.00 + 8.00 = 14.00.
    // 64.00 + 14.00 + 3.00 + 6.27 = 87.27; 87.27 / 2 = 43.635, half up 43.64.
    const all = { goods: eur(6400), shipping: eur(1400), duty: eur(300), tax: eur(627), fees: eur(0) };
    expect(rowsOf(day, 'summary')).toEqual([
      {
        ...{ orders: 2, units: 5, ...all, gross: eur(8727), discounts: eur(0), refunds: eur(0) },
        ...{ net: eur(8727), average: eur(4364), refunded: 0 },
      },
    ]);
    expect(rowsOf(day, 'by-market')).toMatchObject([
      { market: 'US', orders: 1, gross: eur(4800) },
      { market: 'DE', orders: 1, gross: eur(3927) },
    ]);
    expect(rowsOf(day, 'by-storefront')).toMatchObject([
      { storefront: 'outlet', gross: eur(4800) },
      { storefront: 'shop', gross: eur(3927) },
    ]);
    expect(rowsOf(day, 'by-channel')).toMatchObject([
      { channel: 'app', orders: 1, units: 3, gross: eur(4800) },
      { channel: '', orders: 1, units: 2, gross: eur(3927) },
    ]);
    expect(rowsOf(day, 'by-sku')).toEqual([
      { sku: 'MUG', orders: 1, units: 3, goods: eur(4000) },
      { sku: 'TEA-TOWEL', orders: 1, units: 2, goods: eur(2400) },
    ]);
    expect(rowsOf(day, 'by-currency')).toEqual([
      { currency: 'EUR', orders: 1, gross: eur(3927), refunds: eur(0) },
      {
        ...{ currency: 'USD', orders: 1, gross: { amountMinor: 6000, currency: 'USD' } },
        refunds: { amountMinor: 0, currency: 'USD' },
      },
    ]);
    expect(day.notCounted).toEqual([]);
  });

  it('are those of one storefront for its reader, and nothing of the others', async () => {
    const own = await askedReport(sales, lake, { ...berlin, storefrontId: 'outlet' });

    expect(rowsOf(own, 'summary')).toMatchObject([{ orders: 1, gross: eur(4800) }]);
    expect(JSON.stringify(own.tables.map(({ rows }) => rows))).not.toMatch(/shop|TEA-TOWEL|DE/);
    const nobody = await askedReport(sales, lake, { ...berlin, storefrontId: "shop' OR '1'='1" });
    expect(rowsOf(nobody, 'summary')).toMatchObject([{ orders: 0, average: null }]);
  });

  it('add up to the same total by day, market, storefront and channel, over a month', async () => {
    const month = await askedReport(sales, lake, { ...berlin, period: '2026-11' });

    expect(rowsOf(month, 'by-day')).toHaveLength(30);
    for (const table of ['summary', 'by-day', 'by-market', 'by-storefront', 'by-channel']) {
      const sum = rowsOf(month, table).reduce(
        (all, row) => all + (row.gross as { amountMinor: number }).amountMinor,
        0,
      );
      expect([table, sum]).toEqual([table, 8727 + 3927]);
    }
  });

  it('are the same to the byte when they are made again', async () => {
    const [first, again] = [await askedReport(sales, lake, berlin), await askedReport(sales, lake, berlin)];

    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  });
});

describe('a refund', () => {
  it('is converted at the rate of its order, on the day on which it was paid', async () => {
    const placedInPounds = pricedOrder({
      currency: 'GBP',
      country: 'GB',
      goods: 4000,
      ratesDay: '2026-11-20',
    });
    const at = (occurredAt: string) => ({ occurredAt });
    await lake.load([
      ...rates,
      ...order(1, '2026-11-23T10:00:00.000Z', [
        ...[placedInPounds, ...paid(4000, 'GBP')],
        { ...refundPaid({ amount: { amount: 800, currency: 'GBP' } }), ...at('2026-11-28T09:00:00.000Z') },
        {
          ...refundPaid({
            amount: { amount: 250, currency: 'USD' },
            refundId: 'ref_00000000000000000000000002',
          }),
          ...at('2026-11-28T09:30:00.000Z'),
        },
      ]),
    ]);

    const day = await askedReport(sales, lake, berlin);

    // 8.00 GBP / 0.80 = 10.00 EUR and 2.50 USD / 1.25 = 2.00 EUR; the rates of the day of the refund give 18.50.
    expect(rowsOf(day, 'summary')).toMatchObject([
      { orders: 0, gross: eur(0), refunds: eur(1200), net: eur(-1200), refunded: 2, average: null },
    ]);
    expect(rowsOf(day, 'by-market')).toMatchObject([{ market: 'GB', refunds: eur(1200) }]);
  });

  it('that came back is none, and one whose order is not in the lake is said', async () => {
    const refunded = [pricedOrder(inEuro), ...paid(3927), refundPaid(), refundFailed()];
    const [, , , , orphan] = order(2, '2026-11-28T10:00:00.000Z', [
      pricedOrder(inEuro),
      ...paid(3927),
      refundPaid(),
    ]);
    await lake.load([...order(1, '2026-11-28T10:00:00.000Z', refunded), orphan ?? '']);

    const day = await askedReport(sales, lake, berlin);

    expect(rowsOf(day, 'summary')).toMatchObject([{ orders: 1, refunds: eur(0), refunded: 0 }]);
    expect(day.notCounted).toEqual([
      { code: 'no-order', says: 'refunds of orders that the lake does not have', count: 1 },
    ]);
  });
});

describe('what the sales leave out', () => {
  it('is an order that nobody paid, or whose payment was given up', async () => {
    const given = [pricedOrder(inEuro), started(), authorised(), voided()];
    await lake.load([
      ...order(1, '2026-11-28T10:00:00.000Z', [pricedOrder(inEuro)]),
      ...order(2, '2026-11-28T10:00:00.000Z', given),
      ...order(3, '2026-11-28T10:00:00.000Z', given.slice(0, 3)),
    ]);

    const day = await askedReport(sales, lake, berlin);

    expect(rowsOf(day, 'summary')).toMatchObject([{ orders: 1, gross: eur(3927) }]);
    expect(day.notCounted).toMatchObject([{ code: 'not-paid', count: 2 }]);
  });

  it('is an amount without a rate: it is counted, and no figure is NaN', async () => {
    await lake.load([
      ...rates,
      ...order(1, '2026-11-28T10:00:00.000Z', [
        pricedOrder({ currency: 'JPY', country: 'JP', goods: 9000, ratesDay: '2026-11-27' }),
        ...paid(9000, 'JPY'),
      ]),
    ]);

    const day = await askedReport(sales, lake, berlin);

    expect(rowsOf(day, 'summary')).toMatchObject([{ orders: 1, units: 1, gross: eur(0), average: null }]);
    expect(rowsOf(day, 'by-currency')).toMatchObject([
      { currency: 'JPY', gross: { amountMinor: 9000, currency: 'JPY' } },
    ]);
    expect(day.notCounted).toMatchObject([
      { code: 'no-rate', count: 1, says: expect.stringMatching(/JPY of 2026-11-27.*EUR/) },
    ]);
    expect(JSON.stringify(day)).not.toMatch(/NaN|Infinity/);
  });

  it('is a fact of a version that is unknown', async () => {
    const [placed, ...rest] = order(1, '2026-11-28T10:00:00.000Z', [pricedOrder(inEuro), ...paid(3927)]);
    await lake.load([JSON.stringify({ ...placed, version: 7 }), ...rest]);

    const day = await askedReport(sales, lake, berlin);

    expect(rowsOf(day, 'summary')).toMatchObject([{ orders: 0 }]);
    expect(day.notCounted).toEqual([
      {
        code: 'unknown-facts',
        ...{ says: "facts order.placed in version 7, which this version can't read", count: 1 },
      },
    ]);
  });

  it('is nothing, where the lake is empty', async () => {
    const day = await askedReport(sales, lake, berlin);

    expect(rowsOf(day, 'summary')).toMatchObject([{ orders: 0, gross: eur(0), net: eur(0), average: null }]);
    expect(rowsOf(day, 'by-day')).toMatchObject([{ day: '2026-11-28', orders: 0 }]);
    expect(rowsOf(day, 'by-sku')).toEqual([]);
    expect(day.notCounted).toEqual([]);
  });

  it('says of a running period that it grows', async () => {
    const running = await askedReport(sales, lake, { ...berlin, now: '2026-11-28T12:00:00.000Z' });

    expect(running.status).toBe('running');
    expect((await askedReport(sales, lake, berlin)).status).toBe('over');
  });
});
