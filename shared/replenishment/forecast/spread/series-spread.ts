import { type History, MIN_FACTOR, saysLevel } from '../history.ts';
import { deviationOfMixture, type Mixture, quantilesOfMixture, type ThreeQuantiles } from './grid.ts';
import { MEAN_CLASSES, meanClass, meanOfClass } from './mean-classes.ts';
import { negativeBinomialGrid, SIZE_OF_A_DAY } from './negative-binomial.ts';
import { openDays } from './open-days.ts';
import { KNOTS, type Shapes, yardstick } from './shapes.ts';

/** How demand of a series is spread: quantiles and deviation, in yardsticks. */
export interface SeriesSpread {
  /** Of a day, by its mean and by its factor. */
  readonly day: (mean: number, factor: number) => ThreeQuantiles;
  /** Of the total of the first `days` days, by its mean. */
  readonly total: (days: number, mean: number) => ThreeQuantiles;
  /** The standard deviation of the same total. */
  readonly deviationOfTotal: (days: number, mean: number) => number;
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
  const days = new Array<ThreeQuantiles | undefined>(2 * MEAN_CLASSES);
  const totals = new Map<number, ThreeQuantiles>();
  const deviations = new Map<number, number>();
  const single = own.slice().sort();
  const likeOthers = priorOf(shapes, sizeOf(own, usual));
  const share = single.length / (single.length + (isKnown(shapes, 0) ? PRIOR_DAYS : PRIOR_DAYS_ALONE));
  const sums = new Map<number, Float64Array>();
  const mixtureOf = (knot: number, place: number): Mixture => {
    let ofKnot = sums.get(knot);
    if (ofKnot === undefined) {
      ofKnot = sumsOf(own, openBefore[Math.min(KNOTS[knot] as number, history.horizon)] as number);
      sums.set(knot, ofKnot);
    }
    const apart = own.length / (KNOTS[knot] as number);
    const ofOwn = isKnown(shapes, knot)
      ? ofKnot.length / (ofKnot.length + PRIOR_TOTALS)
      : apart / (apart + PRIOR_TOTALS_ALONE);
    return { grid: likeOthers(knot, place), own: ofKnot, scale: scaleOf(place), share: ofOwn };
  };
  const quantilesAt = (knot: number, place: number): ThreeQuantiles => {
    const key = knot * MEAN_CLASSES + place;
    let found = totals.get(key);
    if (found === undefined) {
      found = quantilesOfMixture(mixtureOf(knot, place));
      totals.set(key, found);
    }
    return found;
  };
  const deviationAt = (knot: number, place: number): number => {
    const key = knot * MEAN_CLASSES + place;
    let found = deviations.get(key);
    if (found === undefined) {
      found = deviationOfMixture(mixtureOf(knot, place));
      deviations.set(key, found);
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
        const mixture = { grid: likeOthers(0, place), own: single, scale: scaleOf(place) };
        found = quantilesOfMixture({ ...mixture, share: isOpen ? share : 0 });
        days[key] = found;
      }
      return found;
    },
    total: (asked, mean) => {
      const place = meanClass(mean);
      const { upper, part } = BETWEEN[Math.min(asked, LONGEST)] as Between;
      const high = quantilesAt(upper, place);
      if (part === 1) return high;
      const low = quantilesAt(upper - 1, place);
      return [
        low[0] + part * (high[0] - low[0]),
        low[1] + part * (high[1] - low[1]),
        low[2] + part * (high[2] - low[2]),
      ];
    },
    deviationOfTotal: (asked, mean) => {
      const place = meanClass(mean);
      const { upper, part } = BETWEEN[Math.min(asked, LONGEST)] as Between;
      const high = deviationAt(upper, place);
      if (part === 1) return high;
      const low = deviationAt(upper - 1, place);
      return low + part * (high - low);
    },
  };
}

/** Where a number of days lies: the knot at it or above it, and the part of the way to it from the knot before. */
interface Between {
  readonly upper: number;
  /** 1 at the knot itself. */
  readonly part: number;
}

const LONGEST = KNOTS.at(-1) as number;
const BETWEEN: readonly Between[] = Array.from({ length: LONGEST + 1 }, (_, days) => {
  const upper = KNOTS.findIndex((knot) => knot >= days);
  const [from, to] = [KNOTS[upper - 1] ?? 0, KNOTS[upper] as number];
  return { upper, part: upper === 0 || to === days ? 1 : (days - from) / (to - from) };
});

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
