import type { Currency } from '../../../kernel/currency.ts';
import { type Money, money, sum } from '../../../kernel/money.ts';
import type { DemandForecast } from '../demand-over-days.ts';
import { expectedMoney } from '../expected-money.ts';
import type { LeadTime } from '../lead-time.ts';
import { badFigure, type PlanningProblem } from '../problem.ts';
import { type DailyPolicy, simulateStock } from './simulate-stock.ts';

/** One SKU in one market with its past, for a simulation. */
export interface SkuHistory {
  readonly sku: string;
  readonly market: string;
  /** Whole units asked for on each day, the warm-up first. */
  readonly demand: readonly number[];
  /** What one unit on hand is worth. */
  readonly unitCost: Money;
  /** What is lost with one unit that is not sold. */
  readonly unitMargin: Money;
  /** The forecast that could be made before the day, of earlier days alone; undefined if there was none. */
  forecastBefore(day: number): DemandForecast | undefined;
  /** What was believed about the lead time before the measured days. */
  readonly leadTime: Pick<LeadTime, 'meanDays' | 'varianceDays'>;
  /** What the n-th order took, in whole days. */
  actualLeadTimeDays(order: number): number;
}

/** What holds for all SKUs of a simulation. */
export interface BacktestSettings {
  readonly currency: Currency;
  /** Days that policies may learn from, and that are not measured. */
  readonly warmUpDays: number;
  readonly reviewDays: number;
  readonly serviceLevel: number;
  readonly orderCost: Money;
  /** Of the stock's value, for a year of 365 days. */
  readonly holdingRatePerYear: number;
}

/** Makes the policy of a SKU. It may read the demand of the warm-up and forecasts, and nothing later. */
export type PolicyMaker = (sku: SkuHistory, settings: BacktestSettings) => DailyPolicy;

/** What a policy did with all SKUs. */
export interface BacktestOutcome {
  readonly skus: number;
  readonly demanded: number;
  readonly sold: number;
  /** Sold units by demanded units; 1 without demand. */
  readonly fillRate: number;
  /** Days with unmet demand, over all SKUs. */
  readonly stockOutDays: number;
  readonly orders: number;
  readonly averageStockValue: Money;
  readonly holdingCost: Money;
  readonly orderCost: Money;
  readonly lostMargin: Money;
  readonly totalCost: Money;
  /** SKUs that could not be simulated. */
  readonly problems: readonly PlanningProblem[];
}

/**
 * Runs a policy over the measured days of all SKUs. Every policy starts with the same stock: what was asked for on a
 * day of the warm-up, over lead time and review. Amounts are rounded once for each SKU.
 */
export function backtest(
  skus: readonly SkuHistory[],
  settings: BacktestSettings,
  makePolicy: PolicyMaker,
): BacktestOutcome {
  const problems: PlanningProblem[] = [];
  const runs = skus.flatMap((sku) => {
    const problem = historyProblem(sku, settings);
    if (problem !== undefined) problems.push(problem);
    return problem === undefined ? [runOf(sku, settings, makePolicy(sku, settings))] : [];
  });
  const total = (pick: (run: (typeof runs)[number]) => number) =>
    runs.reduce((all, run) => all + pick(run), 0);
  const amounts = (pick: (run: (typeof runs)[number]) => Money) => sum(runs.map(pick), settings.currency);
  const demanded = total((run) => run.demanded);
  const sold = total((run) => run.sold);
  const holdingCost = amounts((run) => run.holdingCost);
  const orderCost = amounts((run) => run.orderCost);
  const lostMargin = amounts((run) => run.lostMargin);
  return {
    skus: runs.length,
    demanded,
    sold,
    fillRate: demanded === 0 ? 1 : sold / demanded,
    stockOutDays: total((run) => run.stockOutDays),
    orders: total((run) => run.orders),
    averageStockValue: amounts((run) => run.stockValue),
    holdingCost,
    orderCost,
    lostMargin,
    totalCost: sum([holdingCost, orderCost, lostMargin], settings.currency),
    problems,
  };
}

function runOf(sku: SkuHistory, settings: BacktestSettings, policy: DailyPolicy) {
  const { warmUpDays, reviewDays, holdingRatePerYear } = settings;
  const startDays = Math.ceil(sku.leadTime.meanDays + reviewDays + 1);
  const run = simulateStock(
    {
      demand: sku.demand.slice(warmUpDays),
      measuredFrom: 0,
      startStock: Math.ceil(warmUpMean(sku, settings) * startDays),
      leadTimeDays: (order) => sku.actualLeadTimeDays(order),
    },
    (day, position) => policy(warmUpDays + day, position),
  );
  const stockValue = expectedMoney(sku.unitCost, run.averageStock);
  return {
    ...run,
    stockValue,
    holdingCost: expectedMoney(stockValue, (holdingRatePerYear * run.days) / 365),
    orderCost: money(settings.orderCost.amountMinor * run.orders, settings.currency),
    lostMargin: expectedMoney(sku.unitMargin, run.demanded - run.sold),
  };
}

/** Units asked for on a day of the warm-up. */
export function warmUpMean({ demand }: SkuHistory, { warmUpDays }: BacktestSettings): number {
  if (warmUpDays === 0) return 0;
  return demand.slice(0, warmUpDays).reduce((all, each) => all + each, 0) / warmUpDays;
}

function historyProblem(
  sku: SkuHistory,
  { currency, warmUpDays }: BacktestSettings,
): PlanningProblem | undefined {
  const subject = `${sku.sku} in ${sku.market}`;
  if (sku.unitCost.currency !== currency || sku.unitMargin.currency !== currency)
    return { reason: 'other-currency', subject, detail: `cost and margin are not in ${currency}` };
  if (sku.demand.length <= warmUpDays)
    return { reason: 'bad-figure', subject, detail: `${sku.demand.length} days leave none to measure` };
  if (sku.demand.some((each) => !Number.isSafeInteger(each) || each < 0))
    return { reason: 'bad-figure', subject, detail: 'a day asks for whole units, zero at least' };
  const { meanDays, varianceDays } = sku.leadTime;
  return badFigure(subject, { meanDays, varianceDays });
}
