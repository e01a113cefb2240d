import type { Product } from '../../../catalogue/index.ts';
import { money } from '../../../kernel/money.ts';
import { type CalendarDate, dayAfter } from '../../../kernel/time.ts';
import { pricedLanes } from '../../network/move-cost.ts';
import { needsSolver, planTransfers } from '../../network/plan-transfers.ts';
import type { SkuNetwork } from '../../network/sku-network.ts';
import type { Solver } from '../../network/solver.ts';
import { normalDemand } from '../../policy/demand-over-days.ts';
import { expectedMoney } from '../../policy/expected-money.ts';
import { goodsOfProduct } from '../goods-of-product.ts';
import type { RunProblem } from '../run-problem.ts';
import type { PlannedTransfer, Standing } from '../site-to-plan.ts';
import { laneCost, type Pricing } from './lane-cost.ts';
import type { RunLane } from './transfer-lanes.ts';

/** A SKU at a site, as moves see it. */
export interface MovableSite {
  readonly sku: string;
  readonly warehouseId: string;
  /** Units that can be sold there and were not promised to another warehouse. */
  readonly available: number;
  /** Undefined where nothing is known of the demand. */
  readonly standing: Standing | undefined;
  /** Whether nothing of it was sold there in the days that are read, so that all of it can be given. */
  readonly isIdle: boolean;
}

export interface MoveDeps {
  readonly products: (skus: readonly string[]) => Promise<readonly Product[]>;
  readonly pricing: (day: CalendarDate) => Promise<Pricing>;
  /** Loads the solver. Asked only if a network needs it. */
  readonly solver: () => Promise<Solver>;
}

/** What a batch moves. */
export interface Moves {
  readonly into: ReadonlyMap<string, readonly PlannedTransfer[]>;
  readonly outOf: ReadonlyMap<string, number>;
  /** By the place of the need: why nothing is moved there. */
  readonly notMoved: ReadonlyMap<string, string>;
  readonly problems: readonly RunProblem[];
}

/** The name of a SKU at a warehouse. */
export const placeName = (sku: string, warehouseId: string): string => `${sku}@${warehouseId}`;

interface Candidate {
  readonly sku: string;
  readonly due: readonly (MovableSite & { readonly standing: Standing })[];
  readonly givers: readonly MovableSite[];
  readonly lanes: readonly RunLane[];
}

/**
 * What a run moves between warehouses, SKU by SKU: to those at their reorder point or below, from those above it. A
 * warehouse never comes to its own reorder point by giving, so that no move makes a purchase. A unit moves if its
 * expected margin there is more than here by the landed cost of the move. What can't be planned is named, and the
 * others are planned.
 */
export async function planMoves(
  deps: MoveDeps,
  sites: readonly MovableSite[],
  { day, lanes }: { readonly day: CalendarDate; readonly lanes: readonly RunLane[] },
): Promise<Moves> {
  const candidates = candidatesOf(sites, lanes);
  const [into, outOf] = [new Map<string, PlannedTransfer[]>(), new Map<string, number>()];
  const notMoved = new Map<string, string>();
  const problems: RunProblem[] = [];
  if (candidates.length === 0) return { into, outOf, notMoved, problems };
  const pricing = await deps.pricing(day);
  const stored = await deps.products(candidates.map(({ sku }) => sku));
  const products = new Map(stored.map((product) => [product.sku, product]));
  const networks = candidates.flatMap((candidate): SkuNetwork[] => {
    const made = networkOf(candidate, products.get(candidate.sku), pricing);
    problems.push(...made.problems);
    if (made.network !== undefined) return [made.network];
    for (const { warehouseId } of candidate.due)
      notMoved.set(placeName(candidate.sku, warehouseId), made.detail);
    return [];
  });
  const solver = needsSolver(networks) ? await loadedSolver(deps.solver, problems) : NO_SOLVER;
  const planned = planTransfers(networks, { solver });
  for (const { network, transfers, problem } of planned.skus) {
    const { sku, currency } = network;
    if (problem !== undefined) {
      problems.push({ code: 'transfer-not-planned', subject: sku, detail: problem.detail });
      const { due } = candidates.find((each) => each.sku === sku) ?? { due: [] };
      for (const { warehouseId } of due) notMoved.set(placeName(sku, warehouseId), problem.detail);
    }
    for (const { lane, units } of transfers) {
      const [from, to] = [placeName(sku, lane.from), placeName(sku, lane.to)];
      const days = lanes.find((each) => each.from === lane.from && each.to === lane.to)?.days ?? 0;
      const unitCost = expectedMoney(money(1, currency), lane.unitCostMinor);
      const move = { fromWarehouseId: lane.from, units, expectedOn: dayAfter(day, days), unitCost };
      into.set(to, [...(into.get(to) ?? []), move]);
      outOf.set(from, (outOf.get(from) ?? 0) + units);
    }
  }
  return { into, outOf, notMoved, problems };
}

function candidatesOf(sites: readonly MovableSite[], lanes: readonly RunLane[]): Candidate[] {
  return [...Map.groupBy(sites, ({ sku }) => sku)].flatMap(([sku, own]): Candidate[] => {
    const due = own.flatMap((site) => (isDue(site) ? [site] : []));
    const givers = own.filter((site) => keptOf(site) < Math.floor(site.available));
    const [gives, takes] = [new Set(givers.map(idOf)), new Set(due.map(idOf))];
    const useful = lanes.filter(({ from, to }) => gives.has(from) && takes.has(to));
    return useful.length === 0 ? [] : [{ sku, due, givers, lanes: useful }];
  });
}

const idOf = ({ warehouseId }: MovableSite): string => warehouseId;

const isDue = (site: MovableSite): site is MovableSite & { readonly standing: Standing } =>
  site.standing !== undefined &&
  site.standing.demand.mean > 0 &&
  site.standing.position <= site.standing.reorderAt;

/** Units that never leave: one more than the reorder point, all of it where the demand is unknown. */
function keptOf({ standing, isIdle, available }: MovableSite): number {
  if (standing === undefined) return isIdle ? 0 : Math.max(0, available);
  return standing.position <= standing.reorderAt
    ? Math.max(0, available)
    : Math.floor(standing.reorderAt) + 1;
}

type Made =
  | { readonly network: SkuNetwork; readonly problems: readonly RunProblem[] }
  | { readonly network?: undefined; readonly detail: string; readonly problems: readonly RunProblem[] };

function networkOf(candidate: Candidate, product: Product | undefined, pricing: Pricing): Made {
  const { sku, due, givers } = candidate;
  if (product === undefined)
    return { detail: `no product ${sku} is stored: its weight and its code are unknown`, problems: [] };
  const [base] = product.prices;
  if (base === undefined) throw new Error(`the product ${sku} has a price`);
  const { currency } = base;
  const price = money(base.amount, currency);
  const bought = [...due, ...givers].find(({ standing }) => standing?.unitCost !== undefined)?.standing
    ?.unitCost;
  const unitCost = bought === undefined ? undefined : pricing.convert(bought, currency);
  const margin = Math.max(0, price.amountMinor - (unitCost?.amountMinor ?? 0));
  const goods = goodsOfProduct(product, { day: pricing.date });
  const wanted = candidate.lanes.map(({ from, to, maxUnits }) => ({
    ...{ from, to, maxUnits, usualUnits: usualUnits(candidate, from, to) },
  }));
  const priced = pricedLanes(wanted, ({ from, to, usualUnits: units }) => {
    const lane = candidate.lanes.find((each) => each.from === from && each.to === to);
    if (lane === undefined) throw new Error('a lane that is priced is one of the candidate');
    return laneCost(lane, { goods, units, unitValue: unitCost ?? price }, { ...pricing, currency });
  });
  const problems = priced.problems.map(({ lane, detail }): RunProblem => {
    const subject = `${lane.from} ${lane.to}`;
    return { code: 'lane-not-priced', subject, detail: `${sku}: ${detail}` };
  });
  if (priced.lanes.length === 0) return { detail: problems[0]?.detail ?? 'no lane has a price', problems };
  const sites = [
    ...due.map(({ warehouseId, standing }) => ({
      ...{ siteId: warehouseId, stock: Math.max(0, Math.floor(standing.position)), safetyStock: 0 },
      ...{ demand: standing.demand, unitMarginMinor: margin },
    })),
    ...givers.map((site) => ({
      ...{ siteId: site.warehouseId, stock: Math.floor(site.available), safetyStock: keptOf(site) },
      ...{ demand: site.standing?.demand ?? normalDemand(0, 0), unitMarginMinor: margin },
    })),
  ];
  return { network: { sku, currency, sites, lanes: priced.lanes, loadPerUnit: 1 }, problems };
}

/** The size of a move: what is needed there, or what can be given here if that is less. */
function usualUnits({ due, givers }: Candidate, from: string, to: string): number {
  const taker = due.find(({ warehouseId }) => warehouseId === to)?.standing;
  const giver = givers.find(({ warehouseId }) => warehouseId === from);
  const need = taker === undefined ? 1 : Math.ceil(taker.reorderAt - taker.position);
  const surplus = giver === undefined ? 1 : Math.floor(giver.available - keptOf(giver));
  return Math.max(1, Math.min(need, surplus));
}

const NO_SOLVER: Solver = {
  solve: () => ({ kind: 'none', status: 'stopped', detail: 'the solver could not be loaded' }),
};

/** The solver; one that finds nothing where it can't be loaded, and a failure of one programme is that programme's. */
async function loadedSolver(load: MoveDeps['solver'], problems: RunProblem[]): Promise<Solver> {
  const failed = (error: unknown) => (error instanceof Error ? error.message : String(error));
  try {
    const solver = await load();
    return {
      solve(programme) {
        try {
          return solver.solve(programme);
        } catch (error) {
          return { kind: 'none', status: 'stopped', detail: `the solver failed: ${failed(error)}` };
        }
      },
    };
  } catch (error) {
    const detail = `the solver could not be loaded: ${failed(error)}`;
    problems.push({ code: 'solver-failed', subject: 'transfers', detail });
    return NO_SOLVER;
  }
}
