import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../../../shared/kernel/money.ts';
import { offersFor } from '../../../shared/payment/offers.ts';
import { offersView } from '../../../shared/payment/offers-view.ts';
import { monthsAfter, planInstalments } from '../../../shared/payment/plan-instalments.ts';
import type { OfferedMethod } from '../../../shared/payment/provider.ts';
import '../../property-seed.ts';

describe('the instalments of a total', () => {
  test('are equal, and the first has the remainder', () => {
    // 10,000 / 3 = 3,333 and 1 is left.
    const plan = planInstalments(money(10_000, 'EUR'), { count: 3, from: '2026-01-31' });
    expect(plan?.instalments).toEqual([
      { n: 1, amount: { amount: 3_334, currency: 'EUR' }, dueOn: '2026-01-31' },
      { n: 2, amount: { amount: 3_333, currency: 'EUR' }, dueOn: '2026-02-28' },
      { n: 3, amount: { amount: 3_333, currency: 'EUR' }, dueOn: '2026-03-31' },
    ]);
    expect(plan?.retryAfterDays).toEqual([3, 7]);
  });

  test('are whole steps where a provider takes no smaller ones', () => {
    // 100,050 in steps of 100 by three: 33,300 twice, and the first has 33,450.
    const plan = planInstalments(money(100_050, 'HUF'), { count: 3, from: '2026-11-30', step: 100 });
    expect(plan?.instalments.map(({ amount }) => amount.amount)).toEqual([33_450, 33_300, 33_300]);
  });

  test('are none of a total that is too small', () => {
    expect(planInstalments(money(2, 'EUR'), { count: 3, from: '2026-11-30' })).toBeUndefined();
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %i months: %s', (day, months, then) => {
    expect(monthsAfter(day, months)).toBe(then);
  });

  test('add up to it, whatever it is, and no later one is above the first', () => {
    const totals = fc.record({
      minor: fc.integer({ min: 1, max: 9_999_999_999 }),
      count: fc.integer({ min: 2, max: 24 }),
      step: fc.constantFrom(1, 10, 100),
      day: fc.integer({ min: 0, max: 3_650 }),
    });
    fc.assert(
      fc.property(totals, ({ minor, count, step, day }) => {
        const from = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
        const plan = planInstalments(money(minor, 'JPY'), { count, from, step });
        if (plan === undefined) {
          expect(minor).toBeLessThan(count * step);
          return;
        }
        const amounts = plan.instalments.map(({ amount }) => amount.amount);
        expect(amounts.reduce((all, one) => all + one, 0)).toBe(minor);
        expect(new Set(amounts.slice(1)).size).toBe(1);
        expect(amounts[0]).toBeGreaterThanOrEqual(amounts[1] ?? 0);
        const days = plan.instalments.map(({ dueOn }) => dueOn);
        expect(new Set(days.map((one) => one.slice(0, 7))).size).toBe(count);
        expect(days.toSorted()).toEqual(days);
      }),
    );
  });
});

const card: OfferedMethod = {
  ...{ method: 'card', flow: 'confirm', captures: 'after-screening', partialCapture: 'once' },
  ...{ authenticates: false, chargesLater: true, currencies: ['EUR', 'JPY'], reservationMs: 1_000 },
  minAmountMinor: { EUR: 50 },
};
const query = { country: 'DE', currency: 'EUR', amountMinor: 30_000, today: '2026-11-30' } as const;
const instalments = {
  counts: [3, 6],
  minAmounts: [{ amount: 10_000, currency: 'EUR' }],
  countries: ['DE'],
} as const;
const choice = {
  instalments: {
    ...instalments,
    counts: [3, 6],
    minAmounts: [...instalments.minAmounts],
    countries: ['DE' as const],
  },
};
const countsOf = (over: Partial<typeof query> | object, of: OfferedMethod = card, setting = choice) =>
  offersFor([{ code: 'one', methods: [of] }], { ...query, ...over }, setting)[0]?.plans?.map(
    (plan) => plan.instalments.length,
  );

describe('instalments on offer', () => {
  test('are none without the setting', () => {
    const [offer] = offersFor([{ code: 'one', methods: [card] }], query);
    expect(offer?.plans).toBeUndefined();
  });

  test('are those of the setting, in its countries, from its smallest amount on, in its currencies', () => {
    expect(countsOf({})).toEqual([3, 6]);
    expect(countsOf({ country: 'AT' })).toBeUndefined();
    expect(countsOf({ amountMinor: 10_000 })).toEqual([3, 6]);
    expect(countsOf({ amountMinor: 9_999 })).toBeUndefined();
    expect(countsOf({ currency: 'JPY' })).toBeUndefined();
  });

  test('are none of a method that can not be charged later, or that takes no amount so small', () => {
    const { chargesLater: _, ...once } = card;
    expect(countsOf({}, once)).toBeUndefined();
    expect(countsOf({}, { ...card, minAmountMinor: { EUR: 5_001 } })).toEqual([3]);
  });

  test('are shown with amounts and dates', () => {
    const view = offersView(offersFor([{ code: 'one', methods: [card] }], query, choice));
    expect(view.methods[0]?.instalments?.[0]).toEqual({
      count: 3,
      instalments: [
        { n: 1, amount: { amount: 10_000, currency: 'EUR' }, dueOn: '2026-11-30' },
        { n: 2, amount: { amount: 10_000, currency: 'EUR' }, dueOn: '2026-12-30' },
        { n: 3, amount: { amount: 10_000, currency: 'EUR' }, dueOn: '2027-01-30' },
      ],
    });
  });
});
