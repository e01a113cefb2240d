import type { History } from './history.ts';
import { LEVELS } from './spread/grid.ts';
import type { SeriesSpread } from './spread/series-spread.ts';

/** How far forecasts were off on known days. */
export interface Loss {
  /** The sum of the pinball losses of all three quantiles. */
  readonly pinball: number;
  readonly absolute: number;
  /** Units that were sold on these days, and the number of days. */
  readonly units: number;
  readonly days: number;
}

/** The loss of means after each origin, on the known days of the history. */
export function lossOf(
  { units, known, factors, horizon }: History,
  {
    origins,
    path,
    spread,
  }: { readonly origins: readonly number[]; readonly path: Float64Array; readonly spread: SeriesSpread },
): Loss {
  let [pinball, absolute, sold, days] = [0, 0, 0, 0];
  for (let k = 0; k < origins.length; k += 1) {
    const origin = origins[k] as number;
    const last = Math.min(horizon, units.length - origin);
    for (let j = 0; j < last; j += 1) {
      const day = origin + j;
      if (known[day] !== 1) continue;
      const mean = path[k * horizon + j] as number;
      const own = units[day] as number;
      const ratios = spread.day(mean, factors[day] as number);
      for (let level = 0; level < 3; level += 1) {
        const off = own - mean * (ratios[level] as number);
        pinball += off > 0 ? (LEVELS[level] as number) * off : ((LEVELS[level] as number) - 1) * off;
      }
      absolute += Math.abs(own - mean);
      sold += own;
      days += 1;
    }
  }
  return { pinball, absolute, units: sold, days };
}
