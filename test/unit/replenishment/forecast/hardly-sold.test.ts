import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalOverDays } from '../../../../shared/replenishment/forecast/forecast.ts';
import { forecastSeries } from '../../../../shared/replenishment/forecast/forecast-series.ts';
import { type Pool, trainPool } from '../../../../shared/replenishment/forecast/pool.ts';
import { ownLimit } from '../../../../shared/replenishment/forecast/spread/own-limit.ts';
import { safetyStock } from '../../../../shared/replenishment/policy/safety-stock.ts';
import { demandOf } from '../../../../shared/replenishment/run/forecast-demand.ts';
import { madeUpUnits, seriesOf } from './made-up-demand.ts';

const HORIZON = 28;

const forecastOf = (units: readonly number[], pool: Pool, censored = units.map(() => false)) => {
  const made = forecastSeries(seriesOf(units, { censored }), { horizon: HORIZON, pool });
  if (!made.ok) throw new Error(made.error);
  return made.value;
};

const zeros = (days: number) => new Array<number>(days).fill(0);
const largestTotal = (units: readonly number[], days: number) =>
  Math.max(...units.map((_, at) => units.slice(at, at + days).reduce((sum, each) => sum + each, 0)));

/** Of 200 goods that ended, every third comes back with an order of 60 to 90 units, each on a day of its own. */
const cameBack = trainPool(
  Array.from({ length: 200 }, (_, place) => {
    const units = Array.from({ length: 200 }, (_day, day): number => (day < 3 ? 1 : 0));
    if (place % 3 === 0) units[130 + (place % 60)] = 60 + (place % 31);
    return seriesOf(units, { sku: `SKU-${place}` });
  }),
  HORIZON,
);

describe('a good that hardly sells', () => {
  it('is limited to three times the most that it sold in as many days', () => {
    // Totals of seven days: 2 + 3 = 5 at most, of two days 3, of one day 3. Ten days are all: 5.
    const history = {
      units: Float64Array.from([2, 0, 0, 3, 0, 0, 0, 0, 0, 0]),
      known: new Uint8Array(10).fill(1),
      factors: new Float64Array(24).fill(1),
      horizon: 14,
    };
    const limit = ownLimit(history);
    expect([1, 2, 7, 10].map(limit)).toEqual([9, 9, 15, 15]);
    // Fourteen days are more than it has: 5 units in 10 days are 7 in 14.
    expect(limit(14)).toBeCloseTo(21, 9);
    // A day without stock says nothing: 2 and 3 are two days apart in the days that are known.
    expect(ownLimit({ ...history, known: Uint8Array.from([1, 0, 0, 1, 1, 1, 1, 1, 1, 1]) })(2)).toBe(15);
  });

  it('is not stocked by the large orders of others', () => {
    // Three units in three days, and nothing for 197 days.
    const forecast = forecastOf([1, 1, 1, ...zeros(197)], cameBack);
    const { mean, quantiles, standardDeviation } = totalOverDays(forecast, HORIZON);
    expect(mean).toBeLessThan(1);
    // One in three of the others came back within 60 days, so about one in six within 28 days, with 75 units.
    expect(quantiles['0.9']).toBeGreaterThan(0);
    // Three times its own three units.
    expect(quantiles['0.95']).toBeLessThanOrEqual(9);
    expect(standardDeviation).toBeLessThanOrEqual(9);
  });

  it('never has more safety stock than three times what it sold in as many days', () => {
    const pools = [
      cameBack,
      trainPool(
        Array.from({ length: 40 }, (_, place) =>
          seriesOf(madeUpUnits(150, { seed: place + 1, perDay: 0.02 + place / 40 }), { sku: `SKU-${place}` }),
        ),
        HORIZON,
      ),
    ];
    const day = fc.oneof(
      { weight: 12, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }) },
    );
    const given = fc.tuple(
      fc.array(day, { minLength: 60, maxLength: 200 }),
      fc.nat({ max: 1 }),
      fc.constantFrom(0.9, 0.95),
    );
    fc.assert(
      fc.property(given, ([units, place, serviceLevel]) => {
        fc.pre(units.slice(0, 32).some((each) => each > 0));
        const demand = demandOf(forecastOf(units, pools[place] as Pool));
        const leadTime = { meanDays: 21, varianceDays: 0 };
        const risk = safetyStock(demand, { leadTime, reviewDays: 7, serviceLevel });
        // Days on which the shop is closed do not count, so that 28 days may be 34 of its calendar.
        const most = 3 * largestTotal(units, 34);
        expect(risk.units).toBeLessThanOrEqual(most + 1e-9);
        expect(risk.demand.mean + risk.units).toBeLessThanOrEqual(Math.max(most, 2 * risk.demand.mean));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a good that was sold for the first time', () => {
  // Each sells four units on every tenth day: so ten days pass from one sale to the next.
  const everyTenDays = trainPool(
    Array.from({ length: 40 }, (_, place) =>
      seriesOf(
        Array.from({ length: 140 }, (_day, day) => (day % 10 === place % 10 ? 4 : 0)),
        { sku: `SKU-${place}` },
      ),
    ),
    HORIZON,
  );

  it('does not sell as much on every day', () => {
    expect(everyTenDays.gap).toBeCloseTo(10, 0);
    // With nine days before it, four units yesterday are 0.4 a day: 11.2 in 28 days, where they were 112.
    const { mean } = totalOverDays(forecastOf([...zeros(60), 4], everyTenDays), HORIZON);
    expect(mean).toBeGreaterThan(8);
    expect(mean).toBeLessThan(15);
  });

  it('does so as far as is known, if its stock came on the same day', () => {
    const without = [...new Array<boolean>(60).fill(true), false];
    const { mean } = totalOverDays(forecastOf([...zeros(60), 4], everyTenDays, without), HORIZON);
    expect(mean).toBeGreaterThan(60);
  });
});
