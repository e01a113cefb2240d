import { type Forecast, totalOverDays } from '../forecast/forecast.ts';
import type { DemandForecast } from '../policy/demand-over-days.ts';
import { inverseNormal } from '../policy/normal.ts';

/** The quantiles that a forecast states, by the distances of a normal distribution. */
const STATED = ['0.5', '0.9', '0.95'] as const;
const DISTANCES = STATED.map((name) => inverseNormal(Number(name)));

/**
 * A forecast as the policy reads it. Between the quantiles that the forecast states, and beyond them, the demand is on
 * straight lines over the distances of a normal distribution: a service level of 98 % lies on the line through 90 % and
 * 95 %. Never below zero.
 */
export function demandOf(forecast: Forecast): DemandForecast {
  return (days) => {
    const { mean, standardDeviation, quantiles } = totalOverDays(forecast, days);
    const stated = STATED.map((name) => quantiles[name]);
    return { mean, standardDeviation, quantile: (p) => Math.max(0, onLines(stated, inverseNormal(p))) };
  };
}

function onLines(stated: readonly number[], distance: number): number {
  const [low, middle, high] = DISTANCES as [number, number, number];
  const [a, b, c] = stated as [number, number, number];
  return distance <= middle
    ? a + ((b - a) * (distance - low)) / (middle - low)
    : b + ((c - b) * (distance - middle)) / (high - middle);
}
