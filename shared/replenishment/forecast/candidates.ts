import { type Loss, lossOf } from './backtest-losses.ts';
import { inverseLossWeights, medianOf, weightedMean } from './combine.ts';
import type { History } from './history.ts';
import { methods } from './methods/index.ts';
import type { SeriesSpread } from './spread/series-spread.ts';

/** The codes of what a forecast may be made by: each method, their median and their mean by inverse loss. */
export const candidateCodes: readonly string[] = [...methods.map(({ code }) => code), 'median', 'weighted'];

/** Whether the candidate at that place is a combination of methods. */
export const isCombination = (place: number): boolean => place >= methods.length;

/** What each candidate forecasts after each origin, in the order of {@link candidateCodes}. */
export interface Candidates {
  readonly paths: readonly Float64Array[];
  readonly losses: readonly Loss[];
}

interface Asked {
  /** The origins that are compared with what came after them. */
  readonly origins: readonly number[];
  readonly spread: SeriesSpread;
  /** The weight of a method among all, by losses that take the place of its own. */
  readonly score: (losses: readonly Loss[]) => readonly number[];
}

const combined = methods.flatMap(({ isBenchmark }, place) => (isBenchmark ? [] : [place]));

/**
 * Runs every method on the origins and on the end of the history, and combines them. The paths have the end as their
 * last origin; the losses are of the others.
 */
export function runCandidates(history: History, { origins, spread, score }: Asked): Candidates {
  const ends = [...origins, history.units.length];
  const single = methods.map(({ run }) => {
    const path = new Float64Array(ends.length * history.horizon);
    run(history, ends, path);
    return path;
  });
  const lossOfPath = (path: Float64Array) => lossOf(history, { origins, path, spread });
  const losses = single.map(lossOfPath);
  const own = combined.map((place) => single[place] as Float64Array);
  const scores = score(losses);
  const weights = inverseLossWeights(combined.map((place) => scores[place] as number));
  const middle = medianOf(own);
  const both = [middle, weightedMean([middle, weightedMean(own, weights)], [0.5, 0.5])];
  return { paths: [...single, ...both], losses: [...losses, ...both.map(lossOfPath)] };
}

/** The median of the methods after each origin. */
export function medianPath(history: History, origins: readonly number[]): Float64Array {
  return medianOf(
    combined.map((place) => {
      const path = new Float64Array(origins.length * history.horizon);
      methods[place]?.run(history, origins, path);
      return path;
    }),
  );
}
