import { type History, MIN_FACTOR, saysLevel } from '../history.ts';
import { mixed, type Summary } from './grid.ts';
import { MEAN_CLASSES, meanClass, meanOfClass } from './mean-classes.ts';
import { negativeBinomialGrid, SIZE_OF_A_DAY } from './negative-binomial.ts';
import { openDays } from './open-days.ts';
import { KNOTS, type Shapes, yardstick } from './shapes.ts';

/** How demand of a series is spread: quantiles and deviation, in yardsticks. */
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
/** Where no other series says anything, the series itself weighs more: a week of its days weighs as much. */
const PRIOR_DAYS_ALONE = 7;
/** And as many totals that do not overlap: overlapping ones of a single series are much alike. */
const PRIOR_TOTALS_ALONE = 3;

/**
 * The spread of a series: its own last days, divided by their factors and by their mean, mixed with the shapes of
 * series with a like mean. The more days it has, the more they weigh.
 */
export function seriesSpread(history: History, shapes: Shapes): SeriesSpread {
  const { ratios: own, mean: usual } = ownDays(history);
  const openBefore = openDays(history);
  const days = new Array<Summary | undefined>(2 * MEAN_CLASSES);
  const totals = new Map<number, Summary>();
  const single = own.slice().sort();
  const likeOthers = priorOf(shapes, sizeOf(own, usual));
  const share = single.length / (single.length + (isKnown(shapes, 0) ? PRIOR_DAYS : PRIOR_DAYS_ALONE));
  const ofKnot = (knot: number, place: number): Summary => {
    const key = knot * MEAN_CLASSES + place;
    let found = totals.get(key);
    if (found === undefined) {
      const sums = sumsOf(own, openBefore[Math.min(KNOTS[knot] as number, history.horizon)] as number);
      const apart = own.length / (KNOTS[knot] as number);
      const ofOwn = isKnown(shapes, knot)
        ? sums.length / (sums.length + PRIOR_TOTALS)
        : apart / (apart + PRIOR_TOTALS_ALONE);
      found = mixed(likeOthers(knot, place), sums, { share: ofOwn, scale: scaleOf(place) });
      totals.set(key, found);
    }
    return found;
  };
  return {
    day: (mean, factor) => {
      const isOpen = factor >= MIN_FACTOR;
      const place = meanClass(mean);
      const key = (isOpen ? 0 : MEAN_CLASSES) + place;
      let found = days[key];
      if (found === undefined) {
        found = mixed(likeOthers(0, place), single, { share: isOpen ? share : 0, scale: scaleOf(place) });
        days[key] = found;
      }
      return found;
    },
    total: (asked, mean) => {
      const place = meanClass(mean);
      const after = KNOTS.findIndex((knot) => knot >= asked);
      const upper = after < 0 ? KNOTS.length - 1 : after;
      const [from, to] = [KNOTS[upper - 1] ?? 1, KNOTS[upper] as number];
      if (to === asked || upper === 0 || after < 0) return ofKnot(upper, place);
      const part = (asked - from) / (to - from);
      const [low, high] = [ofKnot(upper - 1, place), ofKnot(upper, place)];
      return low.map(
        (value, place) => value + part * ((high[place] as number) - value),
      ) as unknown as Summary;
    },
  };
}

/**
 * What is known of series with a like mean. Where no other series says anything, a negative binomial distribution whose
 * size follows from how much the series itself varies: a shop with few goods then does not take steady demand for that
 * of a slow mover.
 */
function priorOf(shapes: Shapes, size: number): (knot: number, place: number) => Float64Array {
  return (knot, place) => {
    const known = shapes.grid(knot, place);
    if (known !== undefined) return known;
    const mean = meanOfClass(place);
    return negativeBinomialGrid(mean, KNOTS[knot] ?? 1, size).map((ratio) => ratio * scaleOf(place));
  };
}

const isKnown = (shapes: Shapes, knot: number): boolean => shapes.grid(knot, 0) !== undefined;

/** The mean of a class, in yardsticks. */
const scaleOf = (place: number): number => meanOfClass(place) / yardstick(meanOfClass(place));

/** The size of a day, by the variance of its ratio to the mean, 1 / mean + 1 / size; drawn to the usual size. */
function sizeOf(own: Float64Array, meanOfADay: number): number {
  const variance = own.reduce((sum, each) => sum + (each - 1) ** 2, 0) / Math.max(1, own.length - 1);
  const excess = meanOfADay > 0 ? Math.max(0, variance - 1 / meanOfADay) : 0;
  const drawn = own.length * excess + PRIOR_DAYS_ALONE / SIZE_OF_A_DAY;
  return (own.length + PRIOR_DAYS_ALONE) / drawn;
}

/** The last days that say something, as they would be if each was a usual one, by their mean. In their order. */
function ownDays(history: History): { readonly ratios: Float64Array; readonly mean: number } {
  const own: number[] = [];
  for (let day = Math.max(1, history.units.length - OWN_DAYS); day < history.units.length; day += 1)
    if (saysLevel(history, day)) own.push((history.units[day] as number) / (history.factors[day] as number));
  const mean = own.reduce((all, each) => all + each, 0) / Math.max(1, own.length);
  return { ratios: Float64Array.from(own, (each) => (mean > 0 ? each / mean : 0)), mean };
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
