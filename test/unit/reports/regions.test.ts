import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { isWorse } from '../../../shared/reports/regions/fall-behind.ts';
import { regions } from '../../../shared/reports/regions/regions.ts';
import { refundFailed, refundPaid, refundRequested } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { quoteGiven, quoteRefused } from '../../builders/made-up-records.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

describe('a share is worse', () => {
  it.each([
    // Pooled 40 / 200 = 0.2; error = sqrt(0.2 x 0.8 x 2 / 100) = 0.0566, three of them 0.1697.
    ['by 0.20 of 100 and 100', { hits: 30, of: 100 }, { hits: 10, of: 100 }, 'higher', true],
    // Pooled 0.185: error 0.0549, three of them 0.1647; the difference is 0.15.
    ['not by 0.15 of 100 and 100', { hits: 26, of: 100 }, { hits: 11, of: 100 }, 'higher', false],
    ['not of 29', { hits: 29, of: 29 }, { hits: 0, of: 1000 }, 'higher', false],
    ['of 30', { hits: 30, of: 30 }, { hits: 0, of: 1000 }, 'higher', true],
    // 0.60 and 0.50 of 10,000 differ by far more than chance, and by 20 percent only.
    ['not by less than a quarter', { hits: 6000, of: 10_000 }, { hits: 5000, of: 10_000 }, 'higher', false],
    ['by less where less is worse', { hits: 10, of: 100 }, { hits: 30, of: 100 }, 'lower', true],
    ['not by less where more is worse', { hits: 10, of: 100 }, { hits: 30, of: 100 }, 'higher', false],
    ['not where both are nothing', { hits: 0, of: 100 }, { hits: 0, of: 100 }, 'higher', false],
  ] as const)('%s', (_case, own, other, worse, expected) => {
    expect(isWorse(own, other, worse)).toBe(expected);
  });
});

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const at = '2026-11-28T10:00:00.000Z';
/** 00:30 of 28 November in Berlin, and 00:30 of the day before. */
const early = '2026-11-27T23:30:00.000Z';
const dayBefore = '2026-11-26T23:30:00.000Z';
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

let number = 0;
const order = (
  when: string,
  of: { country: string; sku?: string; storefrontId?: string },
  ...facts: NewFact[]
) => {
  number += 1;
  return orderRecords(number, {
    at: when,
    facts: [pricedOrder({ goods: 100, ...of }), ...paid(100), ...facts],
  });
};
const amount = { amount: 100, currency: 'EUR' } as const;
const refund = [refundRequested({ amount, reason: 'damaged' }), refundPaid({ amount })];

describe('the regions of a day', () => {
  it('names the market whose baskets are refused, with the reason, and no market that is usual', async () => {
    await lake.load([
      // France: 20 of 40 refused, none of 40 the day before. Germany: 2 of 40, and Italy 3 of 3.
      ...many(20, (i) => quoteGiven(i, { at: early, country: 'FR' })),
      ...many(12, (i) => quoteRefused(100 + i, { at, country: 'FR', reasons: ['no-lane'] })),
      ...many(8, (i) => quoteRefused(120 + i, { at, country: 'FR', reasons: ['not-in-stock'] })),
      ...many(40, (i) => quoteGiven(200 + i, { at: dayBefore, country: 'FR' })),
      ...many(38, (i) => quoteGiven(300 + i, { at, country: 'DE' })),
      ...many(2, (i) => quoteRefused(350 + i, { at, country: 'DE', reasons: ['not-in-stock'] })),
      ...many(3, (i) =>
        quoteRefused(400 + i, { at, country: 'IT', reasons: ['not-in-stock'], storefrontId: 'outlet' }),
      ),
    ]);

    const day = await askedReport(regions, lake, berlin);

    // The others are Germany and Italy: 5 of 43.
    expect(rowsOf(day, 'behind')).toEqual([
      {
        ...{ market: 'FR', figure: 'refused', share: 20 / 40, of: 40, before: 0, others: 5 / 43 },
        ...{ against: 'before, others', cause: 'no-lane' },
      },
    ]);
    expect(rowsOf(day, 'markets')).toMatchObject([
      { market: 'DE', quotes: 38, refused: 2 / 40, orders: 0, paid: null },
      { market: 'FR', quotes: 20, refused: 20 / 40 },
      { market: 'IT', quotes: 0, refused: 1, conversion: null },
    ]);
    const own = await askedReport(regions, lake, { ...berlin, storefrontId: 'outlet' });
    expect(rowsOf(own, 'markets').map(({ market }) => market)).toEqual(['IT']);
  });

  it('names the SKU whose orders are refunded, and its market with the reason of the refunds', {
    timeout: 240_000,
  }, async () => {
    await lake.load([
      // Of 30 orders of hats to France 12 are refunded; of 30 orders of mugs to Germany 1.
      ...many(12, () => order(at, { country: 'FR', sku: 'HAT' }, ...refund)).flat(),
      ...many(18, () => order(at, { country: 'FR', sku: 'HAT' })).flat(),
      ...order(at, { country: 'DE', sku: 'MUG' }, ...refund),
      ...many(29, () => order(at, { country: 'DE', sku: 'MUG' })).flat(),
    ]);

    const day = await askedReport(regions, lake, berlin);

    // Pooled 13 / 60; three errors are 3 x sqrt(0.2167 x 0.7833 x 2 / 30) = 0.319; 0.4 - 0.033 = 0.367.
    const share = { share: 12 / 30, of: 30, before: null, others: 1 / 30, against: 'others' };
    expect(rowsOf(day, 'skus')).toEqual([{ sku: 'HAT', ...share }]);
    expect(rowsOf(day, 'behind')).toEqual([{ market: 'FR', figure: 'refunded', ...share, cause: 'damaged' }]);
  });

  it('counts no order as refunded whose refund came back, as the report on sales does', async () => {
    const refundId = idOf('refund', 7);
    const came = [
      refundRequested({ amount, refundId }),
      refundPaid({ amount, refundId }),
      refundFailed({ refundId }),
    ];
    await lake.load([
      ...order(at, { country: 'FR' }, ...came),
      ...order(at, { country: 'FR' }, ...refund),
      ...order(at, { country: 'FR' }),
    ]);

    // Of three paid orders one keeps its refund.
    const day = await askedReport(regions, lake, berlin);
    expect(rowsOf(day, 'markets')).toMatchObject([{ market: 'FR', orders: 3, refunded: 1 / 3 }]);
  });

  it('has nothing of nothing', async () => {
    const day = await askedReport(regions, lake, berlin);

    expect(day.tables.map(({ rows }) => rows)).toEqual([[], [], []]);
  });
});
