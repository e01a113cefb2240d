import { dayAfter } from '../../../../shared/kernel/time.ts';
import { dayOf } from '../../../../shared/kernel/zoned-time.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';

/** The stock of a product at a warehouse on a day that is still to come, by the mean of the forecast. */
export interface StockAhead {
  readonly day: string;
  /** With what was open before the run: it is taken to come whole with the next arrival. */
  readonly without: number;
  /** With the order of the run too. */
  readonly withOrder: number;
}

/** Days after the last arrival that are still shown. */
const AFTER = 14;
const MAX_DAYS = 120;

/**
 * The stock of each day from the plan's day on, at the end of the day, if as much is sold as the mean of the forecast.
 * What is not there is not sold: stock is never below zero. Empty for a product without a forecast.
 */
export function stockAhead(plan: SkuPlan, day: string): StockAhead[] {
  const { forecast, stock, nextArrivalOn, expectedOn, units = 0 } = plan;
  if (forecast === undefined || stock === undefined) return [];
  const last = [nextArrivalOn, expectedOn, plan.runsOutOn]
    .filter((each) => each !== undefined)
    .toSorted()
    .at(-1);
  const days = Math.min(MAX_DAYS, Math.max(0, last === undefined ? 0 : dayOf(last) - dayOf(day)) + AFTER);
  let [without, withOrder] = [stock.available, stock.available];
  return Array.from({ length: days }, (_, ahead) => {
    const now = dayAfter(day, ahead);
    // An arrival that is late comes today at the earliest.
    const isArrival = nextArrivalOn !== undefined && now === (nextArrivalOn < day ? day : nextArrivalOn);
    const arrived = isArrival ? stock.open : 0;
    const ordered = now === expectedOn ? units : 0;
    without = Math.max(0, without + arrived - forecast.perDay);
    withOrder = Math.max(0, withOrder + arrived + ordered - forecast.perDay);
    return { day: now, without: Math.round(without), withOrder: Math.round(withOrder) };
  });
}
