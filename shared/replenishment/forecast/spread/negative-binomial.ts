import { GRID } from './grid.ts';

/** The size of the distribution of a day. A day with a mean of 1 has a variance of 1 + 1 / 0.25 = 5. */
export const SIZE_OF_A_DAY = 0.25;
const MAX_STEPS = 100_000;

/**
 * How demand is spread where nothing is known of it but its mean: a negative binomial distribution, which demand for
 * slow-moving items often has (Snyder, Ord and Beaumont, Forecasting the intermittent demand for slow-moving
 * inventories, International Journal of Forecasting 28 (2012)). The sum of n days has n times the size of a day. Gives
 * the quantiles of the grid, each divided by the mean.
 */
export function negativeBinomialGrid(
  mean: number,
  days: number,
  sizeOfADay: number = SIZE_OF_A_DAY,
): Float64Array {
  const size = sizeOfADay * days;
  const grid = new Float64Array(GRID);
  const ratio = mean / (mean + size);
  let chance = (size / (mean + size)) ** size;
  let [below, units] = [chance, 0];
  for (let place = 0; place < GRID; place += 1) {
    const asked = (place + 0.5) / GRID;
    while (below < asked && units < MAX_STEPS) {
      chance *= (ratio * (size + units)) / (units + 1);
      below += chance;
      units += 1;
    }
    grid[place] = units / mean;
  }
  return grid;
}
