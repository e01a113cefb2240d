import { inverseNormal } from './normal.ts';

/** What a forecast says about the total demand of the next days. Units of a SKU; they need not be whole. */
export interface DemandOverDays {
  readonly mean: number;
  readonly standardDeviation: number;
  /** The demand that is not exceeded with probability `p`, between 0 and 1. */
  quantile(p: number): number;
}

/** The forecast of one SKU at one site: its total demand over the next whole days. */
export type DemandForecast = (days: number) => DemandOverDays;

/** Demand by a normal distribution; below zero it is zero. */
export function normalDemand(mean: number, standardDeviation: number): DemandOverDays {
  return {
    mean,
    standardDeviation,
    quantile: (p) =>
      standardDeviation === 0 ? mean : Math.max(0, mean + standardDeviation * inverseNormal(p)),
  };
}

/** A forecast of independent days that are all alike: the mean grows with the days, the deviation with their root. */
export function steadyDemand(perDay: { readonly mean: number; readonly standardDeviation: number }) {
  return (days: number): DemandOverDays =>
    normalDemand(perDay.mean * days, perDay.standardDeviation * Math.sqrt(days));
}

/** The sum of independent demands, such as those of all sites that a hub fills, as a normal distribution. */
export function totalDemand(parts: readonly DemandOverDays[]): DemandOverDays {
  const variance = parts.reduce((sum, part) => sum + part.standardDeviation ** 2, 0);
  return normalDemand(
    parts.reduce((sum, { mean }) => sum + mean, 0),
    Math.sqrt(variance),
  );
}

/** Whether the figures can be planned with: finite, and not negative. */
export function isUsable({ mean, standardDeviation }: DemandOverDays): boolean {
  return [mean, standardDeviation].every((figure) => Number.isFinite(figure) && figure >= 0);
}
