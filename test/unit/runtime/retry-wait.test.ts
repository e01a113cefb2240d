import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RETRY_POLICY, retryWaitSeconds } from '../../../shared/runtime/retry-wait.ts';

const receives = Array.from({ length: 12 }, (_, index) => index + 1);

describe('the wait of a message that failed', () => {
  test('doubles with each failure up to 15 minutes, and does not exist after the last receive', () => {
    expect(receives.map((count) => retryWaitSeconds(count, 0))).toEqual([
      2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 0,
    ]);
  });

  test('is shortened by a fifth at most, so that messages that failed together come back at different times', () => {
    expect(receives.map((count) => retryWaitSeconds(count, 1))).toEqual([
      2, 3, 6, 13, 26, 51, 102, 205, 410, 720, 720, 0,
    ]);
  });

  test('ends after half an hour at the earliest and after an hour at the latest', () => {
    const totalSeconds = (chance: number) =>
      receives.reduce((sum, count) => sum + retryWaitSeconds(count, chance), 0);
    // 2 + 4 + … + 512 = 1,022, and twice 900.
    expect(totalSeconds(0)).toBe(2_822);
    expect(totalSeconds(1)).toBeGreaterThan(30 * 60);
  });

  test('never shrinks from one failure to the next by more than the jitter, and is a time that SQS takes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, chance) => {
          const wait = retryWaitSeconds(count, chance);
          expect(Number.isInteger(wait)).toBe(true);
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(900);
          expect(retryWaitSeconds(count + 1, chance)).toBeGreaterThanOrEqual(wait);
        },
      ),
    );
  });

  test('treats an impossible number of receives as the first receive', () => {
    expect(retryWaitSeconds(0, 0)).toBe(RETRY_POLICY.firstSeconds);
  });
});
