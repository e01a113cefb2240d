import type { History } from '../history.ts';

/**
 * A way to forecast, as its book or article has it. A method is one file of this folder and one line of the registry.
 */
export interface ForecastMethod {
  /** Kebab-case. It is stored with each forecast. */
  readonly code: string;
  /** One sentence: how it forecasts. */
  readonly says: string;
  /** The book or article that defines it. */
  readonly source: string;
  /** Whether it only shows how good the others are: combinations leave it out. */
  readonly isBenchmark?: true;
  /** Days whose demand is unknown are skipped: the method goes on as if they were not; or imputed: as if usual. */
  readonly censored: 'skipped' | 'imputed';
  /**
   * Writes the mean of each day after each origin: of the k-th origin, that of the j-th day after it, to
   * `out[k * horizon + j]`. An origin is a number of days that are known; origins rise. Parameters are those with the
   * least squared error of one day ahead in the days before the origin, so that no origin knows a later day.
   */
  readonly run: (history: History, origins: readonly number[], out: Float64Array) => void;
}

/** Writes the days after each origin from the level on the origin: the level by the factor of each day. */
export function writeLevels(
  { factors, horizon }: History,
  { origins, levelAt }: { readonly origins: readonly number[]; readonly levelAt: Float64Array },
  out: Float64Array,
): void {
  for (let k = 0; k < origins.length; k += 1) {
    const origin = origins[k] as number;
    const level = Math.max(0, levelAt[k] as number);
    for (let j = 0; j < horizon; j += 1) out[k * horizon + j] = level * (factors[origin + j] as number);
  }
}

/** The place of the smallest value; the first of equal ones. */
export function leastOf(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index += 1)
    if ((values[index] as number) < (values[best] as number)) best = index;
  return best;
}
