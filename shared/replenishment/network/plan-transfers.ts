import { type PreparedSku, prepareSku } from './prepared-sku.ts';
import type { SkuNetwork, TransferLane } from './sku-network.ts';
import type { Solver } from './solver.ts';
import { starTransfers } from './star-transfers.ts';
import {
  bestTransfers,
  type NoPlan,
  type PlannedSku,
  type SharedCapacity,
  type SkuTransfers,
  type TransferPlan,
} from './transfer-programme.ts';
import { loadsOf, withinCapacity } from './transfer-repair.ts';

/** A plan of all SKUs. Amounts are expected minor units of the networks' currency, not whole. */
export interface NetworkPlan {
  readonly skus: readonly SkuTransfers[];
  readonly gainMinor: number;
  /** No plan can gain more than this. */
  readonly boundMinor: number;
  /** What the best plan could gain beyond this one at most, as a share of the bound: 0 to 1. */
  readonly gap: number;
  /** How often prices were set anew. */
  readonly rounds: number;
  /** What one unit of load into a site is worth where its capacity is short. */
  readonly pricesMinor: ReadonlyMap<string, number>;
}

/** The search ends when the bound is within this share of the plan. */
const CLOSE_ENOUGH = 1e-3;
/** Repairing a plan takes longer than a round, so that it is done after every third one only. */
const ROUNDS_A_REPAIR = 3;

/** How plans are searched. */
export interface PlanOptions {
  readonly solver: Solver;
  readonly capacity?: SharedCapacity;
  /** How often prices are set anew at most; 12 if absent. */
  readonly rounds?: number;
  /** Prices to begin with, such as those of the last plan. If absent, the margins of what did not fit at first. */
  readonly pricesMinor?: ReadonlyMap<string, number>;
  /** Whether a network with one source is planned without the solver; so if absent. */
  readonly starsWithoutSolver?: boolean;
}

type Prices = ReadonlyMap<string, number>;

/** Whether {@link planTransfers} needs its solver: a network can gain by a move, and has more than one source. */
export const needsSolver = (networks: readonly SkuNetwork[]): boolean =>
  networks.some((network) => {
    const { problem, lanes, centre } = prepareSku(network);
    return problem === undefined && lanes.length > 0 && centre === undefined;
  });

/**
 * The transfers of many SKUs that share the capacity of sites. Each SKU is a programme of its own; a price on the load
 * into each site stands for the capacity: Lagrangian relaxation with subgradient steps (M. L. Fisher, "The Lagrangian
 * Relaxation Method for Solving Integer Programming Problems", Management Science 27(1), 1981). Plans are repaired to
 * fit, and the best one is kept. The relaxed optimum bounds what any plan can gain. The search ends with a gap of a
 * thousandth, or after the given rounds with the gap that is left. A SKU without a plan is named, stays where it is,
 * and the others are planned.
 */
export function planTransfers(networks: readonly SkuNetwork[], options: PlanOptions): NetworkPlan {
  const { capacity = new Map(), rounds = 12 } = options;
  const skus = networks.map(prepareSku);
  let planned = skus.map((sku) => planSku(sku, options, new Map()));
  let best = withinCapacity(planned, capacity);
  let bestGain = totalGain(best.planned);
  let [bound, bestPrices]: [number, Prices] = [relaxedGain(planned, new Map(), capacity), new Map()];
  let step = 1;
  let round = 0;
  let next: Prices = options.pricesMinor ?? best.marginMinor;
  let prices: Prices = new Map();
  const isClose = () => bound - bestGain <= CLOSE_ENOUGH * Math.max(1, bound);
  while (round < rounds && !isClose()) {
    round += 1;
    planned = planned.map((each) =>
      isPriced(each.sku, prices, next) ? planSku(each.sku, options, next) : each,
    );
    prices = next;
    const relaxed = relaxedGain(planned, prices, capacity);
    if (relaxed < bound) [bound, bestPrices] = [relaxed, prices];
    else step /= 2;
    if (round % ROUNDS_A_REPAIR === 1 || round === rounds || isClose()) {
      const repaired = withinCapacity(planned, capacity);
      const gain = totalGain(repaired.planned);
      if (gain > bestGain) [best, bestGain] = [repaired, gain];
    }
    const excess = excessOf(planned, capacity);
    next = nextPrices(prices, excess, (step * (relaxed - bestGain)) / squares(excess));
  }
  bound = Math.max(bound, bestGain);
  return {
    skus: best.planned.map(({ sku, transfers, gainMinor, problem }) => ({
      ...{ network: sku.network, transfers, gainMinor, problem },
    })),
    ...{ gainMinor: bestGain, boundMinor: bound, rounds: round, pricesMinor: bestPrices },
    gap: bound <= 0 ? 0 : (bound - bestGain) / bound,
  };
}

/** Whether a way of the SKU that can bring a gain has another price. */
const isPriced = ({ lanes, network }: PreparedSku, before: Prices, after: Prices): boolean =>
  lanes.some((place) => {
    const to = network.lanes[place]?.to ?? '';
    return (before.get(to) ?? 0) !== (after.get(to) ?? 0);
  });

function planSku(sku: PreparedSku, options: PlanOptions, prices: Prices): PlannedSku {
  const stays = { sku, transfers: [], gainMinor: 0 };
  if (sku.problem !== undefined) return { ...stays, problem: { reason: 'bad-network', detail: sku.problem } };
  if (sku.lanes.length === 0) return stays;
  const price = ({ to }: TransferLane) => (prices.get(to) ?? 0) * sku.network.loadPerUnit;
  const isStar = (options.starsWithoutSolver ?? true) && sku.centre !== undefined;
  const plan: TransferPlan | NoPlan = isStar
    ? starTransfers(sku, price)
    : bestTransfers(sku, options.solver, price);
  return 'reason' in plan ? { ...stays, problem: plan } : { sku, ...plan };
}

const totalGain = (planned: readonly PlannedSku[]): number =>
  planned.reduce((sum, { gainMinor }) => sum + gainMinor, 0);

/** The gain of the relaxed plan: the SKUs' gains less the prices that they pay, and the whole capacity at its price. */
function relaxedGain(planned: readonly PlannedSku[], prices: Prices, capacity: SharedCapacity): number {
  let gain = totalGain(planned);
  for (const [siteId, excess] of excessOf(planned, capacity)) gain -= (prices.get(siteId) ?? 0) * excess;
  // The rounding and the tie-break of a lane's cost are below a thousandth of a minor unit.
  for (const { sku } of planned) for (const units of sku.givable) gain += 1e-3 * units;
  return gain;
}

/** The load into each limited site above its capacity; below zero where there is room. */
function excessOf(planned: readonly PlannedSku[], capacity: SharedCapacity): Map<string, number> {
  const loads = loadsOf(planned);
  return new Map([...capacity].map(([siteId, most]) => [siteId, (loads.get(siteId) ?? 0) - most]));
}

const squares = (excess: ReadonlyMap<string, number>): number =>
  Math.max(
    1e-12,
    [...excess.values()].reduce((sum, each) => sum + each ** 2, 0),
  );

function nextPrices(prices: Prices, excess: ReadonlyMap<string, number>, step: number): Map<string, number> {
  return new Map(
    [...excess].map(([siteId, load]) => [siteId, Math.max(0, (prices.get(siteId) ?? 0) + step * load)]),
  );
}
