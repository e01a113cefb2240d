import type { Product } from '../../../catalogue/index.ts';
import { type Money, money, zero } from '../../../kernel/money.ts';
import { pricedLanes } from '../../network/move-cost.ts';
import { type DemandForecast, isUsable } from '../../policy/demand-over-days.ts';
import { expectedMoney } from '../../policy/expected-money.ts';
import { demandOf } from '../forecast-demand.ts';
import { goodsOfProduct } from '../goods-of-product.ts';
import { leadTimeOf } from '../lead-time-to-site.ts';
import type { RunProblem } from '../run-problem.ts';
import { stockOf } from '../site-figures.ts';
import { negativeDay, type SiteHistory } from '../site-history.ts';
import type { PlanContext, SiteToPlan } from '../site-to-plan.ts';
import { bestSupplier, FOUR_WEEKS } from '../supplier-of-site.ts';
import { laneCost, type Pricing } from '../transfers/lane-cost.ts';
import { type MoveDeps, placeName } from '../transfers/plan-moves.ts';
import type { RunLane } from '../transfers/transfer-lanes.ts';
import type { FeedLane, StageOfSite } from './stage.ts';
import { stagesOfSku } from './stages-of-sku.ts';

interface Staged {
  /** By the place of the SKU. A SKU without a network has none. */
  readonly stages: ReadonlyMap<string, StageOfSite>;
  readonly problems: readonly RunProblem[];
}

/**
 * Lines for hubs that sell nothing of a SKU themselves: their demand is that of what they feed. `lines` has all sites
 * of each SKU.
 */
export function hubsWithoutSales(
  lines: readonly SiteHistory[],
  feeds: readonly RunLane[],
): readonly SiteHistory[] {
  return [...Map.groupBy(lines, ({ sku }) => sku).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const at = new Set(own.map(({ warehouseId }) => warehouseId));
    const feeding = new Set<string>();
    const climb = (id: string) => {
      const from = feeds.find(({ to }) => to === id)?.from;
      if (from === undefined || feeding.has(from)) return;
      feeding.add(from);
      climb(from);
    };
    for (const id of at) climb(id);
    const { sku, skuClass, serviceLevel } = first;
    return [...feeding].flatMap((warehouseId) =>
      at.has(warehouseId)
        ? []
        : [
            {
              sku,
              warehouseId,
              skuClass,
              serviceLevel,
              lead: 0,
              units: [],
              without: [],
              bulkUnits: 0,
              markets: {},
            },
          ],
    );
  });
}

/**
 * The stages of each SKU of a batch that hubs feed. A way without a landed cost is named and left out, and its site is
 * planned by itself. Without a supplier, a hub is planned with a lead time of four weeks.
 */
export async function stagesOfBatch(
  deps: Pick<MoveDeps, 'products' | 'pricing'>,
  sites: readonly SiteToPlan[],
  { context, feeds }: { readonly context: PlanContext; readonly feeds: readonly RunLane[] },
): Promise<Staged> {
  const bySku = [...Map.groupBy(sites, ({ history }) => history.sku)].flatMap(([sku, all]) => {
    const known = all
      .filter(({ history }) => negativeDay(history) === undefined)
      .toSorted((a, b) => (a.history.warehouseId < b.history.warehouseId ? -1 : 1));
    const own = demandsOf(known);
    const lanes = lanesWithDemand(feeds, known, own);
    return lanes.length === 0 ? [] : [{ sku, own, lanes, sites: known }];
  });
  if (bySku.length === 0) return { stages: new Map(), problems: [] };
  const [pricing, stored] = await Promise.all([
    deps.pricing(context.day),
    deps.products(bySku.map(({ sku }) => sku)),
  ]);
  const products = new Map(stored.map((product) => [product.sku, product]));
  const stages = new Map<string, StageOfSite>();
  const problems: RunProblem[] = [];
  for (const each of bySku) {
    const product = products.get(each.sku);
    const priced = pricedFor(each, product, { context, pricing });
    problems.push(...priced.problems);
    if (priced.lanes.length === 0) continue;
    for (const [id, stage] of stagesOf(each, priced, context)) stages.set(placeName(each.sku, id), stage);
  }
  return { stages, problems };
}

interface SkuInNetwork {
  readonly sku: string;
  readonly own: ReadonlyMap<string, DemandForecast>;
  readonly lanes: readonly RunLane[];
  readonly sites: readonly SiteToPlan[];
}

function demandsOf(sites: readonly SiteToPlan[]): ReadonlyMap<string, DemandForecast> {
  return new Map(
    sites.flatMap(({ history, forecast }) => {
      if (typeof forecast === 'string') return [];
      const demand = demandOf(forecast);
      return isUsable(demand(FOUR_WEEKS)) ? [[history.warehouseId, demand] as const] : [];
    }),
  );
}

/** The lanes between warehouses that are planned, to sites whose shoppers, or those of sites below, buy something. */
function lanesWithDemand(
  feeds: readonly RunLane[],
  sites: readonly SiteToPlan[],
  own: ReadonlyMap<string, DemandForecast>,
): RunLane[] {
  const known = new Set(sites.map(({ history }) => history.warehouseId));
  const hasDemand = (id: string): boolean =>
    known.has(id) && (own.has(id) || feeds.some(({ from, to }) => from === id && hasDemand(to)));
  return feeds.filter(({ from, to }) => known.has(from) && hasDemand(to));
}

interface Priced {
  readonly lanes: readonly FeedLane[];
  readonly unitValue: Money;
  readonly problems: readonly RunProblem[];
}

function pricedFor(
  { sku, own, lanes, sites }: SkuInNetwork,
  product: Product | undefined,
  { context, pricing }: { readonly context: PlanContext; readonly pricing: Pricing },
): Priced {
  const named = (
    { from, to }: { readonly from: string; readonly to: string },
    detail: string,
  ): RunProblem => ({
    ...{ code: 'lane-not-priced', subject: `${from} ${to}` },
    detail: `${sku}: ${detail}; the site is planned by itself`,
  });
  const [base] = product?.prices ?? [];
  if (product === undefined || base === undefined)
    return {
      ...{ lanes: [], unitValue: zero('EUR') },
      problems: lanes.map((lane) =>
        named(lane, 'no such product is stored: its weight and its code are unknown'),
      ),
    };
  const { currency } = base;
  const price = money(base.amount, currency);
  const bought = boughtFor(sku, sites, context);
  const unitValue = (bought === undefined ? undefined : pricing.convert(bought, currency)) ?? price;
  const goods = goodsOfProduct(product, { day: pricing.date });
  // A move brings as much as is asked for until the next one is there.
  const meanBelow = (id: string, days: number): number =>
    lanes.reduce(
      (sum, { from, to }) => (from === id ? sum + meanBelow(to, days) : sum),
      own.get(id)?.(days).mean ?? 0,
    );
  const usual = ({ to, days }: RunLane) =>
    Math.max(1, Math.ceil(meanBelow(to, days + context.settings.reviewDays)));
  const found = pricedLanes(
    lanes.map((lane) => ({ from: lane.from, to: lane.to, usualUnits: usual(lane) })),
    ({ from, to, usualUnits: units }) => {
      const lane = lanes.find((each) => each.from === from && each.to === to);
      if (lane === undefined) throw new Error('a lane that is priced is one of the network');
      return laneCost(lane, { goods, units, unitValue }, { ...pricing, currency });
    },
  );
  const problems = found.problems.map(({ lane, detail }) => named(lane, detail));
  const fed = found.lanes.flatMap(({ from, to, unitCostMinor }): FeedLane[] => {
    const lane = lanes.find((each) => each.from === from && each.to === to);
    if (lane === undefined) return [];
    const unitCost = expectedMoney(money(1, currency), unitCostMinor);
    const moveCost = lane.perMove === undefined ? zero(currency) : pricing.convert(lane.perMove, currency);
    return [{ ...lane, unitCost, moveCost: moveCost ?? zero(currency) }];
  });
  return { lanes: fed, unitValue, problems };
}

/** What a unit costs at the supplier that would get a need of the SKU. */
function boughtFor(sku: string, sites: readonly SiteToPlan[], context: PlanContext): Money | undefined {
  const forecast = sites.flatMap((site) => (typeof site.forecast === 'string' ? [] : [site.forecast]))[0];
  if (forecast === undefined) return undefined;
  const chosen = bestSupplier({ sku, demand: demandOf(forecast), available: 0 }, context);
  const [first] = typeof chosen === 'string' ? [] : chosen.offer.prices;
  return first === undefined ? undefined : money(first.unitPrice.amount, first.unitPrice.currency);
}

function stagesOf(
  { sku, own, sites }: SkuInNetwork,
  { lanes, unitValue }: Priced,
  context: PlanContext,
): ReadonlyMap<string, StageOfSite> {
  const [first] = sites;
  return stagesOfSku({
    ...{ own, lanes, unitValue, reviewDays: context.settings.reviewDays },
    serviceLevel: first?.history.serviceLevel ?? 0.95,
    leadTimeTo: (warehouseId, demand) => {
      const hub = sites.find(({ history }) => history.warehouseId === warehouseId);
      const available = hub === undefined ? 0 : stockOf(hub).available;
      const chosen = bestSupplier({ sku, demand, available }, context);
      if (typeof chosen === 'string') return NO_SUPPLIER;
      const found = leadTimeOf(chosen.supplier, chosen.offer, context, warehouseId);
      return 'reason' in found ? NO_SUPPLIER : found;
    },
  });
}

const NO_SUPPLIER = { meanDays: FOUR_WEEKS, varianceDays: 0 };
