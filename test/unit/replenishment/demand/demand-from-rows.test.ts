import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import { demandFromRows, type OrderRow } from '../../../../shared/replenishment/demand/demand-from-rows.ts';
import { checkSeries } from '../../../../shared/replenishment/demand/demand-series.ts';

const week = { firstDay: '2026-03-02', lastDay: '2026-03-08', byMarket: false };
const order = (given: Partial<OrderRow> = {}): OrderRow => ({
  ...{ day: '2026-03-02', orderId: 'o1', sku: 'MUG', market: 'DE', units: 1 },
  ...given,
});

describe('demand from rows', () => {
  it('counts units by day, with days without orders as zero', () => {
    const orders = [
      order({ units: 2 }),
      order({ orderId: 'o2', market: 'FR', units: 3 }),
      order({ orderId: 'o3', day: '2026-03-05', units: 4 }),
      // Outside of the days.
      order({ orderId: 'o4', day: '2026-03-09' }),
    ];
    expect(demandFromRows({ orders }, week).series).toEqual([
      {
        ...{ sku: 'MUG', market: '*', firstDay: '2026-03-02', units: [5, 0, 0, 4, 0, 0, 0] },
        censored: new Array(7).fill(false),
      },
    ]);
    const byMarket = demandFromRows({ orders }, { ...week, byMarket: true }).series;
    expect(byMarket.map(({ market, units }) => [market, units[0]])).toEqual([
      ['DE', 2],
      ['FR', 3],
    ]);
  });

  it('leaves a bulk order out of the series and names it whole', () => {
    const usual = Array.from({ length: 8 }, (_, index) =>
      order({ orderId: `u${index}`, day: dayAfter('2026-02-01', index), units: 10 }),
    );
    // Two lines of one order: 30 and 30 are 60 units, over the limit of 57 beside orders of 10.
    const two = [order({ orderId: 'big', units: 30 }), order({ orderId: 'big', units: 30 })];
    const demand = demandFromRows({ orders: [...usual, ...two, order({ units: 7 })] }, week);
    expect(demand.bulk).toEqual([order({ orderId: 'big', units: 60 })]);
    expect(demand.series[0]?.units).toEqual([7, 0, 0, 0, 0, 0, 0]);
  });

  it('censors the days without stock, and no day on which something was sold', () => {
    const stock = [
      { day: '2026-03-01', sku: 'MUG', change: 3, added: 3 },
      { day: '2026-03-02', sku: 'MUG', change: -3, added: 0 },
      // Sold out on the 2nd; 5 arrive on the 6th and are all sold on that day.
      { day: '2026-03-06', sku: 'MUG', change: 0, added: 5 },
    ];
    const orders = [order({ units: 3 }), order({ orderId: 'o2', day: '2026-03-06', units: 5 })];
    const [series] = demandFromRows({ orders, stock }, week).series;
    expect(series?.units).toEqual([3, 0, 0, 0, 5, 0, 0]);
    expect(series?.censored).toEqual([false, true, true, true, false, true, true]);
  });

  it('censors no day where more was taken than ever came: the changes of stock are not the whole story', () => {
    const stock = [
      { day: '2026-03-02', sku: 'MUG', change: 2, added: 2 },
      // Three units leave, and two came: at least one was there before the first change.
      { day: '2026-03-03', sku: 'MUG', change: -3, added: 0 },
    ];
    const orders = [order({ day: '2026-03-03', units: 3 })];
    const [series] = demandFromRows({ orders, stock }, week).series;
    expect(series?.units).toEqual([0, 3, 0, 0, 0, 0, 0]);
    expect(series?.censored).toEqual([false, false, false, false, false, false, false]);
  });

  it('knows the demand of a day that sold something, though its stock was said to be none', () => {
    const stock = [
      { day: '2026-03-01', sku: 'MUG', change: 3, added: 3 },
      { day: '2026-03-02', sku: 'MUG', change: -3, added: 0 },
    ];
    const orders = [order({ units: 3 }), order({ orderId: 'o2', day: '2026-03-04', units: 1 })];
    const [series] = demandFromRows({ orders, stock }, week).series;
    expect(series?.censored).toEqual([false, true, false, true, true, true, true]);
  });

  it('keeps returns apart', () => {
    const returns = [{ day: '2026-03-03', sku: 'MUG', market: 'DE', units: 2 }];
    const demand = demandFromRows({ orders: [order({ units: 2 })], returns }, week);
    expect(demand.returns).toEqual(returns);
    expect(demand.series[0]?.units).toEqual([2, 0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ['day-invalid', { day: '2026-02-30' }],
    ['units-not-positive', { units: -3 }],
    ['units-not-positive', { units: 0 }],
    ['units-not-whole', { units: Number.NaN }],
    ['units-not-whole', { units: Number.POSITIVE_INFINITY }],
    ['no-sku', { sku: '' }],
    ['no-order', { orderId: '' }],
  ])('refuses a row with %s', (code, given) => {
    const row = order(given);
    expect(demandFromRows({ orders: [row] }, week)).toEqual({
      ...{ series: [], bulk: [], returns: [], refused: [{ row, code }] },
    });
  });

  it('gives the same of the same rows in any sequence, and every unit once', () => {
    const rows = fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 6 }).map((index) => dayAfter('2026-03-02', index)),
        orderId: fc.integer({ min: 1, max: 40 }).map((number) => `o${number}`),
        sku: fc.constantFrom('MUG', 'HAT'),
        market: fc.constantFrom('DE', 'FR'),
        units: fc.integer({ min: 1, max: 900 }),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(rows, fc.boolean(), (orders, byMarket) => {
        const demand = demandFromRows({ orders }, { ...week, byMarket });
        expect(demandFromRows({ orders: orders.toReversed() }, { ...week, byMarket })).toEqual(demand);
        const inSeries = demand.series.flatMap(({ units }) => units);
        const all = [...inSeries, ...demand.bulk.map(({ units }) => units)].reduce(
          (sum, each) => sum + each,
          0,
        );
        expect(all).toBe(orders.reduce((sum, { units }) => sum + units, 0));
        for (const series of demand.series) expect(checkSeries(series).ok).toBe(true);
      }),
    );
  });
});

describe('a series that can not be read', () => {
  const good = { sku: 'MUG', market: '*', firstDay: '2026-03-02', units: [1, 2], censored: [false, false] };
  it.each([
    [{ code: 'no-history' }, { units: [], censored: [] }],
    [{ code: 'first-day-invalid' }, { firstDay: '2026-13-01' }],
    [{ code: 'lengths-differ' }, { censored: [false] }],
    [{ code: 'units-not-finite', index: 1 }, { units: [1, Number.NaN] }],
    [{ code: 'units-not-finite', index: 0 }, { units: [Number.POSITIVE_INFINITY, 1] }],
    [{ code: 'units-negative', index: 1 }, { units: [1, -1] }],
  ])('is refused with %j', (error, given) => {
    expect(checkSeries(good).ok).toBe(true);
    expect(checkSeries({ ...good, ...given })).toEqual({ ok: false, error });
  });
});
