import { defined } from '../../kernel/defined.ts';
import type { Money } from '../../kernel/money.ts';
import type { CalendarDate, Instant } from '../../kernel/time.ts';
import { type NotPlannedReason, type SkuPlan, wireReason } from '../explain/sku-plan.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { DemandOverDays } from '../policy/demand-over-days.ts';
import type { StockOnHand } from '../policy/position.ts';
import { inventoryPosition } from '../policy/position.ts';
import { type Proposal, propose } from '../policy/propose.ts';
import { type Reason, reason } from '../policy/reasons.ts';
import { safetyStock } from '../policy/safety-stock.ts';
import type { StoredSignal } from '../signals/given-signal.ts';
import { demandOf } from './forecast-demand.ts';
import { lateCampaigns } from './late-campaigns.ts';
import { leadTimeOf } from './lead-time-to-site.ts';
import { daysOnSale, type LikeGroup } from './new-products/forecast-new-product.ts';
import { LAUNCH_DAYS } from './new-products/launch-days.ts';
import { negativeDay, type SiteHistory } from './site-history.ts';
import {
  allot,
  bestSupplier,
  costOfAllotments,
  costsOf,
  FOUR_WEEKS,
  type NoSupplier,
  runsOutOn,
  type SkuDemand,
  type SupplyContext,
} from './supplier-of-site.ts';
import { whatToStop } from './what-to-stop.ts';

/** An open order of a SKU at a site, as it is now. */
export interface OpenAtSite {
  readonly orderId: string;
  readonly ordered: number;
  readonly received: number;
  readonly onTheWay: number;
  readonly expectedAt: Instant;
}

/** What holds for all SKUs of a run. */
export interface PlanContext extends SupplyContext {
  /** The warehouses that are planned. */
  readonly sites: ReadonlySet<string>;
}

/** Units of a SKU that a run moves to a site. */
export interface PlannedTransfer {
  readonly fromWarehouseId: string;
  readonly units: number;
  readonly expectedOn: CalendarDate;
  /** The landed cost of a unit by the lane, rounded. */
  readonly unitCost: Money;
}

/** What is known of one SKU at one site. */
export interface SiteToPlan {
  readonly history: SiteHistory;
  /** A forecast, or why there is none. */
  readonly forecast: Forecast | string;
  /** The group whose first days a new product is forecast by. */
  readonly like?: LikeGroup;
  /** Those that changed the forecast. */
  readonly signals?: readonly StoredSignal[];
  readonly stock: StockOnHand & { readonly inTransit: number };
  readonly open: readonly OpenAtSite[];
  /** Units that transfer orders have promised to other warehouses, and that have not left; none if absent. */
  readonly leaving?: number;
  /** What the same run moves here. */
  readonly into?: readonly PlannedTransfer[];
}

/** How a SKU stands at a site, for whoever moves stock. */
export interface Standing {
  /** Demand until an order of the next review would be there. */
  readonly demand: DemandOverDays;
  /** What is to be there or on its way: the mean of that demand and the safety stock. */
  readonly reorderAt: number;
  /** What is there and on its way. */
  readonly position: number;
  /** What a unit costs at its supplier; undefined without one. */
  readonly unitCost: Money | undefined;
}

/** A plan, and how the SKU stands there; without a forecast it is not known. */
export interface PlannedSite {
  readonly plan: SkuPlan;
  readonly standing?: Standing;
}

type Figures = Omit<SkuPlan, 'outcome' | 'reasons'>;

/**
 * Plans one SKU at one site: the best supplier, and what to order of it now, with every figure on the way. What the run
 * moves there is no need any more. What can't be planned is named. Pure.
 */
export function planSite(site: SiteToPlan, context: PlanContext): PlannedSite {
  const { history, forecast } = site;
  const { sku, warehouseId } = history;
  const known = { sku, warehouseId, skuClass: history.skuClass, history: soldOf(history) };
  const not = (why: NotPlannedReason, detail: string, more: Partial<SkuPlan> = {}): SkuPlan => ({
    ...{ ...known, ...more, outcome: 'not-planned', why, detail, reasons: [] },
  });
  if (!context.sites.has(warehouseId))
    return { plan: not('site-not-planned', 'the warehouse is closed, or the settings leave it out') };
  if (history.firstDay === undefined && typeof forecast === 'string')
    return { plan: withStop(not('no-history', unsoldText(history)), site, context) };
  const negative = negativeDay(history);
  if (negative !== undefined)
    return {
      plan: not('bad-figure', `${negative.units} units were sold on ${negative.day}, in all markets`),
    };
  if (typeof forecast === 'string') return { plan: not('no-forecast', forecast) };
  const figures = withStop({ ...known, ...figuresOf(site, forecast, context) }, site, context);
  const at = skuDemandOf(site, forecast);
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
  });
  if (!proposed.ok) return { plan: not(proposed.error.reason, proposed.error.detail, figures) };
  const { expectedOn, demand, reorderAt, position } = proposed.value;
  const late = lateCampaigns(
    (site.signals ?? []).filter(({ kind }) => kind === 'campaign'),
    { ...figures, expectedOn },
  );
  const withLate = { ...figures, ...(late.length === 0 ? {} : { lateFor: late }) };
  return {
    plan: planOf(proposed.value, withLate, { site, from: allot(proposed.value, at, context), context }),
    standing: { demand, reorderAt, position, unitCost: proposed.value.unitPrice },
  };
}

const unsoldText = (history: SiteHistory): string =>
  history.isNew === true && daysOnSale(history) < LAUNCH_DAYS
    ? 'it is new, and fewer than five products of the warehouse have been sold for four weeks since they were new'
    : 'nothing of it was sold in the days that are read';

/** Names what should not be bought any more. */
function withStop<Known extends Pick<SkuPlan, 'stop' | 'forecast'>>(
  known: Known,
  site: SiteToPlan,
  { settings: { historyDays, overstockDays } }: PlanContext,
): Known {
  const open = sumOf(site.open.map(({ ordered, received }) => Math.max(0, ordered - received)));
  const perDay = known.forecast?.perDay;
  const stop = whatToStop({ available: stockOf(site).available, open, perDay, historyDays, overstockDays });
  return stop === undefined ? known : { ...known, stop };
}

const skuDemandOf = (site: SiteToPlan, forecast: Forecast): SkuDemand => ({
  ...{ sku: site.history.sku, demand: demandOf(forecast), available: stockOf(site).available },
});

/** The stock without the units that were promised to other warehouses. */
const stockOf = ({ stock, leaving = 0 }: SiteToPlan) => ({ ...stock, available: stock.available - leaving });

/** Without a supplier there is no lead time: what is there has to last for four weeks. */
function standingWithout(site: SiteToPlan, { demand: forecast }: SkuDemand): Standing {
  const risk = safetyStock(forecast, {
    ...{ leadTime: { meanDays: FOUR_WEEKS, varianceDays: 0 }, reviewDays: 0 },
    serviceLevel: site.history.serviceLevel,
  });
  const { position } = inventoryPosition(stockOf(site), openOrders(site));
  const { demand, units } = risk;
  return { demand, reorderAt: demand.mean + units, position, unitCost: undefined };
}

const soldOf = ({ firstDay, units, without, bulkUnits }: SiteHistory) => ({
  ...defined({ from: firstDay }),
  units: soldIn(units),
  lastFourWeeks: soldIn(units.slice(-FOUR_WEEKS)),
  daysWithoutStock: without.length,
  bulkUnits,
});

const soldIn = (units: readonly number[]): number => sumOf(units.filter((each) => each > 0));

const sumOf = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

function figuresOf(site: SiteToPlan, forecast: Forecast, { day }: PlanContext) {
  const { stock, open, signals = [], leaving = 0, like } = site;
  const { method, version, error } = forecast;
  const arrivals = open.map(({ expectedAt }) => expectedAt.slice(0, 10)).toSorted();
  return {
    forecast: {
      ...{ method, version, perDay: rounded(demandOf(forecast)(FOUR_WEEKS).mean / FOUR_WEEKS) },
      ...defined({ error: error.wape === undefined ? undefined : rounded(error.wape) }),
      ...(signals.length === 0 ? {} : { signals: signals.map(({ signalId }) => signalId) }),
      ...defined({ like }),
    },
    stock: {
      ...{ available: stock.available, reserved: stock.reserved, quarantined: stock.quarantined },
      ...(leaving === 0 ? {} : { leaving }),
      open: sumOf(open.map(({ ordered, received }) => Math.max(0, ordered - received))),
      openOrderIds: open.map(({ orderId }) => orderId).toSorted(),
    },
    ...defined({
      runsOutOn: runsOutOn(skuDemandOf(site, forecast), day),
      nextArrivalOn: arrivals[0],
    }),
  };
}

const rounded = (figure: number): number => Math.round(figure * 1000) / 1000;

const withoutSupplier = (why: NoSupplier, sku: string): [NotPlannedReason, string] =>
  why === 'none'
    ? ['no-supplier', `no supplier offers ${sku}`]
    : [
        'suppliers-out',
        'each supplier of it is down, lacks a certificate, or has prices in a currency without a rate',
      ];

/** Open orders as the policy counts them. Units that a person sent from another warehouse are on their way too. */
function openOrders({ stock: { inTransit }, open, into = [] }: SiteToPlan) {
  const byHand = Math.max(0, inTransit - sumOf(open.map(({ onTheWay }) => onTheWay)));
  const moved = sumOf(into.map(({ units }) => units));
  const more = (orderId: string, ordered: number, shipped: number) =>
    ordered === 0 ? [] : [{ orderId, ordered, shipped, received: 0, cancelled: 0 }];
  return [
    ...open.map(({ orderId, ordered, received, onTheWay }) => ({
      ...{ orderId, ordered, received, shipped: received + onTheWay, cancelled: 0 },
    })),
    ...more('transfers', byHand, byHand),
    ...more('transfers-of-the-run', moved, 0),
  ];
}

/** What the run moves, as a plan says it. */
function movesOf({ into = [] }: SiteToPlan) {
  const transfers = into.map(({ unitCost, ...each }) => ({
    ...{ ...each, unitCost: { amount: unitCost.amountMinor, currency: unitCost.currency } },
  }));
  const reasons: Reason[] = into.map(({ fromWarehouseId, units, expectedOn }) =>
    reason(
      'transfer',
      units,
      'units',
      `above the reorder point of ${fromWarehouseId}; there on ${expectedOn}`,
    ),
  );
  return { transfers, reasons };
}

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
