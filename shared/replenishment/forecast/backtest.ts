import { dayAfter } from '../../kernel/time.ts';
import type { DemandSeries } from '../demand/demand-series.ts';
import { candidateCodes } from './candidates.ts';
import { type Forecast, totalOverDays } from './forecast.ts';
import { tryCandidates } from './forecast-series.ts';
import { trainPool } from './pool.ts';
import { LEVELS } from './spread/grid.ts';

/** What the best candidate of each series is called in a backtest. */
const SELECTED = 'selected';

/** The codes whose figures a backtest gives: the best candidate of each series, and every candidate for all. */
const backtestCodes: readonly string[] = [SELECTED, ...candidateCodes];

export interface BacktestOptions {
  /** How many days are known on the first origin. */
  readonly firstOrigin: number;
  /** The days from one origin to the next. */
  readonly step: number;
  /** How many days are forecast on each origin. */
  readonly horizon: number;
  /** Only every n-th series is forecast. The pool learns from all. */
  readonly every: number;
  /** The place of the first series that is forecast, below `every`. Other offsets are other series. */
  readonly offset?: number;
}

/** How a method did, over all series and origins. Losses are parts of the units that were sold. */
export interface MethodFigures {
  readonly code: string;
  readonly ofDays: LossFigures;
  /** Of the totals of the horizon, which a lead time of as many days needs. */
  readonly ofTotals: LossFigures;
}

export interface LossFigures {
  /** The sum of absolute errors of the means, divided by the units. */
  readonly wape: number;
  /**
   * Twice the pinball loss at 0.5, 0.9 and 0.95, divided by the units: at 0.5 it is the sum of the absolute errors of
   * the median, divided by the units.
   */
  readonly pinball: readonly [number, number, number];
  /** The mean of the three. */
  readonly meanPinball: number;
  /** How often demand was not above each quantile. */
  readonly coverage: readonly [number, number, number];
}

/** What was forecast on an origin, and what came. A simulation of stock may read it. */
export interface Backtested {
  readonly origin: number;
  readonly series: DemandSeries;
  readonly forecast: Forecast;
  readonly came: readonly number[];
}

/** The units of all series after an origin. */
interface OriginFigures {
  readonly firstDay: string;
  readonly units: number;
  /** What the best candidates forecast. */
  readonly mean: number;
}

export interface Backtest {
  readonly methods: readonly MethodFigures[];
  readonly origins: readonly OriginFigures[];
  /** How often each candidate was the best. */
  readonly chosen: readonly { readonly code: string; readonly times: number }[];
  readonly forecasts: number;
}

/** The origins of a backtest: numbers of known days. Every one leaves a whole horizon. */
export function backtestOrigins(days: number, { firstOrigin, step, horizon }: BacktestOptions): number[] {
  const origins: number[] = [];
  for (let origin = firstOrigin; origin + horizon <= days; origin += step) origins.push(origin);
  return origins;
}

/**
 * Forecasts on rolling origins as if the later days were not known yet, and compares with what came. On each origin
 * the pool is trained of the days before it. All series have the same days. A series is left out on origins before its
 * first sale. `onForecast` gets each forecast of the best candidate.
 */
export function backtest(
  all: readonly DemandSeries[],
  options: BacktestOptions,
  onForecast: (made: Backtested) => void = () => undefined,
): Backtest {
  const tallies = backtestCodes.map(() => ({ days: newTally(), totals: newTally() }));
  const chosen = new Map<string, number>();
  const days = all[0]?.units.length ?? 0;
  let forecasts = 0;
  const origins = backtestOrigins(days, options).map((origin): OriginFigures => {
    const known = all.map((each) => before(each, origin));
    const pool = trainPool(known, options.horizon);
    let [units, mean] = [0, 0];
    for (let index = options.offset ?? 0; index < all.length; index += options.every) {
      const [series, whole] = [known[index] as DemandSeries, all[index] as DemandSeries];
      const tried = tryCandidates(series, { horizon: options.horizon, pool });
      if (!tried.ok) continue;
      const came = whole.units.slice(origin, origin + options.horizon);
      const { best, forecastOf } = tried.value;
      const made = candidateCodes.map((_, place) => forecastOf(place));
      const forecast = made[best] as Forecast;
      [forecast, ...made].forEach((each, place) => {
        addForecast(tallies[place] as (typeof tallies)[number], each, came);
      });
      chosen.set(forecast.method, (chosen.get(forecast.method) ?? 0) + 1);
      units += sumOf(came);
      mean += totalOverDays(forecast, options.horizon).mean;
      forecasts += 1;
      onForecast({ origin, series, forecast, came });
    }
    return { firstDay: dayAfter(all[0]?.firstDay ?? '', origin), units, mean };
  });
  return {
    methods: backtestCodes.map((code, place) => figuresOf(code, tallies[place] as (typeof tallies)[number])),
    origins,
    chosen: [...chosen].sort(([, a], [, b]) => b - a).map(([code, times]) => ({ code, times })),
    forecasts,
  };
}

const before = (series: DemandSeries, origin: number): DemandSeries => ({
  ...series,
  units: series.units.slice(0, origin),
  censored: series.censored.slice(0, origin),
});

interface Tally {
  count: number;
  units: number;
  absolute: number;
  readonly loss: Float64Array;
  readonly below: Float64Array;
}

const newTally = (): Tally => ({
  ...{ count: 0, units: 0, absolute: 0, loss: new Float64Array(3), below: new Float64Array(3) },
});

function addForecast(
  tally: { readonly days: Tally; readonly totals: Tally },
  forecast: Forecast,
  came: readonly number[],
) {
  came.forEach((units, day) => {
    const of = forecast.days[day];
    if (of !== undefined) add(tally.days, of, units);
  });
  add(tally.totals, totalOverDays(forecast, came.length), sumOf(came));
}

function add(
  tally: Tally,
  { mean, quantiles }: Pick<Forecast['days'][number], 'mean' | 'quantiles'>,
  units: number,
) {
  tally.count += 1;
  tally.units += units;
  tally.absolute += Math.abs(units - mean);
  [quantiles['0.5'], quantiles['0.9'], quantiles['0.95']].forEach((quantile, place) => {
    const level = LEVELS[place] as number;
    const off = units - quantile;
    tally.loss[place] = (tally.loss[place] as number) + (off > 0 ? level * off : (level - 1) * off);
    if (off <= 0) tally.below[place] = (tally.below[place] as number) + 1;
  });
}

function figuresOf(
  code: string,
  { days, totals }: { readonly days: Tally; readonly totals: Tally },
): MethodFigures {
  return { code, ofDays: lossFigures(days), ofTotals: lossFigures(totals) };
}

function lossFigures({ count, units, absolute, loss, below }: Tally): LossFigures {
  const part = (sum: number) => (units > 0 ? sum / units : 0);
  const pinball = three((place) => part(2 * (loss[place] as number)));
  const coverage = three((place) => (count > 0 ? (below[place] as number) / count : 0));
  return { wape: part(absolute), pinball, meanPinball: sumOf(pinball) / 3, coverage };
}

const three = (of: (place: number) => number): [number, number, number] => [of(0), of(1), of(2)];

const sumOf = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
