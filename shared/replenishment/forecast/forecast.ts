import { invariant } from '../../kernel/invariant.ts';
import type { CalendarDate } from '../../kernel/time.ts';

/** The quantiles of a forecast, by their names. */
type QuantileName = '0.5' | '0.9' | '0.95';
type Quantiles = Readonly<Record<QuantileName, number>>;

/** The demand of one day to come, in units. */
export interface ForecastDay {
  readonly mean: number;
  readonly quantiles: Quantiles;
}

/** The demand of the first n days together, in units. */
export interface ForecastTotal {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly quantiles: Quantiles;
}

/** What a SKU will sell in a market. */
export interface Forecast {
  readonly sku: string;
  /** The ISO 3166-1 alpha-2 country of destination, or `*` for all markets together. */
  readonly market: string;
  /** The first day that is forecast, in the time zone of the merchant. */
  readonly firstDay: CalendarDate;
  /** Of the rules that made it: the same version makes the same forecast of the same history. */
  readonly version: string;
  /** The code of the method that made it. */
  readonly method: string;
  /**
   * How far the method was off on days that it had not seen: the mean pinball loss of a day over the three quantiles,
   * in units, and the sum of absolute errors divided by the sum of the units, absent where nothing was sold.
   */
  readonly error: { readonly pinball: number; readonly wape: number | undefined };
  readonly days: readonly ForecastDay[];
  /**
   * The spread of the first day, the first two days and so on. Days are not independent of each other, so it can't be
   * computed from `days`. Where it is absent, {@link totalOverDays} treats them as independent.
   */
  readonly totals?: readonly Pick<ForecastTotal, 'standardDeviation' | 'quantiles'>[];
}

/** Quantiles of the standard normal distribution. */
const NORMAL: Quantiles = { '0.5': 0, '0.9': 1.2815515655446004, '0.95': 1.6448536269514722 };

/**
 * The demand of the first `days` days of a forecast together, in units. Safety stock for a lead time of n days rests on
 * it. After the last day, the last week of the forecast repeats, and the spread grows with the square root of the
 * days. Throws for a number of days that is not a whole number of 1 or more, and for a forecast without days.
 */
export function totalOverDays(forecast: Forecast, days: number): ForecastTotal {
  invariant(Number.isInteger(days) && days >= 1, 'a total is over one day or more', { days });
  invariant(forecast.days.length > 0, 'a forecast has days', { sku: forecast.sku });
  const known = Math.min(days, forecast.days.length);
  const mean = sumOf(forecast.days.slice(0, known).map((day) => day.mean));
  const spread = forecast.totals?.[known - 1];
  const total = spread === undefined ? independent(forecast.days.slice(0, known), mean) : { mean, ...spread };
  return days === known ? total : prolonged(forecast, total, days);
}

/** Days as if each were independent of the others: their variances add up, and the total is normal. */
function independent(days: readonly ForecastDay[], mean: number): ForecastTotal {
  // Demand is a count, so that a day varies as a Poisson variable at least.
  const variance = sumOf(days.map((day) => Math.max(day.mean, spreadOf(day) ** 2)));
  return normal(mean, Math.sqrt(variance));
}

const spreadOf = ({ quantiles }: ForecastDay): number =>
  Math.max(0, quantiles['0.9'] - quantiles['0.5']) / NORMAL['0.9'];

const normal = (mean: number, standardDeviation: number): ForecastTotal => ({
  ...{ mean, standardDeviation },
  quantiles: quantilesBy((name) => Math.max(0, mean + NORMAL[name] * standardDeviation)),
});

function prolonged({ days }: Forecast, total: ForecastTotal, asked: number): ForecastTotal {
  const week = days.slice(-7);
  let mean = total.mean;
  for (let day = days.length; day < asked; day += 1)
    mean += week[(day - days.length) % week.length]?.mean ?? 0;
  const growth = Math.sqrt(asked / days.length);
  return {
    mean,
    standardDeviation: total.standardDeviation * growth,
    quantiles: quantilesBy((name) => Math.max(0, mean + (total.quantiles[name] - total.mean) * growth)),
  };
}

/** A value for each of the quantiles. */
const quantilesBy = (of: (name: QuantileName) => number): Quantiles => ({
  ...{ '0.5': of('0.5'), '0.9': of('0.9'), '0.95': of('0.95') },
});

const sumOf = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
