import type { Money } from '../../../kernel/money.ts';
import { steadyDemand } from '../demand-over-days.ts';
import { economicOrderQuantity } from '../order-quantity.ts';
import { quantityBy } from '../policies.ts';
import { safetyStock } from '../safety-stock.ts';
import { type BacktestSettings, type PolicyMaker, type SkuHistory, warmUpMean } from './backtest.ts';

/** The days that one order may cover at most, with every policy. */
const MAX_COVER_DAYS = 60;

/** The economic order quantity of the costs, between one unit and {@link MAX_COVER_DAYS} days. Whole. */
function orderQuantity(demandPerDay: number, settings: BacktestSettings, unitCost: Money): number {
  const economic = economicOrderQuantity({ ...settings, demandPerDay }, unitCost);
  const most = demandPerDay * MAX_COVER_DAYS;
  return Math.max(1, Math.ceil(Number.isFinite(economic) ? Math.min(economic, most) : most));
}

/**
 * The policy of this project: each day the forecast of that day, safety stock for both uncertainties, and an order up
 * to the reorder point and the economic quantity. Before there is a forecast, the demand of the warm-up.
 */
export const forecastPolicy: PolicyMaker = (sku, settings) => {
  const before = warmUpDemand(sku, settings);
  return (day, position) => {
    const forecast = sku.forecastBefore(day) ?? before;
    const risk = safetyStock(forecast, { ...settings, leadTime: sku.leadTime });
    const { demand, units, riskDays } = risk;
    if (!(demand.mean > 0) || !risk.isStocked) return 0;
    const reorderAt = Math.floor(demand.mean + units);
    const quantity = orderQuantity(demand.mean / riskDays, settings, sku.unitCost);
    return quantityBy({ kind: 's-S', reorderAt, upTo: reorderAt + quantity }, position, day);
  };
};

/** A reorder point of a number of days of the warm-up's demand beyond the lead time, the same for every SKU and day. */
export const fixedPolicy =
  (coverDays: number): PolicyMaker =>
  (sku, settings) => {
    const perDay = warmUpMean(sku, settings);
    if (perDay === 0) return () => 0;
    const reorderAt = Math.floor(perDay * (sku.leadTime.meanDays + coverDays));
    const quantity = orderQuantity(perDay, settings, sku.unitCost);
    return (day, position) => quantityBy({ kind: 'r-Q', reorderAt, quantity }, position, day);
  };

/**
 * (r, Q) with safety stock of the warm-up's demand, as textbooks have it: `factor` standard deviations, or as many as
 * the service level asks for.
 */
export const textbookPolicy =
  (factor?: number): PolicyMaker =>
  (sku, settings) => {
    const perDay = warmUpMean(sku, settings);
    if (perDay === 0) return () => 0;
    const risk = safetyStock(warmUpDemand(sku, settings), { ...settings, leadTime: sku.leadTime });
    const safety = factor === undefined ? risk.units : factor * risk.standardDeviation;
    const quantity = orderQuantity(perDay, settings, sku.unitCost);
    const reorderAt = Math.floor(risk.demand.mean + safety);
    return (day, position) => quantityBy({ kind: 'r-Q', reorderAt, quantity }, position, day);
  };

/** (R, S) every `everyDays` days, with safety stock of the warm-up's demand. */
export const periodicPolicy =
  (everyDays: number): PolicyMaker =>
  (sku, settings) => {
    if (warmUpMean(sku, settings) === 0) return () => 0;
    const risk = { ...settings, leadTime: sku.leadTime, reviewDays: everyDays };
    const { demand, units } = safetyStock(warmUpDemand(sku, settings), risk);
    const upTo = Math.ceil(demand.mean + units);
    return (day, position) =>
      quantityBy({ kind: 'R-S', everyDays, upTo }, position, day - settings.warmUpDays);
  };

function warmUpDemand(sku: SkuHistory, settings: BacktestSettings) {
  const mean = warmUpMean(sku, settings);
  const days = sku.demand.slice(0, settings.warmUpDays);
  const squares = days.reduce((all, each) => all + (each - mean) ** 2, 0);
  return steadyDemand({ mean, standardDeviation: Math.sqrt(squares / Math.max(1, days.length - 1)) });
}
