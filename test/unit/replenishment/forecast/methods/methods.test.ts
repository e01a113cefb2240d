import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { History } from '../../../../../shared/replenishment/forecast/history.ts';
import { methods } from '../../../../../shared/replenishment/forecast/methods/index.ts';

const HORIZON = 7;

function history(units: readonly number[], over: Partial<History> = {}): History {
  return {
    units: Float64Array.from(units),
    known: new Uint8Array(units.length).fill(1),
    factors: new Float64Array(units.length + HORIZON).fill(1),
    horizon: HORIZON,
    ...over,
  };
}

function forecast(code: string, given: History, origins: readonly number[] = [given.units.length]): number[] {
  const method = methods.find((each) => each.code === code);
  if (method === undefined) throw new Error(`no method ${code}`);
  const out = new Float64Array(origins.length * HORIZON).fill(Number.NaN);
  method.run(given, origins, out);
  return [...out];
}

/** An SES of a weight, as the book writes it, with the first days weighing equally. */
const smoothed = (units: readonly number[], alpha: number): number =>
  units.reduce((level, each, index) => level + Math.max(alpha, 1 / (index + 1)) * (each - level), 0);

describe('each method, by its book', () => {
  it('naive is as the last day, and seasonal naive as the last of the weekday', () => {
    const units = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(forecast('naive', history(units))).toEqual(new Array(7).fill(9));
    expect(forecast('seasonal-naive', history(units))).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  it('the moving average takes the window that was least off', () => {
    // The demand changed from 0 to 7 eighty days ago and stays: short windows were right earlier, and the mean is 7.
    const units = [...new Array(80).fill(0), ...new Array(80).fill(7)];
    expect(forecast('moving-average', history(units))[0]).toBe(7);
    // In the first week no window is full: (2 + 4) / 2 = 3.
    expect(forecast('moving-average', history([2, 4]))[0]).toBe(3);
  });

  it('simple smoothing takes the weight with the least squared error', () => {
    // A level that jumps and stays is followed best by the highest weight, 0.4.
    const units = [...new Array(30).fill(0), ...new Array(30).fill(10)];
    expect(forecast('simple-smoothing', history(units))[0]).toBeCloseTo(smoothed(units, 0.4), 10);
    // Without any trend, noise is followed least: 0.02, which is the mean of the first 50 days.
    const noise = [4, 0, 0, 4, 4, 0, 0, 4, 4, 0, 0, 4];
    expect(forecast('simple-smoothing', history(noise))[0]).toBeCloseTo(2, 10);
  });

  it("Croston's level is the size by the gap, and that of Syntetos and Boylan lower by half of the weight", () => {
    // 6 units every third day: size 6, gap 3, level 2. All weights do the same, and the first is 0.05.
    const units = Array.from({ length: 60 }, (_, day) => (day % 3 === 2 ? 6 : 0));
    expect(forecast('croston', history(units))[0]).toBeCloseTo(2, 10);
    const lowered = forecast('sba', history(units))[0] ?? 0;
    expect([0.05, 0.1, 0.2].map((alpha) => 2 * (1 - alpha / 2))).toContainEqual(expect.closeTo(lowered, 10));
  });

  it('TSB falls while nothing is sold, and Croston stays', () => {
    const sold = Array.from({ length: 60 }, (_, day) => (day % 3 === 2 ? 6 : 0));
    const ended = [...sold, ...new Array(60).fill(0)];
    expect(forecast('tsb', history(sold))[0]).toBeGreaterThan(1.5);
    expect(forecast('tsb', history(ended))[0]).toBeLessThan(0.6);
    expect(forecast('croston', history(ended))[0]).toBeCloseTo(2, 10);
  });

  it('ADIDA and IMAPA see the mean of sparse demand through blocks', () => {
    // 8 units every fourth day, counted back from the end: every block of four days has a mean of 2.
    const units = Array.from({ length: 80 }, (_, day) => (day % 4 === 3 ? 8 : 0));
    expect(forecast('adida', history(units))[0]).toBeCloseTo(2, 10);
    expect(forecast('imapa', history(units))[0]).toBeGreaterThan(1.5);
    expect(forecast('imapa', history(units))[0]).toBeLessThan(3.5);
  });

  it('theta continues with half of the slope', () => {
    const units = Array.from({ length: 100 }, (_, day) => day);
    const path = forecast('theta', history(units));
    expect((path[6] ?? 0) - (path[0] ?? 0)).toBeCloseTo(6 * 0.5, 6);
    // The level lags behind the line, and the start of the drift makes up for a part of it.
    expect(path[0]).toBeGreaterThan(95);
    expect(path[0]).toBeLessThan(101);
  });

  it('states find a trend, and a weekly season of their own', () => {
    const season = [0, 8, 4, 0, 8, 4, 4];
    const units = Array.from({ length: 84 }, (_, day) => season[day % 7] ?? 0);
    forecast('ets', history(units)).forEach((mean, j) => {
      expect(mean).toBeCloseTo(season[j] ?? 0, 6);
    });
    const rising = Array.from({ length: 100 }, (_, day) => 10 + 2 * day);
    const path = forecast('ets', history(rising));
    expect((path[6] ?? 0) - (path[0] ?? 0)).toBeGreaterThan(6);
  });
});

describe.each(methods.map(({ code }) => code))('the method %s', (code) => {
  const days = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 80 });

  it('gives a finite mean of 0 or more for every day of any history', () => {
    fc.assert(
      fc.property(days, (units) => {
        const path = forecast(code, history(units));
        expect(path.every((mean) => Number.isFinite(mean) && mean >= 0)).toBe(true);
      }),
    );
  });

  it('knows nothing of later days', () => {
    fc.assert(
      fc.property(days, days, days, (before, one, other) => {
        const origin = before.length;
        const [a, b] = [one, other].map((after) => {
          const all = history([...before, ...after]);
          return forecast(code, all, [origin, all.units.length]).slice(0, HORIZON);
        });
        expect(a).toEqual(b);
      }),
    );
  });

  it('ignores the units of days whose demand is unknown', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 99 }), (units, other) => {
        const known = Uint8Array.from(units, (_, day) => (day % 3 === 1 ? 0 : 1));
        const changed = units.map((each, day) => (known[day] === 0 ? other : each));
        expect(forecast(code, history(changed, { known }))).toEqual(
          forecast(code, history(units, { known })),
        );
      }),
    );
  });

  it('continues a constant demand', () => {
    for (const mean of forecast(code, history(new Array(60).fill(5)))) {
      // The method of Syntetos and Boylan is lower than any constant demand by its nature.
      if (code === 'sba') expect(mean).toBeCloseTo(5 * (1 - 0.05 / 2), 6);
      else expect(mean).toBeCloseTo(5, 6);
    }
  });

  it('names its source', () => {
    expect(methods.find((each) => each.code === code)?.source).toMatch(/\((19|20)\d\d\)/);
  });
});
