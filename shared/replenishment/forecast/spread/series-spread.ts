import { type History, MIN_FACTOR, saysLevel } from '../history.ts';
import { mixed, type Summary } from './grid.ts';
import { MEAN_CLASSES, meanClass } from './mean-classes.ts';
import { KNOTS, type Shapes } from './shapes.ts';

/** How demand of a series is spread around its mean: quantiles and deviation of the ratio of the two. */
export interface SeriesSpread {
  /** Of a day, by its mean and by its factor. */
  readonly day: (mean: number, factor: number) => Summary;
  /** Of the total of the first `days` days, by its mean. */
  readonly total: (days: number, mean: number) => Summary;
}

/** The newest days that say how a series is spread. */
const OWN_DAYS = 80;
/** As many days of the series itself weigh as much as what is known of series with a like mean. */
const PRIOR_DAYS = 60;
/** The same of totals, which overlap, so that each says less. */
const PRIOR_TOTALS = 120;

/**
 * The spread of a series: its own last days, divided by their factors and by their mean, mixed with the shapes of
 * series with a like mean. The more days it has, the more they weigh.
 */
export function seriesSpread(history: History, shapes: Shapes): SeriesSpread {
  const own = ownDays(history);
  const openBefore = openDays(history);
  const days = new Array<Summary | undefined>(2 * MEAN_CLASSES);
  const totals = new Map<number, Summary>();
  const single = own.slice().sort();
  const share = single.length / (single.length + PRIOR_DAYS);
  const ofKnot = (knot: number, mean: number): Summary => {
    const key = knot * MEAN_CLASSES + meanClass(mean);
    let found = totals.get(key);
    if (found === undefined) {
      const sums = sumsOf(own, openBefore[Math.min(KNOTS[knot] as number, history.horizon)] as number);
      found = mixed(shapes.grid(knot, mean), sums, sums.length / (sums.length + PRIOR_TOTALS));
      totals.set(key, found);
    }
    return found;
  };
  return {
    day: (mean, factor) => {
      const isOpen = factor >= MIN_FACTOR;
      const key = (isOpen ? 0 : MEAN_CLASSES) + meanClass(mean);
      let found = days[key];
      if (found === undefined) {
        found = mixed(shapes.grid(0, mean), single, isOpen ? share : 0);
        days[key] = found;
      }
      return found;
    },
    total: (asked, mean) => {
      const after = KNOTS.findIndex((knot) => knot >= asked);
      const upper = after < 0 ? KNOTS.length - 1 : after;
      const [from, to] = [KNOTS[upper - 1] ?? 1, KNOTS[upper] as number];
      if (to === asked || upper === 0 || after < 0) return ofKnot(upper, mean);
      const part = (asked - from) / (to - from);
      const [low, high] = [ofKnot(upper - 1, mean), ofKnot(upper, mean)];
      return low.map(
        (value, place) => value + part * ((high[place] as number) - value),
      ) as unknown as Summary;
    },
  };
}

/** The last days that say something, as they would be if each was a usual one, by their mean. In their order. */
function ownDays(history: History): Float64Array {
  const own: number[] = [];
  for (let day = Math.max(1, history.units.length - OWN_DAYS); day < history.units.length; day += 1)
    if (saysLevel(history, day)) own.push((history.units[day] as number) / (history.factors[day] as number));
  const mean = own.reduce((all, each) => all + each, 0) / Math.max(1, own.length);
  return Float64Array.from(own, (each) => (mean > 0 ? each / mean : 0));
}

/** How many of the first days that are forecast are open. */
function openDays({ units, factors, horizon }: History): number[] {
  const open = [0];
  for (let j = 0; j < horizon; j += 1)
    open.push((open[j] as number) + ((factors[units.length + j] as number) >= MIN_FACTOR ? 1 : 0));
  return open;
}

/** Means of that many days in turn, at each place, sorted. */
function sumsOf(days: Float64Array, length: number): Float64Array {
  if (length < 1 || days.length < length) return new Float64Array(0);
  const sums = new Float64Array(days.length - length + 1);
  let sum = 0;
  for (let day = 0; day < days.length; day += 1) {
    sum += days[day] as number;
    if (day >= length) sum -= days[day - length] as number;
    if (day >= length - 1) sums[day - length + 1] = Math.max(0, sum / length);
  }
  return sums.sort();
}
