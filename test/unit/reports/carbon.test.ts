import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carbon } from '../../../shared/reports/carbon/carbon.ts';
import { placed } from '../../builders/facts.ts';
import { charge, consignment, landedCost } from '../../builders/landed-cost.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };

/** A parcel of 500 g: air and road, and its carton. */
function parcelTo(country: string, { air, road, box }: Readonly<Record<'air' | 'road' | 'box', number>>) {
  const currency = country === 'US' ? 'USD' : 'EUR';
  const leg = (mode: 'air' | 'road', distanceKm: number, grams: number) => ({
    ...{ mode, distanceKm, factorId: `${mode}-1`, grams },
  });
  const own = consignment({
    charges: [charge({ amount: { amount: 2000, currency } })],
    packages: [
      { count: 1, dimensions: { lengthMm: 300, widthMm: 200, heightMm: 100 }, grossWeightGrams: 500 },
    ],
    carbonGrams: air + road + box,
    carbon: {
      ...{
        factorsVersion: '2026',
        grossWeightGrams: 500,
        legs: [leg('air', 9000, air), leg('road', 300, road)],
      },
      packaging: { weightGrams: 60, factorId: 'board-1', grams: box },
    },
  });
  const cost = landedCost({ currency, destination: { country }, consignments: [own] });
  return [
    placed({ landedCost: cost, storefrontId: country === 'US' ? 'outlet' : 'shop' }),
    ...paid(2000, currency),
  ];
}

const lane = { warehouse: 'cn-shenzhen', carrier: 'easypost', service: 'standard' };
const germany = { parcels: 1, known: 1, carbon: 4180, mean: 4180, weight: 500 };
const states = { parcels: 1, known: 1, carbon: 5051, mean: 5051, weight: 500 };

describe('the carbon of a day', () => {
  beforeEach(() =>
    lake.load([
      ...orderRecords(1, {
        at: '2026-11-28T10:00:00.000Z',
        facts: parcelTo('DE', { air: 4000, road: 120, box: 60 }),
      }),
      // 00:30 of 28 November in Berlin, 27 November in UTC; paid in another currency.
      ...orderRecords(2, {
        at: '2026-11-27T23:30:00.000Z',
        facts: parcelTo('US', { air: 4901, road: 90, box: 60 }),
      }),
      // 00:30 of 29 November in Berlin.
      ...orderRecords(3, {
        at: '2026-11-28T23:30:00.000Z',
        facts: parcelTo('DE', { air: 4000, road: 120, box: 60 }),
      }),
    ]),
  );

  it('is that of the plans, by market, lane and mode', async () => {
    const day = await askedReport(carbon, lake, berlin);

    expect(rowsOf(day, 'by-market')).toEqual([
      { market: 'US', ...states },
      { market: 'DE', ...germany },
    ]);
    expect(rowsOf(day, 'by-lane')).toEqual([
      { ...lane, market: 'DE', ...germany },
      { ...lane, market: 'US', ...states },
    ]);
    // 4,180 + 5,051 = 9,231; half of it is 4,615.5.
    expect(rowsOf(day, 'summary')).toEqual([
      { parcels: 2, known: 2, carbon: 9231, mean: 4616, weight: 1000 },
    ]);
    expect(rowsOf(day, 'by-mode')).toEqual([
      { mode: 'air', legs: 2, distance: 18_000, carbon: 8901, share: 8901 / 9231 },
      { mode: 'packaging', legs: 2, distance: 0, carbon: 120, share: 120 / 9231 },
      { mode: 'road', legs: 2, distance: 600, carbon: 210, share: 210 / 9231 },
    ]);
    expect(day.notCounted).toEqual([]);
  });

  it('is the sum of the orders of the period', async () => {
    const day = await askedReport(carbon, lake, { period: '2026-11' });
    const [{ grams }] = (await lake.ask('SELECT CAST(SUM(carbon_grams) AS BIGINT) AS grams FROM orders')) as [
      { grams: number },
    ];

    expect(rowsOf(day, 'summary')).toMatchObject([{ parcels: 3, carbon: grams }]);
  });

  it('is that of a UTC day in UTC, and of one storefront for its reader', async () => {
    const inUtc = await askedReport(carbon, lake, { period: '2026-11-28' });
    const own = await askedReport(carbon, lake, { ...berlin, storefrontId: 'outlet' });

    expect(rowsOf(inUtc, 'by-market')).toMatchObject([{ market: 'DE', parcels: 2 }]);
    expect(rowsOf(own, 'by-lane')).toEqual([{ ...lane, market: 'US', ...states }]);
    expect(rowsOf(own, 'by-mode')).toMatchObject([{ carbon: 4901 }, { carbon: 60 }, { carbon: 90 }]);
  });
});

describe('what the carbon leaves out', () => {
  it('is a parcel without a figure, and an order that nobody paid', async () => {
    await lake.load([
      ...orderRecords(1, {
        at: '2026-11-28T10:00:00.000Z',
        facts: [pricedOrder({ goods: 900 }), ...paid(900)],
      }),
      ...orderRecords(2, { at: '2026-11-28T10:00:00.000Z', facts: [pricedOrder({ goods: 900 })] }),
    ]);
    const day = await askedReport(carbon, lake, berlin);

    expect(rowsOf(day, 'summary')).toEqual([{ parcels: 1, known: 0, carbon: 0, mean: null, weight: 0 }]);
    expect(day.notCounted).toMatchObject([
      { code: 'no-carbon', count: 1 },
      { code: 'not-paid', count: 1 },
    ]);
  });

  it('is nothing, where the lake is empty', async () => {
    const day = await askedReport(carbon, lake, berlin);

    expect(rowsOf(day, 'summary')).toMatchObject([{ parcels: 0, mean: null }]);
    for (const table of ['by-market', 'by-lane', 'by-mode']) expect(rowsOf(day, table)).toEqual([]);
  });
});
