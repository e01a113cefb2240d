import type { ReplenishmentSettings } from '../../catalogue/index.ts';
import type { Currency } from '../../kernel/currency.ts';
import { defined } from '../../kernel/defined.ts';
import { type MoneyJson, money, zero } from '../../kernel/money.ts';
import { type CalendarDate, dayAfter, dayMs, type Instant, later } from '../../kernel/time.ts';
import { type NotPlannedReason, type SkuPlan, wireReason } from '../explain/sku-plan.ts';
import type { Forecast } from '../forecast/forecast.ts';
import { type LeadTime, learnLeadTimes, type Receipt } from '../policy/lead-time.ts';
import type { StockOnHand } from '../policy/position.ts';
import type { PlanningProblem } from '../policy/problem.ts';
import { type Proposal, propose } from '../policy/propose.ts';
import { chooseSuppliers, type Need, type SupplierFacts } from '../purchasing/choose-suppliers.ts';
import type { DeliveryOutcome } from '../purchasing/scorecard.ts';
import { offerOf, type Supplier, type SupplierOffer } from '../purchasing/supplier.ts';
import type { StoredSignal } from '../signals/given-signal.ts';
import { demandOf } from './forecast-demand.ts';
import { lateCampaigns } from './late-campaigns.ts';
import type { SiteHistory } from './site-history.ts';

/** An open order of a SKU at a site, as it is now. */
export interface OpenAtSite {
  readonly orderId: string;
  readonly ordered: number;
  readonly received: number;
  readonly onTheWay: number;
  readonly expectedAt: Instant;
}

/** What holds for all SKUs of a run. */
export interface PlanContext {
  /** The day of the plan, in the time zone of the merchant. */
  readonly day: CalendarDate;
  readonly now: Instant;
  readonly settings: ReplenishmentSettings;
  /** The warehouses that are planned. */
  readonly sites: ReadonlySet<string>;
  /** Those that sell each SKU. */
  readonly suppliersOf: (sku: string) => readonly Supplier[];
  readonly outcomesOf: (supplierId: string) => readonly DeliveryOutcome[];
}

/** What is known of one SKU at one site. */
export interface SiteToPlan {
  readonly history: SiteHistory;
  /** A forecast, or why there is none. */
  readonly forecast: Forecast | string;
  /** Those that changed the forecast. */
  readonly signals?: readonly StoredSignal[];
  readonly stock: StockOnHand & { readonly inTransit: number };
  readonly open: readonly OpenAtSite[];
}

/** Receipts that a supplier's stated lead time is worth, until its deliveries have shown another one. */
const PRIOR_RECEIPTS = 5;
const FOUR_WEEKS = 28;
const YEAR = 365;

/**
 * Plans one SKU at one site: the best supplier, and what to order of it now, with every figure on the way. What can't
 * be planned is named. Pure.
 */
export function planSite(site: SiteToPlan, context: PlanContext): SkuPlan {
  const { history, forecast, stock, open } = site;
  const { sku, warehouseId } = history;
  const known = { sku, warehouseId, skuClass: history.skuClass, history: soldOf(history) };
  const not = (why: NotPlannedReason, detail: string, more: Partial<SkuPlan> = {}): SkuPlan => ({
    ...{ ...known, ...more, outcome: 'not-planned', why, detail, reasons: [] },
  });
  if (!context.sites.has(warehouseId))
    return not('site-not-planned', 'the warehouse is closed, or the settings leave it out');
  if (history.firstDay === undefined)
    return not('no-history', 'nothing of it was sold in the days that are read');
  if (typeof forecast === 'string') return not('no-forecast', forecast);
  const figures = { ...known, ...figuresOf(site, forecast, context) };
  const chosen = bestSupplier(site, forecast, context);
  if (typeof chosen === 'string') return not(...withoutSupplier(chosen, sku), figures);
  const { supplier, offer } = chosen;
  const proposed = propose({
    ...{ sku, siteId: warehouseId, supplierId: supplier.supplierId, today: context.day },
    forecast: demandOf(forecast),
    leadTime: leadTimeOf(supplier, offer, context),
    reviewDays: context.settings.reviewDays,
    ...{ serviceLevel: history.serviceLevel, stock, openOrders: openOrders(stock, open) },
    packs: [{ validFrom: context.day, unitsPerCase: offer.casePack, minimumUnits: offer.minimumUnits }],
    costs: costsOf(offer, context.settings),
    maxCoverDays: context.settings.maxCoverDays,
  });
  if (!proposed.ok) return not(proposed.error.reason, proposed.error.detail, figures);
  const { expectedOn } = proposed.value;
  const late = lateCampaigns(
    (site.signals ?? []).filter(({ kind }) => kind === 'campaign'),
    { ...figures, expectedOn },
  );
  const withLate = { ...figures, ...(late.length === 0 ? {} : { lateFor: late }) };
  return planOf(proposed.value, withLate, allot(proposed.value, site, context));
}

const soldOf = ({ firstDay, units, without, bulkUnits }: SiteHistory) => ({
  ...defined({ from: firstDay }),
  units: sumOf(units),
  lastFourWeeks: sumOf(units.slice(-FOUR_WEEKS)),
  daysWithoutStock: without.length,
  bulkUnits,
});

const sumOf = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

function figuresOf({ stock, open, signals = [] }: SiteToPlan, forecast: Forecast, { day }: PlanContext) {
  const demand = demandOf(forecast);
  const { method, version, error } = forecast;
  const arrivals = open.map(({ expectedAt }) => expectedAt.slice(0, 10)).toSorted();
  return {
    forecast: {
      ...{ method, version, perDay: rounded(demand(FOUR_WEEKS).mean / FOUR_WEEKS) },
      ...defined({ error: error.wape === undefined ? undefined : rounded(error.wape) }),
      ...(signals.length === 0 ? {} : { signals: signals.map(({ signalId }) => signalId) }),
    },
    stock: {
      ...{ available: stock.available, reserved: stock.reserved, quarantined: stock.quarantined },
      open: sumOf(open.map(({ ordered, received }) => Math.max(0, ordered - received))),
      openOrderIds: open.map(({ orderId }) => orderId).toSorted(),
    },
    ...defined({
      runsOutOn: runsOutOn(stock.available, (days) => demand(days).mean, day),
      nextArrivalOn: arrivals[0],
    }),
  };
}

const rounded = (figure: number): number => Math.round(figure * 1000) / 1000;

/** The first day on which less than the mean demand is left; undefined if that is over a year away. */
function runsOutOn(
  available: number,
  demandOver: (days: number) => number,
  day: CalendarDate,
): CalendarDate | undefined {
  let [low, high] = [1, YEAR];
  if (demandOver(high) <= available) return undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (demandOver(middle) > available) high = middle;
    else low = middle + 1;
  }
  return dayAfter(day, low - 1);
}

type NoSupplier = 'none' | 'all-left-out';

const withoutSupplier = (why: NoSupplier, sku: string): [NotPlannedReason, string] =>
  why === 'none'
    ? ['no-supplier', `no supplier offers ${sku}`]
    : [
        'suppliers-out',
        'each supplier of it is down, lacks a certificate, or has prices in another currency',
      ];

/** The supplier that would get a need of the next four weeks. */
function bestSupplier(
  { history, stock }: SiteToPlan,
  forecast: Forecast,
  context: PlanContext,
): { readonly supplier: Supplier; readonly offer: SupplierOffer } | NoSupplier {
  const suppliers = context.suppliersOf(history.sku);
  if (suppliers.length === 0) return 'none';
  const units = Math.max(1, Math.ceil(demandOf(forecast)(FOUR_WEEKS).mean));
  const need = needOf(history.sku, units, { stock, forecast, context });
  const [best] = chooseSuppliers(need, {
    ...factsFor(suppliers, context),
    suppliers: unlimited(suppliers),
  }).allotments;
  const supplier = suppliers.find(({ supplierId }) => supplierId === best?.supplierId);
  const offer = supplier === undefined ? undefined : offerOf(supplier, history.sku);
  return supplier === undefined || offer === undefined ? 'all-left-out' : { supplier, offer };
}

const unlimited = (suppliers: readonly Supplier[]): Supplier[] =>
  suppliers.map((supplier) => ({ ...supplier, shareLimitPercent: 100 }));

function needOf(
  sku: string,
  units: number,
  { stock, forecast, context }: { stock: StockOnHand; forecast: Forecast; context: PlanContext },
): Need {
  const out = runsOutOn(stock.available, (days) => demandOf(forecast)(days).mean, context.day);
  return { sku, units, needBy: out ?? dayAfter(context.day, YEAR) };
}

/** Prices are compared in the currency of the first supplier by its code: others would need a rate of the day. */
function factsFor(suppliers: readonly Supplier[], { now, outcomesOf }: PlanContext): SupplierFacts {
  const currency = suppliers[0]?.offers[0]?.prices[0]?.unitPrice.currency;
  return {
    ...{ suppliers, outcomesOf, now, unitsOrdered: new Map<string, number>() },
    comparable: (price) => (price.currency === currency ? price.amount : undefined),
  };
}

/**
 * The lead time of a supplier: what its offer states, and what its last deliveries showed. A delivery took the stated
 * days and those that it was late.
 */
function leadTimeOf(
  { supplierId }: Supplier,
  { leadTimeDays }: SupplierOffer,
  { outcomesOf, settings }: PlanContext,
): LeadTime | PlanningProblem {
  const receipts = outcomesOf(supplierId).flatMap(({ noticeId, at, daysLate }): Receipt[] =>
    noticeId === undefined
      ? []
      : [
          {
            ...{ supplierId, laneId: 'any', receivedOn: at.slice(0, 10) },
            orderedOn: later(at, -(leadTimeDays + daysLate) * dayMs).slice(0, 10),
          },
        ],
  );
  const prior = {
    ...{ supplierId, meanDays: leadTimeDays, weight: PRIOR_RECEIPTS },
    standardDeviationDays: (leadTimeDays * settings.leadTimeDeviationPercent) / 100,
  };
  return learnLeadTimes(receipts, [prior]).leadTimeOf(supplierId, 'any');
}

/** Open orders as the policy counts them. Units that a person sent from another warehouse are on their way too. */
function openOrders({ inTransit }: { readonly inTransit: number }, open: readonly OpenAtSite[]) {
  const ofOrders = sumOf(open.map(({ onTheWay }) => onTheWay));
  const byHand = Math.max(0, inTransit - ofOrders);
  return [
    ...open.map(({ orderId, ordered, received, onTheWay }) => ({
      ...{ orderId, ordered, received, shipped: received + onTheWay, cancelled: 0 },
    })),
    ...(byHand === 0
      ? []
      : [{ orderId: 'transfers', ordered: byHand, shipped: byHand, received: 0, cancelled: 0 }]),
  ];
}

function costsOf({ prices }: SupplierOffer, { orderCost, holdingPercentPerYear }: ReplenishmentSettings) {
  const currency = (prices[0]?.unitPrice.currency ?? 'EUR') as Currency;
  return {
    orderCost: orderCost?.currency === currency ? money(orderCost.amount, currency) : zero(currency),
    holdingRatePerYear: holdingPercentPerYear / 100,
    breaks: prices.map(({ fromUnits, unitPrice }) => ({
      fromUnits,
      unitPrice: money(unitPrice.amount, unitPrice.currency),
    })),
  };
}

type Allotments = NonNullable<SkuPlan['from']>;

/** Whom the units are ordered from: all from the supplier of the plan, or several where a share is limited. */
function allot(
  { units, supplierId, unitPrice, sku }: Proposal,
  site: SiteToPlan,
  context: PlanContext,
): Allotments {
  if (units === 0) return [];
  const suppliers = context.suppliersOf(sku);
  const own = suppliers.find((each) => each.supplierId === supplierId);
  if (own?.shareLimitPercent === 100)
    return [
      { supplierId, units, unitPrice: { amount: unitPrice.amountMinor, currency: unitPrice.currency } },
    ];
  const { forecast, stock } = site;
  if (typeof forecast === 'string') return [];
  const need = needOf(sku, units, { stock, forecast, context });
  return chooseSuppliers(need, factsFor(suppliers, context)).allotments.map((each) => ({
    ...{ supplierId: each.supplierId, units: each.units, unitPrice: each.unitPrice },
  }));
}

function planOf(
  { units, expectedOn, reasons }: Proposal,
  figures: Omit<SkuPlan, 'outcome' | 'reasons'>,
  from: Allotments,
): SkuPlan {
  const shown = reasons.map(wireReason);
  if (units === 0) return { ...figures, outcome: 'enough', units: 0, reasons: shown };
  const ordered = sumOf(from.map((each) => each.units));
  if (ordered === 0)
    return {
      ...{ ...figures, outcome: 'not-planned', why: 'share-limit', reasons: shown },
      detail: `${units} units are needed, and the limits of the suppliers leave no whole order`,
    };
  const cost: MoneyJson = {
    amount: sumOf(from.map((each) => each.units * each.unitPrice.amount)),
    currency: from[0]?.unitPrice.currency ?? 'EUR',
  };
  return { ...figures, outcome: 'proposed', units: ordered, from, cost, expectedOn, reasons: shown };
}
