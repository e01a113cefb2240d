import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { landedCost } from '../../../shared/reports/landed-cost/landed-cost.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

/** 24.00 goods, 6.00 shipping, 3.00 duty, 6.27 tax: 39.27 EUR. */
const inEuro = { goods: 2400, shipping: 600, duty: 300, tax: 627 };
/** 50.00 goods and 10.00 shipping to the seller, 5.00 duty and 2.50 tax on delivery, in USD at 1.25 to the euro. */
const inDollar = {
  ...({ currency: 'USD', country: 'US', collectedOnDelivery: true } as const),
  ...{ goods: 5000, shipping: 1000, duty: 500, tax: 250, ratesDay: '2026-11-20', storefrontId: 'outlet' },
};
const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };

describe('the landed cost of a day', () => {
  beforeEach(() =>
    lake.load([
      dailyRates('2026-11-20', { USD: '1.25' }),
      ...orderRecords(1, { at: '2026-11-28T10:00:00.000Z', facts: [pricedOrder(inEuro), ...paid(3927)] }),
      // 00:30 of 28 November in Berlin, 27 November in UTC.
      ...orderRecords(2, {
        at: '2026-11-27T23:30:00.000Z',
        facts: [pricedOrder(inDollar), ...paid(6000, 'USD')],
      }),
      // 00:30 of 29 November in Berlin.
      ...orderRecords(3, { at: '2026-11-28T23:30:00.000Z', facts: [pricedOrder(inEuro), ...paid(3927)] }),
    ]),
  );

  it('is what the goods cost at the door, by destination', async () => {
    const day = await askedReport(landedCost, lake, berlin);

    // USD / 1.25: 40.00 goods, 8.00 freight, 4.00 duty, 2.00 tax = 54.00 EUR, of which 6.00 on delivery.
    // 14.00 / 40.00 = 0.35.
    const states = {
      ...{ parcels: 1, goods: eur(4000), freight: eur(800), duty: eur(400), tax: eur(200), fees: eur(0) },
      ...{ total: eur(5400), delivery: eur(600), share: 0.35 },
    };
    // 24.00 + 6.00 + 3.00 + 6.27 = 39.27; 15.27 / 24.00 = 0.63625, half up 0.6363.
    const germany = {
      ...{ parcels: 1, goods: eur(2400), freight: eur(600), duty: eur(300), tax: eur(627), fees: eur(0) },
      ...{ total: eur(3927), delivery: eur(0), share: 0.6363 },
    };
    expect(rowsOf(day, 'by-market')).toEqual([
      { market: 'US', ...states },
      { market: 'DE', ...germany },
    ]);
    expect(rowsOf(day, 'by-market-and-scheme')).toEqual([
      { market: 'US', regime: 'eu', scheme: 'ioss', ...states },
      { market: 'DE', regime: 'eu', scheme: 'ioss', ...germany },
    ]);
    // 54.00 + 39.27 = 93.27; (14.00 + 15.27) / 64.00 = 0.45734.
    const all = {
      ...{ parcels: 2, goods: eur(6400), freight: eur(1400), duty: eur(700), tax: eur(827), fees: eur(0) },
      ...{ total: eur(9327), delivery: eur(600), share: 0.4573 },
    };
    expect(rowsOf(day, 'summary')).toEqual([all]);
    expect(rowsOf(day, 'by-scheme')).toEqual([{ regime: 'eu', scheme: 'ioss', ...all }]);
    expect(day.notCounted).toEqual([]);
  });

  it('is that of the orders of a UTC day in UTC, and of one storefront for its reader', async () => {
    const inUtc = await askedReport(landedCost, lake, { period: '2026-11-28' });
    const own = await askedReport(landedCost, lake, { ...berlin, storefrontId: 'outlet' });

    expect(rowsOf(inUtc, 'summary')).toMatchObject([{ parcels: 2, total: eur(2 * 3927) }]);
    expect(rowsOf(own, 'by-market')).toMatchObject([{ market: 'US', total: eur(5400) }]);
    expect(JSON.stringify(own.tables.map(({ rows }) => rows))).not.toContain('DE');
  });
});

describe('what the landed cost leaves out', () => {
  it('is an amount without a rate, and an order that nobody paid', async () => {
    const inYen = pricedOrder({ currency: 'JPY', country: 'JP', goods: 9000 });
    await lake.load([
      ...orderRecords(1, { at: '2026-11-28T10:00:00.000Z', facts: [inYen, ...paid(9000, 'JPY')] }),
      ...orderRecords(2, { at: '2026-11-28T10:00:00.000Z', facts: [pricedOrder(inEuro)] }),
    ]);

    const day = await askedReport(landedCost, lake, berlin);

    expect(rowsOf(day, 'by-market')).toMatchObject([
      { market: 'JP', parcels: 1, total: eur(0), share: null },
    ]);
    expect(day.notCounted).toMatchObject([
      { code: 'no-rate', count: 1 },
      { code: 'not-paid', count: 1 },
    ]);
  });

  it('is nothing, where the lake is empty', async () => {
    const day = await askedReport(landedCost, lake, berlin);

    expect(rowsOf(day, 'summary')).toMatchObject([{ parcels: 0, total: eur(0), share: null }]);
    expect(rowsOf(day, 'by-market')).toEqual([]);
    expect(day.notCounted).toEqual([]);
  });
});
