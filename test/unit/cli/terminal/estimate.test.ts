import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, durationText } from '../../../../infra/cli/terminal/estimate.ts';

/** Does `total` units of that number of milliseconds each. Gives every estimate with the time that was really left. */
function estimates(durations: readonly number[]): { estimated: number; real: number }[] {
  let now = 1_000;
  const pace = createPace(() => now);
  const end = now + durations.reduce((all, one) => all + one, 0);
  return durations.flatMap((duration, index) => {
    now += duration;
    pace.note(index + 1);
    const estimated = pace.secondsLeft(durations.length);
    return estimated === undefined ? [] : [{ estimated, real: (end - now) / 1000 }];
  });
}

describe('the time left', () => {
  it('is exact to the second for steady work', () => {
    // 600 units of 100 ms take a minute. After 5 s the first estimate: 55 s.
    const all = estimates(Array.from({ length: 600 }, () => 100));
    expect(all[0]?.real).toBeCloseTo(55, 5);
    expect(all[0]?.estimated).toBeCloseTo(55, 0);
    for (const { estimated, real } of all) expect(Math.abs(estimated - real)).toBeLessThan(1);
  });

  it('is given only after several seconds and several units', () => {
    expect(estimates([4_900])).toEqual([]);
    expect(estimates([2_000, 2_000, 2_000, ...Array.from({ length: 20 }, () => 100)])[0]?.real).toBeLessThan(
      2,
    );
    let now = 0;
    const pace = createPace(() => now);
    now = 60_000;
    expect(pace.secondsLeft(100)).toBeUndefined();
  });

  it('is within a factor of two after slow first units, or is not given', () => {
    // Eight units of 8 s while everything starts cold, then 200 of 1 s.
    const all = estimates([
      ...Array.from({ length: 8 }, () => 8_000),
      ...Array.from({ length: 200 }, () => 1_000),
    ]);
    // Two units of the new speed are too few. The estimate uses it from the third unit on.
    const afterwards = all.filter(({ real }) => real <= 197 && real >= 2);
    expect(afterwards.length).toBeGreaterThan(180);
    for (const { estimated, real } of afterwards) {
      expect(estimated).toBeGreaterThan(real / 2);
      expect(estimated).toBeLessThan(real * 2);
    }
  });

  it('is not given while the work makes no progress', () => {
    let now = 0;
    const pace = createPace(() => now);
    for (let count = 1; count <= 60; count += 1) {
      now += 100;
      pace.note(count);
    }
    expect(pace.secondsLeft(100)).toBeGreaterThan(0);
    now += 10_000;
    expect(pace.secondsLeft(100)).toBeUndefined();
  });

  it('is within a factor of two after a slow beginning and with uneven units', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000 }),
        fc.array(fc.integer({ min: 50, max: 150 }), { minLength: 300, maxLength: 900 }),
        (warmUp, durations) => {
          for (const { estimated, real } of estimates([warmUp, ...durations])) {
            if (real < 2) continue;
            expect(estimated).toBeGreaterThan(real / 2);
            expect(estimated).toBeLessThan(real * 2);
          }
        },
      ),
    );
  });
});

it.each([
  [0, '0 s'],
  [59.2, '60 s'],
  [90, '1 min 30 s'],
  [119.5, '2 min 0 s'],
  [3_600, '1 h 0 min'],
  [7_501, '2 h 6 min'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
