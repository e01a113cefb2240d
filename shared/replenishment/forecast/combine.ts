/** The mean of each day by each method, as `ForecastMethod.run` writes them. */
export type Paths = readonly Float64Array[];

/**
 * The middle of what the methods say of each day. Petropoulos and Svetunkov, A simple combination of univariate
 * models, International Journal of Forecasting 36 (2020).
 */
export function medianOf(paths: Paths): Float64Array {
  const length = paths[0]?.length ?? 0;
  const middle = new Float64Array(length);
  const values = new Float64Array(paths.length);
  const half = paths.length >> 1;
  for (let at = 0; at < length; at += 1) {
    for (let p = 0; p < paths.length; p += 1) {
      const value = (paths[p] as Float64Array)[at] as number;
      let place = p;
      for (; place > 0 && (values[place - 1] as number) > value; place -= 1)
        values[place] = values[place - 1] as number;
      values[place] = value;
    }
    middle[at] =
      paths.length % 2 === 1
        ? (values[half] as number)
        : ((values[half - 1] as number) + (values[half] as number)) / 2;
  }
  return middle;
}

/** The mean of what the methods say, each by its weight. The weights add up to 1. */
export function weightedMean(paths: Paths, weights: readonly number[]): Float64Array {
  const mean = new Float64Array(paths[0]?.length ?? 0);
  paths.forEach((path, p) => {
    const weight = weights[p] as number;
    if (weight > 0)
      for (let at = 0; at < mean.length; at += 1)
        mean[at] = (mean[at] as number) + weight * (path[at] as number);
  });
  return mean;
}

/** How strongly a lower loss raises a weight. */
const POWER = 4;
/** Methods that are worse than the best by more than this part get no weight. */
const MAX_WORSE = 0.1;

/**
 * Weights by inverse loss: a method with half the loss weighs sixteen times as much. Bates and Granger, The combination
 * of forecasts, Operational Research Quarterly 20 (1969), with a power.
 */
export function inverseLossWeights(losses: readonly number[]): number[] {
  const least = Math.min(...losses);
  const raw = losses.map((loss) => {
    if (loss <= least) return 1;
    return loss > least * (1 + MAX_WORSE) ? 0 : (least / loss) ** POWER;
  });
  const all = raw.reduce((sum, each) => sum + each, 0);
  return raw.map((each) => each / all);
}
