import { invariant } from '../../../kernel/invariant.ts';
import type { Money } from '../../../kernel/money.ts';
import { guaranteedService, type StageService } from '../../network/guaranteed-service.ts';
import type { SupplyArc, SupplyStage } from '../../network/supply-tree.ts';
import { type DemandForecast, totalDemand } from '../../policy/demand-over-days.ts';
import type { LeadTime } from '../../policy/lead-time.ts';
import { inverseNormal } from '../../policy/normal.ts';
import { type SafetyStock, safetyStock } from '../../policy/safety-stock.ts';
import type { FeedLane, StageOfSite } from './stage.ts';
import { stageReasons } from './stage-reasons.ts';

/** What is known of a SKU in a network. */
export interface SkuOfNetwork {
  /** The demand of each warehouse's own shoppers; none where nothing is sold. */
  readonly own: ReadonlyMap<string, DemandForecast>;
  readonly lanes: readonly FeedLane[];
  readonly serviceLevel: number;
  readonly reviewDays: number;
  /** The lead time of the supplier of a hub that no other one feeds. */
  readonly leadTimeTo: (
    warehouseId: string,
    demand: DemandForecast,
  ) => Pick<LeadTime, 'meanDays' | 'varianceDays'>;
  /** The worth of a unit at a hub that no other one feeds. */
  readonly unitValue: Money;
}

/**
 * The stages of a SKU by the guaranteed-service model ({@link guaranteedService}): what each warehouse promises, and
 * the safety stock that it keeps for it. The bound of a site's demand over some days is what the rule for a single site
 * keeps for them ({@link safetyStock}), by the forecast's own quantile. Shoppers are served at once: those of a hub are
 * a stage of their own, in the same building. Times are the mean of the supplier's lead time, rounded up, the days of
 * the lanes, and the days between two runs at each warehouse. The hub that a supplier serves also keeps what the
 * variance of the lead time asks for. A unit costs as much to hold as it is worth. Pure.
 */
export function stagesOfSku(sku: SkuOfNetwork): ReadonlyMap<string, StageOfSite> {
  const ids = [...new Set(sku.lanes.flatMap(({ from, to }) => [from, to]))].toSorted();
  const sites = new Map(ids.map((id) => [id, siteOf(sku, id)]));
  const services = placed(sku, sites);
  return new Map(
    [...sites].map(([id, site]) => {
      const service = services.get(id);
      invariant(service !== undefined, 'each stage is placed', { id });
      return [id, stageOf(sku, site, { service, shoppers: services.get(shoppersOf(id)) })] as const;
    }),
  );
}

interface Site {
  readonly id: string;
  readonly lane: FeedLane | undefined;
  readonly feeds: readonly string[];
  readonly own: DemandForecast | undefined;
  readonly demand: DemandForecast;
  readonly inboundDays: number;
  readonly processingDays: number;
  readonly lateUnits: number;
  readonly unitValue: Money;
}

/** The stage of a hub's own shoppers. No code of a warehouse has a space. */
const shoppersOf = (id: string): string => `${id} shoppers`;

function siteOf(sku: SkuOfNetwork, id: string): Site {
  const { own, lanes, reviewDays, serviceLevel } = sku;
  const lane = lanes.find(({ to }) => to === id);
  const demand = demandBelow(sku, id);
  const feeds = lanes.flatMap(({ from, to }) => (from === id ? [to] : [])).toSorted();
  const site = { id, lane, feeds, own: own.get(id), demand, unitValue: valueAt(sku, id) };
  if (lane !== undefined)
    return { ...site, inboundDays: 0, processingDays: lane.days + reviewDays, lateUnits: 0 };
  const { meanDays, varianceDays } = sku.leadTimeTo(id, demand);
  const inboundDays = Math.ceil(meanDays);
  const days = inboundDays + reviewDays;
  const perDay = demand(days).mean / days;
  const lateUnits = Math.max(0, inverseNormal(serviceLevel)) * perDay * Math.sqrt(varianceDays);
  return { ...site, inboundDays, processingDays: reviewDays, lateUnits };
}

/** The demand of a warehouse's shoppers and of all that it feeds: means and variances are added. */
function demandBelow({ own, lanes }: SkuOfNetwork, id: string): DemandForecast {
  const partsOf = (at: string): DemandForecast[] => {
    const mine = own.get(at);
    return [
      ...(mine === undefined ? [] : [mine]),
      ...lanes.flatMap(({ from, to }) => (from === at ? partsOf(to) : [])),
    ];
  };
  const parts = partsOf(id);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (days) => totalDemand(parts.map((part) => part(days)));
}

function valueAt(sku: SkuOfNetwork, id: string): Money {
  const lane = sku.lanes.find(({ to }) => to === id);
  if (lane === undefined) return sku.unitValue;
  const above = valueAt(sku, lane.from);
  return { ...above, amountMinor: above.amountMinor + lane.unitCost.amountMinor };
}

const keptOver = (demand: DemandForecast, days: number, serviceLevel: number): SafetyStock =>
  safetyStock(demand, { leadTime: { meanDays: days, varianceDays: 0 }, reviewDays: 0, serviceLevel });

function placed(
  { lanes, serviceLevel }: SkuOfNetwork,
  sites: ReadonlyMap<string, Site>,
): ReadonlyMap<string, StageService> {
  const bound = (own: DemandForecast | undefined) =>
    own === undefined ? undefined : (days: number) => keptOver(own, days, serviceLevel).units;
  const arcs: SupplyArc[] = lanes.map(({ from, to }) => ({ from, to }));
  const stages = [...sites.values()].flatMap((site): SupplyStage[] => {
    const { id, feeds, own, inboundDays, processingDays, lateUnits, unitValue } = site;
    const holdingCost = Math.max(1, unitValue.amountMinor);
    const stage = { stageId: id, processingDays, holdingCost, externalServiceDays: inboundDays, lateUnits };
    if (feeds.length === 0) return [{ ...stage, maxServiceDays: 0, demandBound: bound(own) }];
    if (own === undefined) return [stage];
    arcs.push({ from: id, to: shoppersOf(id) });
    const shoppers = { stageId: shoppersOf(id), processingDays: 0, maxServiceDays: 0 };
    return [stage, { ...shoppers, holdingCost, demandBound: bound(own) }];
  });
  const found = guaranteedService(stages, arcs, inverseNormal(serviceLevel));
  invariant(found.ok, 'the lanes of hubs are a tree', { stages: stages.map(({ stageId }) => stageId) });
  return new Map(found.value.services.map((service) => [service.stageId, service]));
}

function stageOf(
  { serviceLevel, reviewDays }: SkuOfNetwork,
  site: Site,
  { service, shoppers }: { readonly service: StageService; readonly shoppers: StageService | undefined },
): StageOfSite {
  const { lane, feeds, own, demand, processingDays, unitValue } = site;
  const { serviceDays, inboundDays, netDays } = service;
  const covered = netDays === 0 ? 0 : demand(netDays).mean;
  // A hub that keeps nothing over its net days still orders what its sites need.
  const isStocked = keptOver(demand, Math.max(1, netDays), serviceLevel).isStocked;
  const forSites = isStocked ? covered + service.safetyStock : 0;
  const ownDays = feeds.length > 0 && own !== undefined ? (shoppers?.netDays ?? 0) : 0;
  const ownKept = ownDays > 0 && own !== undefined ? keptOver(own, ownDays, serviceLevel) : undefined;
  const forOwn = ownKept?.isStocked ? ownKept.demand.mean + ownKept.units : 0;
  const figures = {
    ...{ feeds, serviceDays, inboundDays, processingDays, netDays, demand, own, unitValue },
    ...(lane === undefined ? {} : { fedBy: lane.from, lane }),
    safetyStock: (isStocked ? service.safetyStock : 0) + (ownKept?.isStocked ? ownKept.units : 0),
    reorderAt: forSites + forOwn,
    keeps: feeds.length === 0 || own === undefined ? 0 : keptFor(own, serviceDays + reviewDays, serviceLevel),
  };
  const parts = { covered, kept: service.safetyStock, ownDays, ownKept, reviewDays, serviceLevel, isStocked };
  return { ...figures, reasons: stageReasons(figures, parts) };
}

function keptFor(own: DemandForecast, days: number, serviceLevel: number): number {
  const { demand, units, isStocked } = keptOver(own, days, serviceLevel);
  return isStocked ? Math.ceil(demand.mean + units) : 0;
}
