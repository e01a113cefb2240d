import { money } from '../../../shared/kernel/money.ts';
import type { DemandSeries } from '../../../shared/replenishment/demand/demand-series.ts';
import type { Backtested } from '../../../shared/replenishment/forecast/backtest.ts';
import { type Forecast, totalOverDays } from '../../../shared/replenishment/forecast/forecast.ts';
import type { DemandForecast } from '../../../shared/replenishment/policy/demand-over-days.ts';
import type {
  BacktestSettings,
  SkuHistory,
} from '../../../shared/replenishment/policy/simulation/backtest.ts';
import {
  comparePolicies,
  type PolicyComparison,
} from '../../../shared/replenishment/policy/simulation/compare-policies.ts';
import { demandOf } from '../../../shared/replenishment/run/forecast-demand.ts';

/** The prices of the data set are in pounds. */
const CURRENCY = 'GBP';
/** What a unit costs, as a part of its price. The data set has no costs. */
const COST_SHARE = 0.6;
/** What every policy is given. They are assumptions, the same for all. */
const SETTINGS = {
  currency: CURRENCY,
  reviewDays: 1,
  serviceLevel: 0.95,
  orderCost: money(500, CURRENCY),
  holdingRatePerYear: 0.25,
} as const;
/** Orders take a day less, as long as usual, and a day more, in turn. The variance of that is 2/3. */
const DELAYS = [-1, 0, 1] as const;
const VARIANCE_DAYS = 2 / 3;

interface Sales {
  readonly series: readonly DemandSeries[];
  /** The first price of each SKU, in pence. */
  readonly prices: ReadonlyMap<string, number>;
  /** The forecasts of the SKUs that are simulated. */
  readonly made: readonly Backtested[];
}

/**
 * Runs the stock of each SKU that has a forecast and was sold in the warm-up, under each policy. A SKU without a sale
 * in the warm-up is left out: the policies that ours is compared with know nothing of it.
 */
export function simulatePolicies(
  { series, prices, made }: Sales,
  {
    warmUp,
    leadTime,
    onRun,
  }: { readonly warmUp: number; readonly leadTime: number; readonly onRun: () => void },
): PolicyComparison {
  const settings: BacktestSettings = { ...SETTINGS, warmUpDays: warmUp };
  const wholes = new Map(series.map((each) => [keyOf(each), each.units]));
  const byKey = Map.groupBy(made, (each) => keyOf(each.series));
  const skus = [...byKey].flatMap(([key, forecasts]): SkuHistory[] => {
    const [first] = forecasts;
    const demand = wholes.get(key);
    if (first === undefined || demand === undefined) return [];
    if (!demand.slice(0, warmUp).some((units) => units > 0)) return [];
    const price = prices.get(first.series.sku) ?? 0;
    const cost = Math.round(price * COST_SHARE);
    return [
      {
        ...{ sku: first.series.sku, market: first.series.market, demand },
        unitCost: money(cost, CURRENCY),
        unitMargin: money(price - cost, CURRENCY),
        forecastBefore: (day) => forecastOn(forecasts, day),
        leadTime: { meanDays: leadTime, varianceDays: VARIANCE_DAYS },
        actualLeadTimeDays: (order) => leadTime + (DELAYS[order % DELAYS.length] as number),
      },
    ];
  });
  return comparePolicies(skus, settings, { onRun });
}

const keyOf = ({ sku, market }: DemandSeries): string => `${sku} ${market}`;

/** The newest forecast that was made of the days before that day; undefined before the first one. */
function forecastOn(forecasts: readonly Backtested[], day: number): DemandForecast | undefined {
  const newest = forecasts.findLast(({ origin }) => origin <= day);
  return newest === undefined ? undefined : after(newest.forecast, day + 1 - newest.origin);
}

/** The demand after the first `passed` days of a forecast, with the spread of as many days from its beginning. */
function after(forecast: Forecast, passed: number): DemandForecast {
  const whole = demandOf(forecast);
  return (days) => {
    const early = whole(days);
    const mean = totalOverDays(forecast, passed + days).mean - totalOverDays(forecast, passed).mean;
    const part = early.mean > 0 ? mean / early.mean : 0;
    return {
      mean,
      standardDeviation: early.standardDeviation * part,
      quantile: (p) => early.quantile(p) * part,
    };
  };
}
