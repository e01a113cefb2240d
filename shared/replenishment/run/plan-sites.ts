import type { ReplenishmentSettings, Warehouse } from '../../catalogue/index.ts';
import { defined } from '../../kernel/defined.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { RatesInUse } from '../../rates/index.ts';
import type { StockOnHand } from '../policy/position.ts';
import { comparePrices } from '../purchasing/compare-prices.ts';
import type { DeliveryOutcome } from '../purchasing/scorecard.ts';
import type { Supplier } from '../purchasing/supplier.ts';
import type { UnitsBySupplier } from '../purchasing/units-in-year.ts';
import type { SignalStore } from '../signals/ports.ts';
import type { ChannelPlan } from './channels/channel-plan.ts';
import { compareChannels } from './channels/compare-channels.ts';
import { forecastBatch, signalsFrom } from './forecast-batch.ts';
import { feedBatch, oweBatch } from './hubs/feed-batch.ts';
import { hubLanes } from './hubs/hub-lanes.ts';
import { hubsWithoutSales, stagesOfBatch } from './hubs/stages-of-batch.ts';
import { inputProblems } from './input-problems.ts';
import type { ProfileOf } from './new-products/group-profile.ts';
import { planSite } from './plan-site.ts';
import { distinctProblems, type RunProblem } from './run-problem.ts';
import type { SiteHistory } from './site-history.ts';
import type { OpenAtSite, PlanContext, PlannedSite, SiteToPlan } from './site-to-plan.ts';
import { type MovableSite, type MoveDeps, type Moves, placeName, planMoves } from './transfers/plan-moves.ts';
import { type RunLane, transferLanes } from './transfers/transfer-lanes.ts';

export interface Place {
  readonly sku: string;
  readonly warehouseId: string;
}

/** Stock and open orders of a SKU at a site, as they are now. */
export interface AtSite {
  readonly stock: StockOnHand & { readonly inTransit: number };
  readonly open: readonly OpenAtSite[];
  /** Units that open transfer orders take to other warehouses, and that have not left. */
  readonly leaving: number;
}

export interface SitesDeps {
  readonly clock: () => Date;
  readonly settings: () => Promise<ReplenishmentSettings>;
  readonly suppliers: () => Promise<readonly Supplier[]>;
  readonly outcomesOf: (supplierId: string) => Promise<readonly DeliveryOutcome[]>;
  readonly rates: { current(): Promise<RatesInUse | undefined> };
  /** Units that were ordered of SKUs in the year before. */
  readonly unitsInYear: (skus: ReadonlySet<string>) => Promise<UnitsBySupplier>;
  /** In the order of the places. `leaving` is known of the warehouses to which the places name the SKU. */
  readonly atSites: (places: readonly Place[]) => Promise<readonly AtSite[]>;
  /** The warehouses that are planned. */
  readonly sites: () => Promise<readonly string[]>;
  readonly warehouses: () => Promise<readonly Warehouse[]>;
  readonly signals: Pick<SignalStore, 'endingFrom'>;
  readonly moves: MoveDeps;
  /** By which new products are forecast; without it, they have no forecast but their own. */
  readonly profileOf?: ProfileOf;
}

/** What a batch finds. */
interface PlannedSites {
  readonly sites: readonly PlannedSite[];
  /** By which ways the SKUs come to their markets; none if the settings don't ask for it. */
  readonly channels: readonly ChannelPlan[];
  readonly problems: readonly RunProblem[];
}

/**
 * Plans SKUs at sites: each for itself, or in its network of hubs, then what is moved between them, and then what is
 * left to buy for those that get something or give it; and compares the ways to their markets. All sites of a SKU have
 * to be among the lines.
 */
export async function planSites(
  deps: SitesDeps,
  day: CalendarDate,
  lines: readonly SiteHistory[],
): Promise<PlannedSites> {
  const [settings, suppliers, sites, warehouses] = await Promise.all([
    deps.settings(),
    deps.suppliers(),
    deps.sites(),
    deps.warehouses(),
  ]);
  const planned = new Set(sites);
  const { lanes, problems } = transferLanes(warehouses, settings, planned);
  const hubs = hubLanes(settings, lanes);
  const all = [...lines, ...hubsWithoutSales(lines, hubs.feeds)];
  const others = idlePlaces(all, lanes, settings.channels === undefined ? [] : sites);
  const atSites = await deps.atSites([...all, ...others]);
  const bySku = suppliersBySku(suppliers, new Set(lines.map(({ sku }) => sku)));
  const used = new Set([...bySku.values()].flat().map(({ supplierId }) => supplierId));
  const outcomes = new Map(
    await Promise.all([...used].map(async (id) => [id, await deps.outcomesOf(id)] as const)),
  );
  const now = deps.clock().toISOString();
  const [rates, ordered] = await Promise.all([deps.rates.current(), orderedInYear(deps, bySku)]);
  const context: PlanContext = {
    ...{ day, settings, now, sites: planned },
    pricesIn: (currency) => comparePrices(currency, { rates, now }),
    orderedOf: (sku) => ordered.get(sku) ?? new Map(),
    suppliersOf: (sku) => bySku.get(sku) ?? [],
    outcomesOf: (supplierId) => outcomes.get(supplierId) ?? [],
  };
  const signals = await deps.signals.endingFrom(signalsFrom(day, settings.historyDays));
  const given = inputProblems(lines, { day, signals });
  const forecastOf = forecastBatch(lines, { day, signals, ...defined({ profileOf: deps.profileOf }) });
  const alone = all.map((history, at): SiteToPlan => {
    const { stock, open, leaving } = atSites[at] ?? NOTHING;
    return { history, ...forecastOf(history), stock, open, leaving };
  });
  const staged = await stagesOfBatch(deps.moves, alone, { context, feeds: hubs.feeds });
  const toPlan = alone.map((site) => ({ ...site, ...defined({ stage: staged.stages.get(nameOf(site)) }) }));
  const idle = others.map((place, at) => ({ ...place, ...(atSites[all.length + at] ?? NOTHING) }));
  const moved = await moveStock(deps.moves, toPlan, { context, idle, lanes: hubs.others });
  const { plans: channels, problems: ofChannels } = await compareChannels(deps.moves, toPlan, {
    ...{ context, warehouses },
    idle: idle.map(({ sku, warehouseId, ...rest }) => ({ history: { sku, warehouseId }, ...rest })),
  });
  return {
    // A hub that sells nothing itself and feeds nothing of the SKU has no plan.
    sites: moved.sites.filter((_, at) => at < lines.length || toPlan[at]?.stage !== undefined),
    channels,
    problems: distinctProblems([
      ...problems,
      ...hubs.problems,
      ...given,
      ...staged.problems,
      ...moved.problems,
      ...ofChannels,
    ]),
  };
}

interface Moved {
  /** In the order of the sites that were given. */
  readonly sites: readonly PlannedSite[];
  readonly problems: readonly RunProblem[];
}

/** Hubs feed their sites, then units are moved by the other lanes, and then what is left is bought. */
async function moveStock(
  deps: MoveDeps,
  toPlan: readonly SiteToPlan[],
  {
    context,
    idle,
    lanes,
  }: {
    readonly context: PlanContext;
    readonly idle: readonly (Place & AtSite)[];
    readonly lanes: readonly RunLane[];
  },
): Promise<Moved> {
  const fed = feedBatch(toPlan, context);
  const before = fed.map((site) => planSite(site, context));
  const movable = [
    ...fed.map((site, at) => movableSite(site, before[at])),
    ...idle.map((place) => idleSite(place, place)),
  ].filter(({ warehouseId }) => context.sites.has(warehouseId));
  const moves = await planMoves(deps, movable, { day: context.day, lanes });
  const after = oweBatch(fed.map((site) => afterMoves(site, moves)));
  const sites = after.map((site, at) => {
    const known = site === fed[at] ? before[at] : undefined;
    const planned = known ?? planSite(site, context);
    const notMoved = moves.notMoved.get(nameOf(site));
    return notMoved === undefined ? planned : { ...planned, plan: { ...planned.plan, notMoved } };
  });
  return { sites, problems: moves.problems };
}

const nameOf = ({ history: { sku, warehouseId } }: SiteToPlan): string => placeName(sku, warehouseId);

/** Without a limited share, nothing depends on what was ordered before. */
async function orderedInYear(
  { unitsInYear }: SitesDeps,
  bySku: ReadonlyMap<string, readonly Supplier[]>,
): Promise<UnitsBySupplier> {
  const limited = [...bySku].filter(([, suppliers]) =>
    suppliers.some(({ shareLimitPercent }) => shareLimitPercent < 100),
  );
  return limited.length === 0 ? new Map() : unitsInYear(new Set(limited.map(([sku]) => sku)));
}

const NOTHING: AtSite = {
  ...{ stock: { available: 0, reserved: 0, quarantined: 0, inTransit: 0 }, open: [], leaving: 0 },
};

/** Where a SKU may lie although nothing of it was sold there: warehouses with a lane, and those that are named. */
function idlePlaces(
  lines: readonly SiteHistory[],
  lanes: readonly RunLane[],
  named: readonly string[],
): Place[] {
  const known = new Set(lines.map(({ sku, warehouseId }) => placeName(sku, warehouseId)));
  const ends = [...new Set([...lanes.flatMap(({ from, to }) => [from, to]), ...named])];
  return [...new Set(lines.map(({ sku }) => sku))].flatMap((sku) =>
    ends.flatMap((warehouseId) => (known.has(placeName(sku, warehouseId)) ? [] : [{ sku, warehouseId }])),
  );
}

const movableSite = (
  { history, stock, leaving = 0 }: SiteToPlan,
  planned: PlannedSite | undefined,
): MovableSite => ({
  ...{ sku: history.sku, warehouseId: history.warehouseId, available: stock.available - leaving },
  standing: planned?.standing,
  isIdle: history.firstDay === undefined && planned?.standing === undefined,
});

const idleSite = ({ sku, warehouseId }: Place, { stock, leaving }: AtSite): MovableSite => ({
  ...{ sku, warehouseId, available: stock.available - leaving, standing: undefined, isIdle: true },
});

/** A site with what comes and goes by the moves of the run; itself where nothing does. */
function afterMoves(site: SiteToPlan, moves: Moves): SiteToPlan {
  const [into, outOf] = [moves.into.get(nameOf(site)), moves.outOf.get(nameOf(site)) ?? 0];
  if (into === undefined && outOf === 0) return site;
  return {
    ...site,
    leaving: (site.leaving ?? 0) + outOf,
    into: [...(site.into ?? []), ...(into ?? [])],
  };
}

function suppliersBySku(
  suppliers: readonly Supplier[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly Supplier[]> {
  const bySku = new Map<string, Supplier[]>();
  for (const supplier of suppliers)
    for (const { sku } of supplier.offers)
      if (wanted.has(sku)) bySku.set(sku, [...(bySku.get(sku) ?? []), supplier]);
  return bySku;
}
