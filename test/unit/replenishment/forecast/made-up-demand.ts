import type { DemandSeries } from '../../../../shared/replenishment/demand/demand-series.ts';

/** Numbers between 0 and 1 that look random and are the same in every run (a linear congruential generator). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A Monday. */
const FIRST_DAY = '2026-01-05';

export const seriesOf = (units: readonly number[], over: Partial<DemandSeries> = {}): DemandSeries => ({
  ...{ sku: 'MUG', market: '*', firstDay: FIRST_DAY, units, censored: units.map(() => false) },
  ...over,
});

/** Orders of 1 to 6 units on some days; none on Saturdays, half as many on Sundays. `perDay`: orders on a usual day. */
export function madeUpUnits(
  days: number,
  { seed, perDay }: { readonly seed: number; readonly perDay: number },
): number[] {
  const next = randomNumbers(seed);
  return Array.from({ length: days }, (_, day) => {
    const open = [1, 1, 1, 1, 1, 0, 0.5][day % 7] ?? 1;
    let units = 0;
    // A Poisson number of orders, by the time between them.
    let time = -Math.log(1 - next());
    while (time < perDay * open) {
      units += 1 + Math.floor(6 * next());
      time -= Math.log(1 - next());
    }
    return units;
  });
}
