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
import { forecastBatch, signalsFrom } from './forecast-batch.ts';
import { inputProblems } from './input-problems.ts';
import type { ProfileOf } from './new-products/group-profile.ts';
import {
  type OpenAtSite,
  type PlanContext,
  type PlannedSite,
  planSite,
  type SiteToPlan,
} from './plan-site.ts';
import { distinctProblems, type RunProblem } from './run-problem.ts';
import type { SiteHistory } from './site-history.ts';
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
  readonly warehouses: () => Promise<readonly Pick<Warehouse, 'warehouseId' | 'parent' | 'address'>[]>;
  readonly signals: Pick<SignalStore, 'endingFrom'>;
  readonly moves: MoveDeps;
  /** By which new products are forecast; without it, they have no forecast but their own. */
  readonly profileOf?: ProfileOf;
}

/**
 * Plans SKUs at sites: each for itself, then what is moved between them, and then what is left to buy for those that
 * get something or give it. All sites of a SKU have to be among the lines.
 */
export async function planSites(
  deps: SitesDeps,
  day: CalendarDate,
  lines: readonly SiteHistory[],
): Promise<{ readonly sites: readonly PlannedSite[]; readonly problems: readonly RunProblem[] }> {
  const [settings, suppliers, sites, warehouses] = await Promise.all([
    deps.settings(),
    deps.suppliers(),
    deps.sites(),
    deps.warehouses(),
  ]);
  const planned = new Set(sites);
  const { lanes, problems } = transferLanes(warehouses, settings, planned);
  const others = idlePlaces(lines, lanes);
  const atSites = await deps.atSites([...lines, ...others]);
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
  const toPlan = lines.map((history, at): SiteToPlan => {
    const { stock, open, leaving } = atSites[at] ?? NOTHING;
    return { history, ...forecastOf(history), stock, open, leaving };
  });
  const alone = toPlan.map((site) => planSite(site, context));
  const movable = [
    ...toPlan.map((site, at) => movableSite(site, alone[at])),
    ...others.map((place, at) => idleSite(place, atSites[lines.length + at] ?? NOTHING)),
  ].filter(({ warehouseId }) => planned.has(warehouseId));
  const moves = await planMoves(deps.moves, movable, { day, lanes });
  const plannedSites = toPlan.map((site, at) => afterMoves(site, alone[at], { moves, context }));
  return { sites: plannedSites, problems: distinctProblems([...problems, ...given, ...moves.problems]) };
}

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

/** Warehouses that could give a SKU, or have promised it, although nothing of it was sold there. */
function idlePlaces(lines: readonly SiteHistory[], lanes: readonly RunLane[]): Place[] {
  const known = new Set(lines.map(({ sku, warehouseId }) => placeName(sku, warehouseId)));
  const ends = [...new Set(lanes.flatMap(({ from, to }) => [from, to]))];
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

/** The plan of a site with what comes and goes by the moves of the run. */
function afterMoves(
  site: SiteToPlan,
  alone: PlannedSite | undefined,
  { moves, context }: { readonly moves: Moves; readonly context: PlanContext },
): PlannedSite {
  const name = placeName(site.history.sku, site.history.warehouseId);
  const [into, outOf] = [moves.into.get(name), moves.outOf.get(name) ?? 0];
  const isMoved = into !== undefined || outOf > 0;
  const leaving = (site.leaving ?? 0) + outOf;
  const planned =
    alone !== undefined && !isMoved ? alone : planSite({ ...site, leaving, into: into ?? [] }, context);
  const notMoved = moves.notMoved.get(name);
  return notMoved === undefined ? planned : { ...planned, plan: { ...planned.plan, notMoved } };
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
