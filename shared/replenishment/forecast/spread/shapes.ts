import { gridOf } from './grid.ts';
import { MEAN_CLASSES, meanClass, meanOfClass } from './mean-classes.ts';
import { negativeBinomialGrid } from './negative-binomial.ts';

/** The numbers of days whose totals are spread apart. Between two of them the spread is interpolated. */
export const KNOTS: readonly number[] = [1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 91];

/** How demand is spread around its mean, by the mean: quantiles of the ratio of the two. */
export interface Shapes {
  /** Of the total of `KNOTS[knot]` days with this mean. The first knot is of one day. */
  readonly grid: (knot: number, mean: number) => Float64Array;
  /** Whether other series say how such a total is spread. If not, its grid is that of a distribution. */
  readonly isKnown: (knot: number) => boolean;
}

/** Fewer ratios than these say too little of a class. */
const MIN_RATIOS = 200;

/**
 * Shapes from ratios of what came to what was forecast, on days that were not known when they were forecast. So a
 * quantile is right on average over the series whose mean is alike: conformal prediction by groups (Vovk, Gammerman
 * and Shafer, Algorithmic Learning in a Random World (2005), section 4.5). A class with few ratios has those of the
 * nearest class with enough; without any, demand is taken as negative binomial.
 */
export function shapesOf(ratios: readonly (readonly number[][])[]): Shapes {
  const known = ratios.map((classes) =>
    classes.map((own) => (own.length < MIN_RATIOS ? undefined : gridOf(Float64Array.from(own).sort()))),
  );
  const made = new Map<number, Float64Array>();
  const isKnown = ratios.map((_, knot) => known[knot]?.some((each) => each !== undefined) ?? false);
  return {
    isKnown: (knot) => isKnown[knot] ?? false,
    grid: (knot, mean) => {
      const place = meanClass(mean);
      const key = knot * MEAN_CLASSES + place;
      const before = made.get(key);
      if (before !== undefined) return before;
      const grid =
        nearest(known[knot] ?? [], place) ?? negativeBinomialGrid(meanOfClass(place), KNOTS[knot] ?? 1);
      made.set(key, grid);
      return grid;
    },
  };
}

function nearest(classes: readonly (Float64Array | undefined)[], place: number): Float64Array | undefined {
  for (let away = 0; away < MEAN_CLASSES; away += 1) {
    const found = classes[place - away] ?? classes[place + away];
    if (found !== undefined) return found;
  }
  return undefined;
}
