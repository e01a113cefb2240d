import { ok, type Result } from '../../kernel/result.ts';
import { dayAfter } from '../../kernel/time.ts';
import type { DemandSeries } from '../demand/demand-series.ts';
import { besideMean, type Loss } from './backtest-losses.ts';
import { candidateCodes, isCombination, runCandidates } from './candidates.ts';
import type { Forecast } from './forecast.ts';
import type { History } from './history.ts';
import { NO_POOL, type Pool } from './pool.ts';
import { type ForecastProblem, readHistory } from './read-history.ts';
import { rollingOrigins } from './rolling-origins.ts';
import type { ThreeQuantiles } from './spread/grid.ts';
import { ownLimit } from './spread/own-limit.ts';
import { type SeriesSpread, seriesSpread } from './spread/series-spread.ts';
import { yardstick } from './spread/shapes.ts';

/** Changes with every change of the rules that changes a forecast. */
export const FORECAST_VERSION = '4';

export interface ForecastOptions {
  /** How many days are forecast. */
  readonly horizon: number;
  /** What series of like goods say. */
  readonly pool?: Pool;
  /** A candidate to take in place of the best one. */
  readonly method?: string;
}

/** As many origins of the series itself weigh as much as what the pool says of a method. */
const PRIOR_ORIGINS = 24;

/** What every candidate forecasts of a series, and which of them is the best. */
interface Tried {
  /** The place of the best candidate in `candidateCodes`. */
  readonly best: number;
  readonly forecastOf: (place: number) => Forecast;
}

/**
 * Forecasts a series with the candidate that had the least pinball loss on rolling origins of the past: a method, the
 * median of all methods, or their mean by inverse loss. What the pool says of a candidate counts where the series is
 * short. The same input gives the same forecast, to the byte. Refused for a series that can't be forecast; then the
 * forecast of a new SKU may serve.
 */
export function forecastSeries(
  series: DemandSeries,
  options: ForecastOptions,
): Result<Forecast, ForecastProblem> {
  const tried = tryCandidates(series, options);
  if (!tried.ok) return tried;
  const { best, forecastOf } = tried.value;
  const named = options.method === undefined ? -1 : candidateCodes.indexOf(options.method);
  return ok(forecastOf(named < 0 ? best : named));
}

/** Tries every candidate on a series. Refused as {@link forecastSeries} is. */
export function tryCandidates(
  series: DemandSeries,
  { horizon, pool = NO_POOL }: ForecastOptions,
): Result<Tried, ForecastProblem> {
  const read = readHistory(series, {
    ...{ horizon, weekdays: pool.weekdays, gap: pool.gap, isClosed: (day: number) => pool.closed.has(day) },
  });
  if (!read.ok) return read;
  const history = read.value;
  const spread = seriesSpread(history, pool.shapes);
  const origins = rollingOrigins(history.units.length, horizon);
  const score = (losses: readonly Loss[]) => scores(losses, { pool, origins: origins.length });
  const { paths, losses } = runCandidates(history, { origins, spread, score });
  const { sku, market } = series;
  const firstDay = dayAfter(series.firstDay, series.units.length);
  const endOf = (place: number) => (paths[place] as Float64Array).subarray(origins.length * horizon);
  return ok({
    best: leastOf(score(losses)),
    forecastOf: (place) => {
      const path = endOf(place);
      const method = candidateCodes[place] as string;
      return {
        ...{ sku, market, firstDay, version: FORECAST_VERSION, method },
        error: errorOf(losses[place] as Loss, path),
        ...daysAndTotals(history, { path, steady: isCombination(place) ? endOf(STEADY) : path }, spread),
      };
    },
  });
}

/**
 * The gain that a single method must have over combinations, because the least of many losses is least by chance too.
 */
const MIN_GAIN = 0.1;

/** The place of the best candidate: a combination, or a method that is clearly better. */
function leastOf(scored: readonly number[]): number {
  const handicapped = scored.map((score, place) => (isCombination(place) ? score : score / (1 - MIN_GAIN)));
  return handicapped.indexOf(Math.min(...handicapped));
}

/** The loss of each candidate beside the mean of all, drawn to what the pool says. */
function scores(
  losses: readonly Loss[],
  { pool, origins }: { readonly pool: Pool; readonly origins: number },
): number[] {
  return besideMean(losses).map((own, place) => {
    const ofPool = pool.losses[place] ?? 1;
    return (origins * own + PRIOR_ORIGINS * ofPool) / (origins + PRIOR_ORIGINS);
  });
}

/** The stored error. Where no day could be held out, it is the loss of a forecast of nothing. */
function errorOf({ pinball, absolute, units, days }: Loss, path: Float64Array): Forecast['error'] {
  if (days > 0) return { pinball: pinball / (3 * days), wape: units > 0 ? absolute / units : undefined };
  const mean = path.reduce((all, each) => all + each, 0) / Math.max(1, path.length);
  return { pinball: (mean * (0.5 + 0.9 + 0.95)) / 3, wape: undefined };
}

const quantilesOf = (unit: number, [half, upper, highest]: ThreeQuantiles) => ({
  ...{ '0.5': unit * half, '0.9': unit * upper, '0.95': unit * highest },
});

/** The method whose level is steady: the upper quantiles of a combination's totals rest on it too. */
const STEADY = candidateCodes.indexOf('averaged-smoothing');

interface Means {
  readonly path: Float64Array;
  readonly steady: Float64Array;
}

/**
 * The quantiles of each day and of each total. The upper quantiles of totals are those of the mean halfway between the
 * path and a steady level: a path that fell fast may rise again, and stock has to last for that (Lichtendahl,
 * Grushka-Cockayne and Winkler, Is it better to average probabilities or quantiles?, Management Science 59 (2013)).
 */
function daysAndTotals(history: History, { path, steady }: Means, spread: SeriesSpread) {
  const { units, factors } = history;
  const limit = ownLimit(history);
  const days = Array.from(path, (mean, j) => ({
    mean,
    quantiles: quantilesOf(yardstick(mean), spread.day(mean, factors[units.length + j] as number)),
  }));
  let [sum, halfway] = [0, 0];
  const totals = Array.from(path, (mean, j) => {
    sum += mean;
    halfway += (mean + (steady[j] as number)) / 2;
    const unit = yardstick(halfway);
    const ofTotal = spread.total(j + 1, halfway);
    const most = Math.max(limit(j + 1), halfway);
    const [upper, highest] = [Math.min(most, unit * ofTotal[1]), Math.min(most, unit * ofTotal[2])];
    const half = Math.min(upper, yardstick(sum) * spread.total(j + 1, sum)[0]);
    return {
      standardDeviation: Math.min(most, unit * spread.deviationOfTotal(j + 1, halfway)),
      quantiles: { '0.5': half, '0.9': upper, '0.95': highest },
    };
  });
  return { days, totals };
}
