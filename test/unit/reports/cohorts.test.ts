import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LakeRecord, recordOf } from '../../../shared/lake/record.ts';
import { cohorts } from '../../../shared/reports/cohorts/cohorts.ts';
import { sales } from '../../../shared/reports/sales/sales.ts';
import { refundPaid, refundRequested } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { marketingCost } from '../../builders/made-up-costs.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

/** 24.00 goods, 6.00 shipping, 3.00 duty, 6.27 tax: 39.27 EUR. */
const inEuro = pricedOrder({ goods: 2400, shipping: 600, duty: 300, tax: 627 });
const paidInEuro = [inEuro, ...paid(3927)];
/** 60.00 USD at 1.25 to the euro: 48.00 EUR. */
const paidInDollar = [
  pricedOrder({
    currency: 'USD',
    country: 'US',
    goods: 6000,
    ratesDay: '2026-11-20',
    storefrontId: 'outlet',
  }),
  ...paid(6000, 'USD'),
];

/** That an order is the n-th of a customer whose first one was in that month and market. */
function counted(number: number, nth: number, firstMonth: string, firstMarket = 'DE'): LakeRecord {
  const occurredAt = number === 1 ? '2026-10-31T23:30:00.000Z' : '2026-11-12T10:00:00.000Z';
  const orderId = idOf('order', number * 100 + 1);
  const at = { id: `customer:${number}`, occurredAt, recordedAt: occurredAt };
  return recordOf('customer.counted', at, { orderId, firstMonth, firstMarket, nth });
}
const spent = (day: string, amount: number, over: object = {}) =>
  marketingCost({
    ...{ storefrontId: 'shop', market: 'DE', channel: 'search', day, amount: { amount, currency: 'EUR' } },
    ...over,
  });

const late = { amount: { amount: 1000, currency: 'EUR' } } as const;

const load = () =>
  lake.load([
    dailyRates('2026-11-20', { USD: '1.25' }),
    // One customer: first in October, again in November in another market, currency and storefront.
    ...orderRecords(1, { at: '2026-10-31T23:30:00.000Z', facts: paidInEuro }),
    counted(1, 1, '2026-10'),
    ...orderRecords(2, { at: '2026-11-21T10:00:00.000Z', facts: paidInDollar }),
    counted(2, 2, '2026-10'),
    // Another one, whose refund is paid in December.
    ...orderRecords(3, {
      at: '2026-11-10T10:00:00.000Z',
      facts: [
        ...paidInEuro,
        refundRequested(late),
        // Counted from the builders' instant, 2026-11-23T10:00: 22 days after the order.
        { ...refundPaid(late), occurredAt: '2026-12-15T10:00:00.000Z' },
      ] as typeof paidInEuro,
    }),
    counted(3, 1, '2026-11'),
    // The lake does not know whose this is.
    ...orderRecords(4, { at: '2026-11-11T10:00:00.000Z', facts: paidInEuro }),
    // Nobody paid this one.
    ...orderRecords(5, { at: '2026-11-12T10:00:00.000Z', facts: [inEuro] }),
    counted(5, 1, '2026-11'),
    spent('2026-10-05', 1500),
    spent('2026-10-06', 500, { channel: 'newsletter' }),
    // Stored again with another amount: 25.00 USD at 1.25.
    marketingCost(
      {
        ...{ storefrontId: 'shop', market: 'DE', channel: 'search', day: '2026-11-20' },
        amount: { amount: 9900, currency: 'USD' },
      },
      '2026-11-21T08:00:00.000Z',
    ),
    spent('2026-11-20', 2500, { amount: { amount: 2500, currency: 'USD' } }),
    spent('2026-11-20', 700, { market: 'FR' }),
    spent('2026-12-01', 700),
  ]);

const october = {
  ...{ month: '2026-10', market: 'DE', customers: 1, orders: 2 },
  // 39.27 + 48.00 = 87.27; 15.00 + 5.00 = 20.00; 87.27 / 20.00 = 4.3635.
  ...{ gross: eur(8727), refunds: eur(0), net: eur(8727), lifetime: eur(8727) },
  ...{ marketing: eur(2000), acquisition: eur(2000), ratio: 4.3635 },
};
const november = {
  ...{ month: '2026-11', market: 'DE', customers: 1, orders: 1 },
  // 25.00 / 1.25 = 20.00; 39.27 / 20.00 = 1.9635.
  ...{ gross: eur(3927), refunds: eur(0), net: eur(3927), lifetime: eur(3927) },
  ...{ marketing: eur(2000), acquisition: eur(2000), ratio: 1.9635 },
};
const nobody = {
  ...{ month: null, market: null, customers: 0, orders: 1 },
  ...{ gross: eur(3927), refunds: eur(0), net: eur(3927) },
  ...{ lifetime: null, marketing: null, acquisition: null, ratio: null },
};

describe('the cohorts until the end of a month', () => {
  beforeEach(load);

  it('have what their customers have spent since, and what it cost to win them', async () => {
    const month = await askedReport(cohorts, lake, { period: '2026-11' });

    expect(rowsOf(month, 'by-cohort')).toEqual([october, november, nobody]);
    expect(rowsOf(month, 'by-age')).toEqual([
      { month: '2026-10', age: 0, orders: 1, gross: eur(3927), refunds: eur(0), net: eur(3927) },
      { month: '2026-10', age: 1, orders: 1, gross: eur(4800), refunds: eur(0), net: eur(4800) },
      { month: '2026-11', age: 0, orders: 1, gross: eur(3927), refunds: eur(0), net: eur(3927) },
      { month: null, age: null, orders: 1, gross: eur(3927), refunds: eur(0), net: eur(3927) },
    ]);
    expect(month.notCounted).toMatchObject([{ code: 'no-cohort', count: 1 }]);
  });

  it('are restated by a late refund', async () => {
    const month = await askedReport(cohorts, lake, { period: '2026-12' });

    expect(rowsOf(month, 'by-cohort')).toEqual([
      october,
      // 39.27 - 10.00 = 29.27; 29.27 / 20.00 = 1.4635.
      { ...november, refunds: eur(1000), net: eur(2927), lifetime: eur(2927), ratio: 1.4635 },
      nobody,
    ]);
  });

  it('add up to the net of the sales of all months', async () => {
    const until = await askedReport(cohorts, lake, { period: '2026-12' });
    const months = await Promise.all(
      ['2026-10', '2026-11', '2026-12'].map((period) => askedReport(sales, lake, { period })),
    );

    const minor = (rows: readonly Readonly<Record<string, unknown>>[]) =>
      rows.reduce((all, { net }) => all + (net as { amountMinor: number }).amountMinor, 0);
    // 39.27 + 48.00 + 29.27 + 39.27 = 155.81.
    expect(minor(rowsOf(until, 'by-cohort'))).toBe(15_581);
    expect(minor(rowsOf(until, 'by-age'))).toBe(15_581);
    expect(minor(months.flatMap((month) => rowsOf(month, 'summary')))).toBe(15_581);
  });

  it('end with the period by the clocks of the time zone, and are those of one storefront for its reader', async () => {
    const inUtc = await askedReport(cohorts, lake, { period: '2026-10' });
    const inBerlin = await askedReport(cohorts, lake, { period: '2026-10', timeZone: 'Europe/Berlin' });
    const own = await askedReport(cohorts, lake, { period: '2026-11', storefrontId: 'outlet' });

    expect(rowsOf(inUtc, 'by-cohort')).toMatchObject([{ month: '2026-10', orders: 1 }]);
    expect(rowsOf(inBerlin, 'by-cohort')).toEqual([]);
    expect(rowsOf(own, 'by-cohort')).toMatchObject([
      {
        month: '2026-10',
        market: 'DE',
        customers: 0,
        orders: 1,
        net: eur(4800),
        lifetime: null,
        marketing: null,
      },
    ]);
  });
});

describe('what cohorts leave out', () => {
  it('is an amount without a rate, and marketing that nobody imported is not zero', async () => {
    await lake.load([
      ...orderRecords(1, {
        at: '2026-11-10T10:00:00.000Z',
        facts: [pricedOrder({ currency: 'JPY', country: 'JP', goods: 9000 }), ...paid(9000, 'JPY')],
      }),
      counted(1, 1, '2026-11', 'JP'),
    ]);
    const month = await askedReport(cohorts, lake, { period: '2026-11' });

    expect(rowsOf(month, 'by-cohort')).toMatchObject([
      { market: 'JP', customers: 1, gross: eur(0), marketing: null, acquisition: null, ratio: null },
    ]);
    expect(month.notCounted).toMatchObject([
      { code: 'no-rate', count: 1 },
      { code: 'no-marketing-cost', count: 1 },
    ]);
  });

  it('is nothing, where the lake is empty', async () => {
    const month = await askedReport(cohorts, lake, { period: '2026-11' });

    for (const table of ['by-cohort', 'by-age']) expect(rowsOf(month, table)).toEqual([]);
    expect(month.notCounted).toEqual([]);
  });
});
