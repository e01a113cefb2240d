import type { History } from './history.ts';
import { LEVELS, type ThreeQuantiles } from './spread/grid.ts';
import type { SeriesSpread } from './spread/series-spread.ts';
import { yardstick } from './spread/shapes.ts';

/** How far forecasts were off on known days. */
export interface Loss {
  /** The sum of the pinball losses of all three quantiles. */
  readonly pinball: number;
  /** The same of the totals of all days after each origin. */
  readonly ofTotals: number;
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
  let [pinball, ofTotals, absolute, sold, days] = [0, 0, 0, 0, 0];
  for (let k = 0; k < origins.length; k += 1) {
    const origin = origins[k] as number;
    const last = Math.min(horizon, units.length - origin);
    let [total, totalMean] = [0, 0];
    for (let j = 0; j < last; j += 1) {
      const day = origin + j;
      if (known[day] !== 1) continue;
      const mean = path[k * horizon + j] as number;
      const own = units[day] as number;
      const ofDay = spread.day(mean, factors[day] as number);
      pinball += pinballOf(own, yardstick(mean), ofDay);
      absolute += Math.abs(own - mean);
      sold += own;
      total += own;
      totalMean += mean;
      days += 1;
    }
    if (last > 0) ofTotals += pinballOf(total, yardstick(totalMean), spread.total(last, totalMean));
  }
  return { pinball, ofTotals, absolute, units: sold, days };
}

/** The pinball loss of all three quantiles of what came. */
function pinballOf(own: number, unit: number, spread: ThreeQuantiles): number {
  let all = 0;
  for (let level = 0; level < 3; level += 1) {
    const off = own - unit * (spread[level] as number);
    all += off > 0 ? (LEVELS[level] as number) * off : ((LEVELS[level] as number) - 1) * off;
  }
  return all;
}

/** The loss of each candidate beside the mean of all: half by days, half by totals. 1 is the mean. */
export function besideMean(losses: readonly Pick<Loss, 'pinball' | 'ofTotals'>[]): number[] {
  const meanOf = (of: 'pinball' | 'ofTotals') =>
    losses.reduce((all, each) => all + each[of], 0) / losses.length;
  const [days, totals] = [meanOf('pinball'), meanOf('ofTotals')];
  const part = (own: number, mean: number) => (mean > 0 ? own / mean : 1);
  return losses.map((each) => (part(each.pinball, days) + part(each.ofTotals, totals)) / 2);
}
