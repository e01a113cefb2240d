import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LakeRecord, recordOf } from '../../../shared/lake/record.ts';
import { marketTrends } from '../../../shared/reports/market-trends/market-trends.ts';
import { placed } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { orderRecords, paid } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const TODAY = '2026-11-28T10:00:00.000Z';
const YESTERDAY = '2026-11-27T10:00:00.000Z';

let number = 0;
beforeEach(() => {
  number = 0;
});

interface Sold {
  readonly at: string;
  readonly country: string;
  readonly hsCode: string;
  readonly nth?: number | undefined;
  readonly storefrontId?: string;
  readonly isPaid?: boolean;
}

/** An order of two units, and which one of its customer it is; absent if the lake does not know it. */
function sold({ at, country, hsCode, nth = 1, storefrontId = 'shop', isPaid = true }: Sold): LakeRecord[] {
  number += 1;
  const cost = landedCost({
    destination: { country },
    consignments: [consignment({ lines: [line({ hsCode, quantity: 2 })], charges: [charge()] })],
  });
  const facts = [placed({ landedCost: cost, storefrontId }), ...(isPaid ? paid(2400) : [])];
  const orderId = idOf('order', number * 100 + 1);
  const of = { id: `customer:${number}`, occurredAt: at, recordedAt: at };
  const customer = { orderId, firstMonth: '2026-11', firstMarket: country, nth };
  return [
    ...orderRecords(number, { at, facts }),
    ...(nth === 0 ? [] : [recordOf('customer.counted', of, customer)]),
  ];
}
const many = (count: number, of: Sold): LakeRecord[] => Array.from({ length: count }, () => sold(of)).flat();

describe('the trends of a day', () => {
  it('show orders and growth of each market and chapter that rests on enough buyers', async () => {
    await lake.load([
      ...many(10, { at: YESTERDAY, country: 'DE', hsCode: '630260' }),
      ...many(15, { at: TODAY, country: 'DE', hsCode: '630260' }),
      // Too few yesterday, so that the growth is not shown.
      ...many(9, { at: YESTERDAY, country: 'DE', hsCode: '691110' }),
      ...many(10, { at: TODAY, country: 'DE', hsCode: '691110' }),
      // Too few today.
      ...many(9, { at: TODAY, country: 'DE', hsCode: '420221' }),
      ...many(9, { at: TODAY, country: 'FR', hsCode: '630260' }),
      // Nobody paid these.
      ...many(5, { at: TODAY, country: 'FR', hsCode: '630260', isPaid: false }),
    ]);
    const day = await askedReport(marketTrends, lake, berlin);

    expect(rowsOf(day, 'by-market-and-chapter')).toEqual([
      // (15 - 10) / 10 = 0.5; 15 of 25 published orders.
      { market: 'DE', chapter: '63', buyers: 15, orders: 15, units: 30, growth: 0.5, share: 0.6 },
      { market: 'DE', chapter: '69', buyers: 10, orders: 10, units: 20, growth: null, share: 0.4 },
    ]);
    // The nine orders of chapter 42 are in no total, so that nobody can compute them.
    expect(rowsOf(day, 'by-market')).toEqual([{ market: 'DE', chapters: 2, orders: 25, units: 50 }]);
    expect(day.notCounted).toEqual([
      { code: 'few-buyers', says: 'cells with fewer than 10 buyers', count: 2 },
    ]);
  });

  it('count buyers and not orders: one customer with many orders is one', async () => {
    const returning = Array.from({ length: 20 }, (_, index) =>
      sold({ at: TODAY, country: 'DE', hsCode: '630260', nth: index + 1 }),
    ).flat();
    const unknown = many(20, { at: TODAY, country: 'FR', hsCode: '630260', nth: 0 });
    await lake.load([...returning, ...unknown]);
    const day = await askedReport(marketTrends, lake, berlin);

    expect(rowsOf(day, 'by-market-and-chapter')).toEqual([]);
    expect(rowsOf(day, 'by-market')).toEqual([]);
    expect(day.notCounted).toMatchObject([{ code: 'few-buyers', count: 2 }]);
  });

  it('take a higher number of buyers, and never a lower one', async () => {
    await lake.load(many(12, { at: TODAY, country: 'DE', hsCode: '630260' }));
    const asked = (leastBuyers: string) =>
      askedReport(marketTrends, lake, { ...berlin, parameters: { leastBuyers } });

    expect(rowsOf(await asked('12'), 'by-market')).toHaveLength(1);
    expect(rowsOf(await asked('13'), 'by-market')).toEqual([]);
    for (const leastBuyers of ['9', '0', 'ten'])
      expect(marketTrends.parameters.safeParse({ leastBuyers }).success).toBe(false);
  });

  it('rest on as many storefronts as the reader asks for, at both times', async () => {
    const inShops = (count: number, shops: readonly string[], of: Sold) =>
      shops.flatMap((storefrontId) => many(count, { ...of, storefrontId }));
    const textiles = { country: 'DE', hsCode: '630260' };
    await lake.load([
      // 5 + 5 + 5 buyers of three shops today, 10 + 10 of two yesterday.
      ...inShops(5, ['north', 'south', 'west'], { ...textiles, at: TODAY }),
      ...inShops(10, ['north', 'south'], { ...textiles, at: YESTERDAY }),
      // 20 + 5 buyers of two shops.
      ...many(20, { at: TODAY, country: 'DE', hsCode: '691110', storefrontId: 'north' }),
      ...many(5, { at: TODAY, country: 'DE', hsCode: '691110', storefrontId: 'south' }),
      // Three shops and too few buyers.
      ...inShops(3, ['north', 'south', 'west'], { at: TODAY, country: 'DE', hsCode: '420221' }),
    ]);
    const asked = async (leastStorefronts: string) => {
      const day = await askedReport(marketTrends, lake, { ...berlin, parameters: { leastStorefronts } });
      const rows = rowsOf(day, 'by-market-and-chapter').map(({ chapter, growth }) => [chapter, growth]);
      return { rows, leftOut: day.notCounted.map(({ code, count }) => [code, count]) };
    };

    // (15 - 20) / 20 = -0.25. Most orders first: 25 of chapter 69, 15 of chapter 63.
    const two = {
      rows: [
        ['69', null],
        ['63', -0.25],
      ],
      leftOut: [['few-buyers', 1]],
    };
    expect([await asked('1'), await asked('2')]).toEqual([two, two]);
    // Chapter 69 rests on two shops, and so does chapter 63 of yesterday.
    const three = [
      ['few-buyers', 1],
      ['few-storefronts', 1],
    ];
    expect(await asked('3')).toEqual({ rows: [['63', null]], leftOut: three });
    for (const leastStorefronts of ['0', '-1', '2.5', '100', 'all'])
      expect(marketTrends.parameters.safeParse({ leastStorefronts }).success).toBe(false);
  });

  it('are those of the days of the time zone, and of one storefront for its reader', async () => {
    await lake.load([
      // 00:30 of 28 November in Berlin, 27 November in UTC.
      ...many(10, { at: '2026-11-27T23:30:00.000Z', country: 'DE', hsCode: '630260' }),
      ...many(10, { at: TODAY, country: 'AT', hsCode: '630260', storefrontId: 'outlet' }),
    ]);
    const inBerlin = await askedReport(marketTrends, lake, berlin);
    const inUtc = await askedReport(marketTrends, lake, { period: '2026-11-28' });
    const own = await askedReport(marketTrends, lake, { ...berlin, storefrontId: 'outlet' });

    const markets = (of: typeof own) => rowsOf(of, 'by-market').map(({ market }) => market);
    expect([markets(inBerlin), markets(inUtc), markets(own)]).toEqual([['AT', 'DE'], ['AT'], ['AT']]);
  });

  it('are none, where the lake is empty', async () => {
    const day = await askedReport(marketTrends, lake, berlin);

    for (const table of ['by-market-and-chapter', 'by-market']) expect(rowsOf(day, table)).toEqual([]);
    expect(day.notCounted).toEqual([]);
  });
});
