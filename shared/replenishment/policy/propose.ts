import { formatMoney, type Money, times } from '../../kernel/money.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import { dayAfter } from '../../kernel/time.ts';
import { decimalText } from './decimal-text.ts';
import { type DemandForecast, type DemandOverDays, isUsable } from './demand-over-days.ts';
import { expiryLimit, type ShelfLife } from './expiry.ts';
import type { LeadTime } from './lead-time.ts';
import { bestQuantity, type OrderCosts, priceAt } from './order-quantity.ts';
import { type Pack, packOn, roundedDownToCases, roundedToCases } from './packs.ts';
import { inventoryPosition, type OpenOrder, type StockOnHand } from './position.ts';
import { badFigure, type PlanningProblem } from './problem.ts';
import { moneyReason, positionReason, type Reason, reason } from './reasons.ts';
import { leadTimeReason, ON_DEMAND, riskReasons } from './risk-reasons.ts';
import { type SafetyStock, safetyStock } from './safety-stock.ts';

/** All that one SKU at one site is planned from. */
export interface SkuSite {
  readonly sku: string;
  readonly siteId: string;
  readonly supplierId: string;
  /** The day of the plan in the site's calendar: an order of this day would be placed now. */
  readonly today: CalendarDate;
  /** Undefined where the forecast has nothing for the SKU. */
  readonly forecast: DemandForecast | undefined;
  readonly leadTime: LeadTime | PlanningProblem;
  /** Days between two runs of the plan. */
  readonly reviewDays: number;
  readonly serviceLevel: number;
  readonly stock: StockOnHand;
  readonly openOrders: readonly OpenOrder[];
  readonly packs: readonly Pack[];
  readonly costs: Omit<OrderCosts, 'demandPerDay'>;
  readonly shelfLife?: ShelfLife | undefined;
  /** The most days of mean demand that one order may cover; half a year if absent. */
  readonly maxCoverDays?: number | undefined;
  /** Set for a hub: its reorder point by a method for the whole network, in place of that of the site alone. */
  readonly stage?: HubStage | undefined;
}

/** What a hub orders by. */
interface HubStage {
  readonly reorderAt: number;
  /** Units that the sites it feeds need, and that it can't give now. */
  readonly owed: number;
  /** How the reorder point comes about. */
  readonly reasons: readonly Reason[];
}

/** What to order for a SKU at a site. */
export interface Proposal {
  readonly sku: string;
  readonly siteId: string;
  readonly supplierId: string;
  /** Zero if nothing is to be ordered now. */
  readonly units: number;
  readonly unitsPerCase: number;
  readonly minimumUnits: number;
  readonly unitPrice: Money;
  readonly cost: Money;
  /** When the order is expected, by the mean of the lead time. */
  readonly expectedOn: CalendarDate;
  readonly position: number;
  readonly reorderAt: number;
  /** Between this order and the receipt of the next one. */
  readonly demand: DemandOverDays;
  readonly reasons: readonly Reason[];
}

/** What is ordered on demand is due with the first order that has no stock. */
const isReached = (position: number, reorderAt: number, { isStocked }: SafetyStock): boolean =>
  isStocked ? position <= reorderAt : position < 0;

/** Fewer units until the next receipt are no demand. */
const NO_DEMAND = 1e-9;

/**
 * Proposes an order by (s, S): at the reorder point or below, up to the reorder point and the quantity with the lowest
 * cost. The reorder point is the mean of the demand until the receipt of the next order, and the safety stock.
 */
export function propose(site: SkuSite): Result<Proposal, PlanningProblem> {
  const checked = checkedInputs(site);
  if ('reason' in checked) return refused(checked);
  const { forecast, leadTime, pack } = checked;
  const { risk, reorderAt, because } = reorderPoint(site, forecast, leadTime);
  const stock = inventoryPosition(site.stock, site.openOrders, site.stage?.owed);
  const reasons = [...because, positionReason(stock)];
  const isDue = risk.demand.mean > NO_DEMAND && isReached(stock.position, reorderAt, risk);
  const sized = isDue ? sizeOrder(site, checked, { risk, reorderAt, position: stock.position }) : undefined;
  const units = sized?.units ?? 0;
  if (sized !== undefined && units === 0) return refused(expires(site.sku, sized.reasons));
  if (sized === undefined)
    reasons.push(nothingDue(stock.position, reorderAt, { ...risk, stage: site.stage }));
  const unitPrice = priceAt(Math.max(1, units), site.costs.breaks);
  const cost = times(unitPrice, units);
  const perDay = risk.demand.mean / risk.riskDays;
  reasons.push(...(sized?.reasons ?? []));
  if (units > 0) {
    const cover = (stock.position + units) / perDay;
    const formula = `(${decimalText(stock.position)} + ${units}) / ${decimalText(perDay)} a day`;
    reasons.push(reason('cover', cover, 'days', formula));
    reasons.push(moneyReason('cost', cost, `${units} x ${formatMoney(unitPrice)}`));
  }
  return ok({
    sku: site.sku,
    siteId: site.siteId,
    supplierId: site.supplierId,
    units,
    unitsPerCase: pack.unitsPerCase,
    minimumUnits: pack.minimumUnits,
    unitPrice,
    cost,
    expectedOn: dayAfter(site.today, Math.ceil(leadTime.meanDays)),
    position: stock.position,
    reorderAt,
    demand: risk.demand,
    reasons,
  });
}

function reorderPoint(site: SkuSite, forecast: DemandForecast, leadTime: LeadTime) {
  const alone = safetyStock(forecast, { ...site, leadTime });
  if (site.stage === undefined)
    return {
      risk: alone,
      reorderAt: alone.isStocked ? alone.demand.mean + alone.units : 0,
      because: riskReasons(site, leadTime, alone),
    };
  const { reorderAt, reasons } = site.stage;
  const because = [leadTimeReason(leadTime), ...reasons];
  return { risk: { ...alone, isStocked: reorderAt > 0 }, reorderAt, because };
}

/** A plan of many SKUs and sites: what can't be planned is named, and the rest is planned. */
export function proposeAll(sites: Iterable<SkuSite>): {
  readonly proposals: Proposal[];
  readonly problems: (PlanningProblem & { readonly sku: string; readonly siteId: string })[];
} {
  const proposals: Proposal[] = [];
  const problems: (PlanningProblem & { readonly sku: string; readonly siteId: string })[] = [];
  for (const site of sites) {
    const proposed = propose(site);
    if (proposed.ok) proposals.push(proposed.value);
    else problems.push({ ...proposed.error, sku: site.sku, siteId: site.siteId });
  }
  return { proposals, problems };
}

interface Checked {
  readonly forecast: DemandForecast;
  readonly leadTime: LeadTime;
  readonly pack: Pack;
}

function checkedInputs(site: SkuSite): Checked | PlanningProblem {
  const { sku, forecast, leadTime, reviewDays, serviceLevel, stock, costs } = site;
  if ('reason' in leadTime) return leadTime;
  if (forecast === undefined)
    return { reason: 'no-forecast', subject: sku, detail: 'no forecast is known for the SKU at the site' };
  const { meanDays, varianceDays } = leadTime;
  const { reserved, quarantined } = stock;
  const { holdingRatePerYear, breaks, orderCost } = costs;
  const bad = badFigure(sku, {
    meanDays,
    varianceDays,
    reviewDays,
    reserved,
    quarantined,
    holdingRatePerYear,
  });
  if (bad !== undefined) return bad;
  if (!Number.isFinite(stock.available))
    return { reason: 'bad-figure', subject: sku, detail: `available is ${stock.available}` };
  if (!(serviceLevel > 0 && serviceLevel < 1))
    return {
      reason: 'bad-figure',
      subject: sku,
      detail: `a service level of ${serviceLevel} is not between 0 and 1`,
    };
  const soon = forecast(Math.max(1, Math.ceil(meanDays + reviewDays)));
  if (!isUsable(soon) || !Number.isFinite(soon.quantile(serviceLevel)))
    return { reason: 'bad-figure', subject: sku, detail: 'the forecast is not a number' };
  if (breaks.length === 0) return { reason: 'bad-figure', subject: sku, detail: 'the supplier has no price' };
  if (breaks.some(({ unitPrice }) => unitPrice.currency !== orderCost.currency))
    return {
      reason: 'other-currency',
      subject: sku,
      detail: 'prices and order cost are in several currencies',
    };
  const pack = packOn(sku, site.packs, site.today);
  return 'reason' in pack ? pack : { forecast, leadTime, pack };
}

interface Need {
  readonly risk: SafetyStock;
  readonly reorderAt: number;
  readonly position: number;
}

function sizeOrder(
  site: SkuSite,
  { forecast, leadTime, pack }: Checked,
  { risk, reorderAt, position }: Need,
): { readonly units: number; readonly reasons: Reason[] } {
  const perDay = risk.demand.mean / risk.riskDays;
  const need = reorderAt - position;
  const best = bestQuantity(
    { ...site.costs, demandPerDay: perDay },
    {
      atLeast: need,
      atMost: need + perDay * (site.maxCoverDays ?? 182),
      fits: (units) => roundedToCases(units, pack),
    },
  );
  const reasons = [
    reason(
      'need',
      need,
      'units',
      `${decimalText(reorderAt)} reorder point - ${decimalText(position)} position`,
    ),
    reason(
      'order-quantity',
      best.units,
      'units',
      `the lowest of the yearly costs: ${formatMoney(best.yearlyCost)} at ${formatMoney(best.unitPrice)} a unit`,
    ),
    reason(
      'pack-rounding',
      best.units - need,
      'units',
      `${best.units} in cases of ${pack.unitsPerCase}, ${pack.minimumUnits} at least, above a need of ${decimalText(need)}`,
    ),
  ];
  if (site.shelfLife === undefined) return { units: best.units, reasons };
  const limit = expiryLimit(forecast, site.shelfLife, { leadTimeDays: leadTime.meanDays, position });
  const units = Math.min(best.units, roundedDownToCases(limit.atMost, pack));
  const formula = `${decimalText(limit.sells)} sell in ${limit.days} days - ${decimalText(position)} position, in cases: ${units}`;
  return { units, reasons: [...reasons, reason('expiry', limit.atMost, 'units', formula)] };
}

/** Nothing of what is needed sells before it expires. */
const expires = (sku: string, reasons: readonly Reason[]): PlanningProblem => ({
  ...{ reason: 'expires-before-arrival', subject: sku },
  detail: `no order sells before it expires: ${reasons.at(-1)?.formula}`,
});

/** Why a hub without a reorder point orders nothing. */
const PASSED_ON = 'the hub keeps no stock, and the sites that it feeds need none';

function nothingDue(
  position: number,
  reorderAt: number,
  { demand, isStocked, stage }: SafetyStock & Pick<SkuSite, 'stage'>,
): Reason {
  const above = `${decimalText(position)} position is above ${decimalText(reorderAt)} reorder point`;
  const formula =
    demand.mean <= NO_DEMAND
      ? 'no demand is expected'
      : isStocked
        ? above
        : stage === undefined
          ? ON_DEMAND
          : PASSED_ON;
  return reason('need', 0, 'units', formula);
}
