import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Forecast, totalOverDays } from '../../../../shared/replenishment/forecast/forecast.ts';
import { forecastSeries } from '../../../../shared/replenishment/forecast/forecast-series.ts';
import { trainPool } from '../../../../shared/replenishment/forecast/pool.ts';
import { madeUpUnits, seriesOf } from './made-up-demand.ts';

const HORIZON = 14;

function forecast(
  units: readonly number[],
  options: Partial<Parameters<typeof forecastSeries>[1]> = {},
): Forecast {
  const made = forecastSeries(seriesOf(units), { horizon: HORIZON, ...options });
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

const many = (count: number, days: number) =>
  Array.from({ length: count }, (_, index) =>
    seriesOf(madeUpUnits(days, { seed: index + 1, perDay: 0.1 + (index % 10) / 5 }), { sku: `SKU-${index}` }),
  );

/** The pinball loss of the three quantiles over days that came. */
function pinball({ days }: Forecast, came: readonly number[]): number {
  let all = 0;
  came.forEach((units, day) => {
    for (const [level, quantile] of Object.entries(days[day]?.quantiles ?? {})) {
      const off = units - quantile;
      all += Math.max(Number(level) * off, (Number(level) - 1) * off);
    }
  });
  return all;
}

describe('the forecast of a series', () => {
  it('has a bounded deviation where next to nothing is forecast, though like goods came back', () => {
    // Sold for ten days and then no more; every fourth sells one unit again, three weeks before the end.
    const ended = (index: number) => {
      const units = Array.from({ length: 300 }, (_, day) => (day < 10 ? 1 : 0));
      if (index % 4 === 0) units[280] = 1;
      return units;
    };
    const pool = trainPool(
      Array.from({ length: 60 }, (_, index) => seriesOf(ended(index), { sku: `SKU-${index}` })),
      28,
    );
    const { mean, standardDeviation } = totalOverDays(forecast(ended(1), { horizon: 28, pool }), 28);
    expect(mean).toBeLessThan(2);
    // One unit in a month is all that any of them sold.
    expect(standardDeviation).toBeLessThan(4);
  });

  it('is narrow for a good that sells steadily in a shop of its own, and wide for one that does not', () => {
    const steady = Array.from({ length: 42 }, () => 40);
    // As many units, in lots of 560 every fourteen days.
    const lumpy = Array.from({ length: 42 }, (_, day) => (day % 7 === 3 && day % 14 > 6 ? 560 : 0));
    const over = (units: readonly number[]) =>
      totalOverDays(forecast(units, { horizon: 28, pool: trainPool([seriesOf(units)], 28) }), 28);
    const [narrow, wide] = [over(steady), over(lumpy)];
    expect(narrow.mean).toBeCloseTo(1_120, 0);
    expect(narrow.quantiles['0.95'] - narrow.mean).toBeLessThan(0.25 * narrow.mean);
    expect(narrow.quantiles['0.95']).toBeGreaterThan(narrow.mean);
    expect(wide.standardDeviation / wide.mean).toBeGreaterThan((2 * narrow.standardDeviation) / narrow.mean);
  });

  it('begins on the day after the history and names how it was made', () => {
    const made = forecast(madeUpUnits(100, { seed: 1, perDay: 1 }));
    // 100 days from 5 January 2026 end on 14 April.
    expect(made).toMatchObject({ sku: 'MUG', market: '*', firstDay: '2026-04-15', version: '4' });
    expect(made.days).toHaveLength(HORIZON);
    expect(made.error.pinball).toBeGreaterThan(0);
    expect(forecast(madeUpUnits(100, { seed: 1, perDay: 1 }), { method: 'sba' }).method).toBe('sba');
  });

  it('is the same to the byte, also with a pool that is trained again', () => {
    const units = madeUpUnits(200, { seed: 7, perDay: 1 });
    const [a, b] = [1, 2].map(() =>
      JSON.stringify(forecast(units, { pool: trainPool(many(40, 120), HORIZON) })),
    );
    expect(a).toBe(b);
  });

  it('finds the level of the demand behind days without stock', () => {
    const units = madeUpUnits(200, { seed: 3, perDay: 2 });
    const censored = units.map((_, day) => day >= 100 && day % 9 < 5);
    const sold = units.map((each, day) => (censored[day] ? 0 : each));
    const known = forecastSeries(seriesOf(sold, { censored }), { horizon: HORIZON });
    const level = (made: Forecast) => totalOverDays(made, HORIZON).mean;
    if (!known.ok) throw new Error(known.error);
    const [whole, asZero] = [level(forecast(units)), level(forecast(sold))];
    expect(level(known.value)).toBeGreaterThan(0.8 * whole);
    expect(level(known.value)).toBeLessThan(1.25 * whole);
    // Read as days without demand, they would halve it.
    expect(asZero).toBeLessThan(0.75 * whole);
  });

  it('beats seasonal naive and is within its quantiles as often as they say, on days that it never saw', () => {
    const all = many(120, 180);
    const before = all.map((each) => seriesOf(each.units.slice(0, 166), { sku: each.sku }));
    const pool = trainPool(before, HORIZON);
    let [own, naive, days, below, totals, totalsBelow] = [0, 0, 0, 0, 0, 0];
    before.forEach((series, index) => {
      const came = all[index]?.units.slice(166) ?? [];
      const made = forecast(series.units, { pool });
      own += pinball(made, came);
      naive += pinball(forecast(series.units, { pool, method: 'seasonal-naive' }), came);
      came.forEach((units, day) => {
        days += 1;
        if (units <= (made.days[day]?.quantiles['0.9'] ?? 0)) below += 1;
      });
      totals += 1;
      const sum = came.reduce((a, b) => a + b, 0);
      if (sum <= totalOverDays(made, HORIZON).quantiles['0.9']) totalsBelow += 1;
    });
    expect(own).toBeLessThan(0.85 * naive);
    expect(below / days).toBeGreaterThan(0.87);
    expect(below / days).toBeLessThan(0.96);
    expect(totalsBelow / totals).toBeGreaterThan(0.8);
  });

  it('sees that nothing is sold on Saturdays, and less on Sundays', () => {
    const made = forecast(madeUpUnits(140, { seed: 5, perDay: 3 }));
    // 140 days are twenty weeks, so that the sixth day is a Saturday again.
    expect(made.days[5]?.mean).toBeLessThan(0.4 * (made.days[4]?.mean ?? 0));
    expect(made.days[6]?.mean).toBeLessThan(0.85 * (made.days[4]?.mean ?? 0));
    // All series of the shop together say it clearly.
    const pool = trainPool(many(40, 140), HORIZON);
    const pooled = forecast(madeUpUnits(140, { seed: 5, perDay: 3 }), { pool });
    expect(pooled.days[5]?.mean).toBeLessThan(0.05 * (pooled.days[4]?.mean ?? 0));
  });
});

describe('a history that can not be forecast', () => {
  it.each<[error: string, given: Partial<Parameters<typeof forecastSeries>[0]>]>([
    ['first-day-invalid', { firstDay: 'yesterday' }],
    ['units-not-finite', { units: [Number.NaN, 9] }],
    ['units-negative', { units: [-1, 9] }],
    ['no-history', { units: [] }],
    ['nothing-sold', { units: [0, 0] }],
  ])('says nothing of the others in a pool: %s', (error, given) => {
    const bad = seriesOf(given.units ?? [9, 9], given);
    expect(forecastSeries(bad, { horizon: HORIZON })).toEqual({ ok: false, error });
    const good = many(20, 60);
    const units = madeUpUnits(60, { seed: 3, perDay: 1 });
    const pools = [good, [bad, ...good, bad]].map((each) => trainPool(each, HORIZON));
    const [alone, together] = pools.map((pool) => JSON.stringify(forecast(units, { pool })));
    expect(together).toBe(alone);
  });

  it('is not one of a single day, nor one with long gaps', () => {
    const [day, gap] = [forecast([5]), forecast([3, ...new Array(90).fill(0), 4])];
    // One day with 5 units: each method has no more to say than 5 a day.
    expect(day.days.map(({ mean }) => mean)).toEqual(new Array(HORIZON).fill(5));
    // 7 units in 92 days are less than one a day.
    expect(totalOverDays(gap, HORIZON).mean).toBeGreaterThan(0);
    expect(totalOverDays(gap, HORIZON).mean).toBeLessThan(HORIZON);
  });

  it.each([
    ['no-history', seriesOf([])],
    ['nothing-sold', seriesOf([0, 0, 0])],
    ['nothing-known', seriesOf([1, 0], { censored: [true, true] })],
    ['units-negative', seriesOf([1, -1])],
    ['units-not-finite', seriesOf([1, Number.NaN])],
    ['units-not-finite', seriesOf([Number.POSITIVE_INFINITY])],
    ['lengths-differ', seriesOf([1], { censored: [] })],
    ['first-day-invalid', seriesOf([1], { firstDay: 'yesterday' })],
  ])('is refused with %s', (error, series) => {
    expect(forecastSeries(series, { horizon: HORIZON })).toEqual({ ok: false, error });
  });

  it('is never one with a sale: no figure is missing, infinite or below zero', () => {
    const pool = trainPool(many(20, 60), HORIZON);
    const day = fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 30 }) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }) },
    );
    const days = fc.array(fc.tuple(day, fc.boolean()), { minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(days, fc.boolean(), (given, isPooled) => {
        const series = seriesOf(
          given.map(([units]) => units),
          { censored: given.map(([, censored]) => censored) },
        );
        const made = forecastSeries(series, { horizon: HORIZON, ...(isPooled ? { pool } : {}) });
        const isSold = given.some(([units, censored]) => units > 0 && !censored);
        expect(made.ok).toBe(isSold);
        if (!made.ok) return;
        const { days: forecastDays, totals = [], error } = made.value;
        const rows = [...forecastDays.map((each) => each.quantiles), ...totals.map((each) => each.quantiles)];
        for (const row of rows) {
          expect(row['0.5']).toBeGreaterThanOrEqual(0);
          expect(row['0.9']).toBeGreaterThanOrEqual(row['0.5']);
          expect(row['0.95']).toBeGreaterThanOrEqual(row['0.9']);
          expect(Number.isFinite(row['0.95'])).toBe(true);
        }
        const others = [
          ...forecastDays.map(({ mean }) => mean),
          ...totals.map((each) => each.standardDeviation),
        ];
        expect([...others, error.pinball].every((each) => Number.isFinite(each) && each >= 0)).toBe(true);
      }),
    );
  });
});
