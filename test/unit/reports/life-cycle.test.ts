import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lifeCycle } from '../../../shared/reports/life-cycle.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

/**
 * It ends on 30 November at 23:00 UTC. The windows begin on 2 November, 5 October and 7 September, at 23:00 UTC.
 */
const november = { period: '2026-11', timeZone: 'Europe/Berlin' };
const last = '2026-11-15T10:00:00.000Z';
const second = '2026-10-15T10:00:00.000Z';
const third = '2026-09-15T10:00:00.000Z';
const before = '2026-01-15T10:00:00.000Z';
let number = 0;
const sold = (sku: string, at: string, quantity: number, storefrontId = 'shop') => {
  number += 1;
  return orderRecords(number, {
    at,
    facts: [pricedOrder({ goods: 100, sku, quantity, storefrontId }), ...paid(100)],
  });
};

describe('the stage of a SKU', () => {
  it('follows from three windows of 28 days', async () => {
    await lake.load([
      // The usual is (40 + 40) / 2 = 40: 1.25 x 40 = 50 grows, 49 stays, 31 stays, 0.75 x 40 = 30 declines.
      ...[...sold('GROWS', third, 40), ...sold('GROWS', second, 40), ...sold('GROWS', last, 50)],
      ...[...sold('STAYS', third, 40), ...sold('STAYS', second, 40), ...sold('STAYS', last, 49, 'outlet')],
      ...[...sold('STAYS-TOO', third, 40), ...sold('STAYS-TOO', second, 40), ...sold('STAYS-TOO', last, 31)],
      ...[...sold('ENDS', third, 40), ...sold('ENDS', second, 40), ...sold('ENDS', last, 30)],
      // Sold long ago, and 29 units since: too few. Without a usual figure, any sale is growth.
      ...[...sold('RARE', before, 500), ...sold('RARE', last, 29)],
      ...[...sold('BACK', before, 500), ...sold('BACK', last, 30)],
      // First sold at the very beginning of the second window, and a millisecond before it.
      ...sold('NEW', '2026-10-05T23:00:00.000Z', 1),
      ...[...sold('OLD', '2026-10-05T22:59:59.999Z', 1), ...sold('OLD', last, 29)],
      // 1 December in Berlin, and never paid.
      ...sold('LATER', '2026-11-30T23:00:00.000Z', 100),
      ...orderRecords(99, { at: last, facts: [pricedOrder({ goods: 100, sku: 'UNPAID', quantity: 100 })] }),
    ]);

    const month = await askedReport(lifeCycle, lake, november);

    expect(
      rowsOf(month, 'by-sku').map(({ sku, stage, third: a, second: b, last: c, trend }) => [
        sku,
        stage,
        a,
        b,
        c,
        trend,
      ]),
    ).toEqual([
      ['GROWS', 'growth', 40, 40, 50, 1.25],
      ['STAYS', 'mature', 40, 40, 49, 98 / 80],
      ['STAYS-TOO', 'mature', 40, 40, 31, 62 / 80],
      ['BACK', 'growth', 0, 0, 30, null],
      ['ENDS', 'decline', 40, 40, 30, 0.75],
      ['OLD', 'growth', 1, 0, 29, 58],
      ['RARE', 'few', 0, 0, 29, null],
      ['NEW', 'launch', 0, 1, 0, 0],
    ]);
    expect(rowsOf(month, 'by-stage')).toEqual([
      { stage: 'launch', skus: 1, units: 0 },
      { stage: 'growth', skus: 3, units: 109 },
      { stage: 'mature', skus: 2, units: 80 },
      { stage: 'decline', skus: 1, units: 30 },
      { stage: 'few', skus: 1, units: 29 },
    ]);
    const own = await askedReport(lifeCycle, lake, { ...november, storefrontId: 'outlet' });
    expect(rowsOf(own, 'by-sku')).toMatchObject([
      { sku: 'STAYS', stage: 'launch', first: '2026-11-15', last: 49 },
    ]);
  });

  it('is of nothing in an empty lake', async () => {
    const month = await askedReport(lifeCycle, lake, november);

    expect(rowsOf(month, 'by-sku')).toEqual([]);
    expect(rowsOf(month, 'by-stage')).toHaveLength(5);
  });
});
