import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import { markBulkOrders } from '../../../../shared/replenishment/demand/bulk-orders.ts';

/** Orders on days in turn. */
const daily = (units: readonly number[]) =>
  units.map((each, index) => ({ day: dayAfter('2026-01-01', index), units: each }));

describe('one-off bulk orders', () => {
  it('are those far above what is usual, by the modified z-score of the logarithm', () => {
    // Eight orders of 10: the median of ln is ln 10 and the deviation is 0, so that the least one counts: 0.5.
    // The limit is ln 10 + 3.5 * 0.5 = ln 10 + 1.75, which is 10 * e^1.75 = 57.5 units.
    const tens = new Array<number>(8).fill(10);
    expect(markBulkOrders(daily([...tens, 57])).at(-1)).toBe(false);
    expect(markBulkOrders(daily([...tens, 58])).at(-1)).toBe(true);
  });

  it('are fewer where orders differ more', () => {
    // Four of 1 and four of 100: the median of ln is ln 10, and each is ln 10 = 2.303 away from it.
    // The limit is 2.303 + 3.5 * 1.4826 * 2.303 = 14.25.
    const mixed = [1, 100, 1, 100, 1, 100, 1, 100];
    expect(markBulkOrders(daily([...mixed, 1_000_000])).at(-1)).toBe(false);
    expect(markBulkOrders(daily([...mixed, 2_000_000])).at(-1)).toBe(true);
  });

  it('are not among the first eight, nor judged by orders of their own day', () => {
    expect(markBulkOrders(daily([1, 1, 1, 1, 1, 1, 1, 9999]))).not.toContain(true);
    const sameDay = new Array(20).fill({ day: '2026-01-01', units: 1 });
    expect(markBulkOrders([...sameDay, { day: '2026-01-01', units: 9999 }])).not.toContain(true);
  });

  it('keep their marks, whatever is ordered later', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, sizes, (before, after) => {
        const whole = markBulkOrders(daily([...before, ...after]));
        expect(whole.slice(0, before.length)).toEqual(markBulkOrders(daily(before)));
      }),
    );
  });
});
