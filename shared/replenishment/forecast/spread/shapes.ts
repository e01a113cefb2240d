import { gridOf } from './grid.ts';
import { MEAN_CLASSES } from './mean-classes.ts';

/** The numbers of days whose totals are spread apart. Between two of them the spread is interpolated. */
export const KNOTS: readonly number[] = [1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91];

/** How demand is spread, by its mean: quantiles of what came, in {@link yardstick}s. */
export interface Shapes {
  /** Of the total of `KNOTS[knot]` days, by the class of the mean. Undefined where nothing is known. */
  readonly grid: (knot: number, place: number) => Float64Array | undefined;
}

/**
 * What demand is measured in when it is compared with that of other series: its mean, and one unit where less is
 * expected. What comes of a good that hardly sells is an order, however little was forecast: a ratio to the forecast
 * would have no bound.
 */
export const yardstick = (mean: number): number => Math.max(mean, 1);

/** Fewer values than these say too little of a class. */
const MIN_VALUES = 200;

/**
 * Shapes from what came, in yardsticks, on days that were not known when they were forecast. So a quantile is right on
 * average over the series whose mean is alike: conformal prediction by groups (Vovk, Gammerman and Shafer,
 * Algorithmic Learning in a Random World (2005), section 4.5). A class with few values has those of the nearest class
 * with enough.
 */
export function shapesOf(came: readonly (readonly number[][])[]): Shapes {
  const known = came.map((classes) =>
    classes.map((own) => (own.length < MIN_VALUES ? undefined : gridOf(Float64Array.from(own).sort()))),
  );
  const filled = known.map((classes) => classes.map((_, place) => nearest(classes, place)));
  return { grid: (knot, place) => filled[knot]?.[place] };
}

function nearest(classes: readonly (Float64Array | undefined)[], place: number): Float64Array | undefined {
  for (let away = 0; away < MEAN_CLASSES; away += 1) {
    const found = classes[place - away] ?? classes[place + away];
    if (found !== undefined) return found;
  }
  return undefined;
}
