import { money } from '../../../kernel/money.ts';
import { dayAfter } from '../../../kernel/time.ts';
import { bestQuantity } from '../../policy/order-quantity.ts';
import type { PlanContext, SiteToPlan } from '../site-to-plan.ts';
import { fairShares } from './fair-shares.ts';
import { needOf, positionOf } from './plan-fed-site.ts';
import type { FeedLane, StageOfSite } from './stage.ts';

/** A site with its place in a network. */
export type StagedSite = SiteToPlan & { readonly stage: StageOfSite };

type FeedContext = Pick<PlanContext, 'day' | 'settings'>;

/**
 * The sites of one SKU after each hub has given to those that it feeds, the hubs next to the shoppers first. A site at
 * its reorder point or below is filled above it, by the quantity with the lowest cost of moves and holding. A hub that
 * has less than all of them want keeps what its own shoppers need until the next run, and shares the rest out
 * ({@link fairShares}). Pure; the order of the sites does not matter, and is kept.
 */
export function feedSites(sites: readonly StagedSite[], context: FeedContext): StagedSite[] {
  const now = new Map(sites.map((site) => [idOf(site), site]));
  for (const hubId of hubsFromBelow(sites)) {
    const hub = now.get(hubId);
    if (hub === undefined) continue;
    const fed = hub.stage.feeds.flatMap((id) => now.get(id) ?? []);
    let leaving = hub.leaving ?? 0;
    for (const { site, lane, units } of givenBy(hub, wishesOf(fed, context))) {
      const expectedOn = dayAfter(context.day, lane.days);
      const move = { fromWarehouseId: hubId, units, expectedOn, unitCost: lane.unitCost };
      now.set(idOf(site), { ...site, into: [...(site.into ?? []), move] });
      leaving += units;
    }
    const after = { ...hub, leaving };
    now.set(hubId, { ...after, owed: owedBy(after, now) });
  }
  return sites.map((site) => now.get(idOf(site)) ?? site);
}

const idOf = ({ history }: StagedSite): string => history.warehouseId;

/** The hubs of a SKU, each after those that it feeds. */
function hubsFromBelow(sites: readonly StagedSite[]): string[] {
  const feeds = new Map(sites.map(({ history, stage }) => [history.warehouseId, stage.feeds]));
  const order: string[] = [];
  const visit = (id: string) => {
    const below = feeds.get(id) ?? [];
    if (below.length === 0 || order.includes(id)) return;
    for (const each of below) visit(each);
    order.push(id);
  };
  for (const id of [...feeds.keys()].toSorted()) visit(id);
  return order;
}

/** Whole units that the sites which a hub feeds need above what is there and comes. */
function owedBy({ stage }: StagedSite, now: ReadonlyMap<string, StagedSite>): number {
  return stage.feeds.reduce((sum, id) => {
    const site = now.get(id);
    return site === undefined ? sum : sum + needOf(positionOf(site).position, site.stage.reorderAt);
  }, 0);
}

/** The sites with what each hub owes, when the moves of the run are known. */
export function withOwed(sites: readonly StagedSite[]): StagedSite[] {
  const now = new Map(sites.map((site) => [idOf(site), site]));
  for (const hubId of hubsFromBelow(sites)) {
    const hub = now.get(hubId);
    if (hub === undefined) continue;
    const owed = owedBy(hub, now);
    if (owed !== (hub.owed ?? 0)) now.set(hubId, { ...hub, owed });
  }
  return sites.map((site) => now.get(idOf(site)) ?? site);
}

interface FedWish {
  readonly site: StagedSite;
  readonly lane: FeedLane;
  readonly units: number;
}

function wishesOf(fed: readonly StagedSite[], { settings }: FeedContext): FedWish[] {
  return fed.flatMap((site): FedWish[] => {
    const { lane, reorderAt, demand, processingDays, inboundDays, unitValue } = site.stage;
    const { position } = positionOf(site);
    const need = needOf(position, reorderAt);
    if (lane === undefined || need === 0) return [];
    const days = inboundDays + processingDays;
    const demandPerDay = demand(days).mean / days;
    const costs = {
      ...{ demandPerDay, orderCost: lane.moveCost },
      holdingRatePerYear: settings.holdingPercentPerYear / 100,
      breaks: [{ fromUnits: 1, unitPrice: money(Math.max(1, unitValue.amountMinor), unitValue.currency) }],
    };
    const atMost = need + demandPerDay * settings.maxCoverDays;
    const { units } = bestQuantity(costs, { atLeast: need, atMost, fits: Math.ceil });
    return [{ site, lane, units: Math.min(units, lane.maxUnits ?? units) }];
  });
}

/** What a hub gives of what is wished: all of it, or a fair share of what it has. */
function givenBy({ stage, stock, leaving = 0 }: StagedSite, wishes: readonly FedWish[]): FedWish[] {
  const gives = Math.max(0, Math.floor(stock.available - leaving) - stage.keeps);
  if (wishes.reduce((sum, { units }) => sum + units, 0) <= gives) return [...wishes];
  const shares = fairShares(
    wishes.map(({ site, units }) => ({ id: idOf(site), units, position: positionOf(site).position })),
    gives,
  );
  return wishes.flatMap((wish) => {
    const units = shares.get(idOf(wish.site)) ?? 0;
    return units === 0 ? [] : [{ ...wish, units }];
  });
}
