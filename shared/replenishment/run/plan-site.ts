import { defined } from '../../kernel/defined.ts';
import { type NotPlannedReason, type SkuPlan, wireReason } from '../explain/sku-plan.ts';
import type { ShelfLife } from '../policy/expiry.ts';
import { inventoryPosition } from '../policy/position.ts';
import { type Proposal, propose } from '../policy/propose.ts';
import { safetyStock } from '../policy/safety-stock.ts';
import { demandOf } from './forecast-demand.ts';
import { planFedSite } from './hubs/plan-fed-site.ts';
import { lateCampaigns } from './late-campaigns.ts';
import { leadTimeOf } from './lead-time-to-site.ts';
import { daysOnSale } from './new-products/forecast-new-product.ts';
import { LAUNCH_DAYS } from './new-products/launch-days.ts';
import { figuresOf, movesOf, openOrders, soldOf, stockOf, sumOf, withStop } from './site-figures.ts';
import { negativeDay, type SiteHistory } from './site-history.ts';
import type { PlanContext, PlannedSite, SiteToPlan, Standing } from './site-to-plan.ts';
import {
  allot,
  bestSupplier,
  costOfAllotments,
  costsOf,
  FOUR_WEEKS,
  type NoSupplier,
  type SkuDemand,
} from './supplier-of-site.ts';

type Figures = Omit<SkuPlan, 'outcome' | 'reasons'>;

/**
 * Plans one SKU at one site: the best supplier, and what to order of it now, with every figure on the way. What the run
 * moves there is no need any more. A hub orders for what it feeds, and a site that a hub feeds orders nothing. What
 * can't be planned is named. Pure.
 */
export function planSite(site: SiteToPlan, context: PlanContext): PlannedSite {
  const { history, forecast, stage } = site;
  const { sku, warehouseId } = history;
  const known = { sku, warehouseId, skuClass: history.skuClass, history: soldOf(history) };
  const not = (why: NotPlannedReason, detail: string, more: Partial<SkuPlan> = {}): SkuPlan => ({
    ...{ ...known, ...more, outcome: 'not-planned', why, detail, reasons: [] },
  });
  if (!context.sites.has(warehouseId))
    return { plan: not('site-not-planned', 'the warehouse is closed, or the settings leave it out') };
  if (stage === undefined && history.firstDay === undefined && typeof forecast === 'string')
    return { plan: withStop(not('no-history', unsoldText(history)), site, context) };
  const negative = negativeDay(history);
  if (negative !== undefined)
    return {
      plan: not('bad-figure', `${negative.units} units were sold on ${negative.day}, in all markets`),
    };
  const own = typeof forecast === 'string' ? undefined : forecast;
  const demand = stage?.demand ?? (own === undefined ? undefined : demandOf(own));
  if (demand === undefined) return { plan: not('no-forecast', String(forecast)) };
  const figures = withStop({ ...known, ...figuresOf(site, own, context) }, site, context);
  if (stage?.fedBy !== undefined) return planFedSite({ ...site, stage }, figures, context);
  const at = { sku, demand, available: stockOf(site).available };
  const chosen = bestSupplier(at, context);
  if (typeof chosen === 'string') {
    const standing = standingWithout(site, at);
    const moved = movedOnly(figures, site);
    return { plan: moved ?? not(...withoutSupplier(chosen, sku), figures), standing };
  }
  const { supplier, offer } = chosen;
  const proposed = propose({
    ...{ sku, siteId: warehouseId, supplierId: supplier.supplierId, today: context.day },
    forecast: at.demand,
    leadTime: leadTimeOf(supplier, offer, context, warehouseId),
    reviewDays: context.settings.reviewDays,
    ...{ serviceLevel: history.serviceLevel, stock: stockOf(site), openOrders: openOrders(site) },
    packs: [{ validFrom: context.day, unitsPerCase: offer.casePack, minimumUnits: offer.minimumUnits }],
    costs: costsOf(offer, context.settings),
    maxCoverDays: context.settings.maxCoverDays,
    ...(offer.sellableDays === undefined ? {} : { shelfLife: shelfLifeOf(offer.sellableDays, context) }),
    ...(stage === undefined ? {} : { stage: { ...stage, owed: site.owed ?? 0 } }),
  });
  if (!proposed.ok) return { plan: not(proposed.error.reason, proposed.error.detail, figures) };
  const { expectedOn, reorderAt, position } = proposed.value;
  const late = lateCampaigns(
    (site.signals ?? []).filter(({ kind }) => kind === 'campaign'),
    { ...figures, expectedOn },
  );
  const withLate = { ...figures, ...(late.length === 0 ? {} : { lateFor: late }) };
  return {
    plan: planOf(proposed.value, withLate, { site, from: allot(proposed.value, at, context), context }),
    standing: { demand: proposed.value.demand, reorderAt, position, unitCost: proposed.value.unitPrice },
  };
}

const shelfLifeOf = (sellableDays: number, { settings }: PlanContext): ShelfLife => ({
  sellableDays,
  soldWithProbability: settings.soldBeforeExpiryPercent / 100,
});

const unsoldText = (history: SiteHistory): string =>
  history.isNew === true && daysOnSale(history) < LAUNCH_DAYS
    ? 'it is new, and fewer than five products of the warehouse have been sold for four weeks since they were new'
    : 'nothing of it was sold in the days that are read';

/** Without a supplier there is no lead time: what is there has to last for four weeks. */
function standingWithout(site: SiteToPlan, { demand: forecast }: SkuDemand): Standing {
  const risk = safetyStock(forecast, {
    ...{ leadTime: { meanDays: FOUR_WEEKS, varianceDays: 0 }, reviewDays: 0 },
    serviceLevel: site.history.serviceLevel,
  });
  const { position } = inventoryPosition(stockOf(site), openOrders(site), site.owed);
  const { demand, units } = risk;
  const reorderAt = site.stage?.reorderAt ?? demand.mean + units;
  return { demand, reorderAt, position, unitCost: undefined };
}

const withoutSupplier = (why: NoSupplier, sku: string): [NotPlannedReason, string] =>
  why === 'none'
    ? ['no-supplier', `no supplier offers ${sku}`]
    : [
        'suppliers-out',
        'each supplier of it is down, lacks a certificate, or has prices in a currency without a rate',
      ];

/** A plan without a supplier, whose need is moved. */
function movedOnly(figures: Figures, site: SiteToPlan): SkuPlan | undefined {
  const { transfers, reasons } = movesOf(site);
  if (transfers.length === 0) return undefined;
  return { ...figures, outcome: 'proposed', units: 0, transfers, reasons: reasons.map(wireReason) };
}

function planOf(
  { units, expectedOn, reasons }: Proposal,
  figures: Figures,
  {
    site,
    from,
    context,
  }: {
    readonly site: SiteToPlan;
    readonly from: NonNullable<SkuPlan['from']>;
    readonly context: PlanContext;
  },
): SkuPlan {
  const moves = movesOf(site);
  const shown = [...reasons, ...moves.reasons].map(wireReason);
  const moved = moves.transfers.length === 0 ? {} : { transfers: moves.transfers };
  if (units === 0) {
    const outcome = moves.transfers.length === 0 ? 'enough' : 'proposed';
    return { ...figures, outcome, units: 0, ...moved, reasons: shown };
  }
  const ordered = sumOf(from.map((each) => each.units));
  if (ordered === 0 && moves.transfers.length === 0)
    return {
      ...{ ...figures, outcome: 'not-planned', why: 'share-limit', reasons: shown },
      detail: `${units} units are needed, and the limits of the suppliers leave no whole order`,
    };
  const cost = defined({ cost: costOfAllotments(from, context) });
  const bought = ordered === 0 ? { units: 0 } : { units: ordered, from, ...cost, expectedOn };
  return { ...figures, outcome: 'proposed', ...bought, ...moved, reasons: shown };
}
