import type { SkuNetwork, TransferLane } from './sku-network.ts';
import { networkProblem, surplusOf } from './sku-network.ts';
import type { Solver } from './solver.ts';
import { centreOf, starTransfers } from './star-transfers.ts';
import {
  bestTransfers,
  type NoPlan,
  type SharedCapacity,
  type SkuTransfers,
  type TransferPlan,
} from './transfer-programme.ts';
import { withinCapacity } from './transfer-repair.ts';

/** A plan of all SKUs. Amounts are expected minor units of the networks' currency, not whole. */
export interface NetworkPlan {
  readonly skus: readonly SkuTransfers[];
  readonly gainMinor: number;
  /** No plan can gain more than this. */
  readonly boundMinor: number;
  /** What one unit of load into a site is worth where its capacity is short. */
  readonly pricesMinor: ReadonlyMap<string, number>;
}

/** The search ends when the bound is within this share of the plan. */
const CLOSE_ENOUGH = 1e-3;

/** How plans are searched. */
export interface PlanOptions {
  readonly solver: Solver;
  readonly capacity?: SharedCapacity;
  /** How often prices are set anew; 12 if absent. */
  readonly rounds?: number;
  /** Whether a network with one source is planned without the solver; so if absent. */
  readonly starsWithoutSolver?: boolean;
}

/**
 * The transfers of many SKUs that share the capacity of sites. Each SKU is a programme of its own; a price on the load
 * into each site stands for the capacity: Lagrangian relaxation with subgradient steps (M. L. Fisher, "The Lagrangian
 * Relaxation Method for Solving Integer Programming Problems", Management Science 27(1), 1981). Each round's plan is
 * repaired to fit, and the best one is kept. The relaxed optimum bounds what any plan can gain. A SKU without a plan is
 * named, stays where it is, and the others are planned.
 */
export function planTransfers(networks: readonly SkuNetwork[], options: PlanOptions): NetworkPlan {
  const { capacity = new Map(), rounds = 12 } = options;
  const solved = networks.map((network) => solveSku(network, options, new Map()));
  const repairedFirst = withinCapacity(solved, capacity);
  let best = repairedFirst;
  let bestGain = totalGain(best);
  let bound = relaxedGain(solved, new Map(), capacity);
  let prices = new Map<string, number>();
  let bestPrices = prices;
  let step = 1;
  for (let round = 0; round < rounds; round += 1) {
    const excess = excessOf(solved, capacity);
    const isTight = [...excess].some(([siteId, load]) => load > 1e-9 || (prices.get(siteId) ?? 0) > 0);
    if (!isTight || bound - bestGain <= CLOSE_ENOUGH * Math.max(1, bound)) break;
    const next = nextPrices(prices, excess, (step * (bound - bestGain)) / squares(excess));
    for (const [index, network] of networks.entries())
      if (network.lanes.some(({ to }) => next.get(to) !== prices.get(to)))
        solved[index] = solveSku(network, options, next);
    prices = next;
    const relaxed = relaxedGain(solved, prices, capacity);
    if (relaxed < bound) [bound, bestPrices] = [relaxed, prices];
    else step /= 2;
    const repaired = withinCapacity(solved, capacity);
    const gain = totalGain(repaired);
    if (gain > bestGain) [best, bestGain] = [repaired, gain];
  }
  return { skus: best, gainMinor: bestGain, boundMinor: Math.max(bound, bestGain), pricesMinor: bestPrices };
}

function solveSku(
  network: SkuNetwork,
  options: PlanOptions,
  prices: ReadonlyMap<string, number>,
): SkuTransfers {
  const problem = networkProblem(network);
  if (problem !== undefined)
    return { network, transfers: [], gainMinor: 0, problem: { reason: 'bad-network', detail: problem } };
  const price = ({ to }: TransferLane) => (prices.get(to) ?? 0) * network.loadPerUnit;
  const isStar = (options.starsWithoutSolver ?? true) && centreOf(network) !== undefined;
  const plan: TransferPlan | NoPlan = isStar
    ? starTransfers(network, price)
    : bestTransfers(network, options.solver, price);
  return 'reason' in plan ? { network, transfers: [], gainMinor: 0, problem: plan } : { network, ...plan };
}

const totalGain = (skus: readonly SkuTransfers[]): number =>
  skus.reduce((sum, { gainMinor }) => sum + gainMinor, 0);

/** The gain of the relaxed plan: the SKUs' gains less the prices that they pay, and the whole capacity at its price. */
function relaxedGain(
  skus: readonly SkuTransfers[],
  prices: ReadonlyMap<string, number>,
  capacity: SharedCapacity,
): number {
  let gain = totalGain(skus);
  for (const [siteId, excess] of excessOf(skus, capacity)) gain -= (prices.get(siteId) ?? 0) * excess;
  // The rounding and the tie-break of a lane's cost are below a thousandth of a minor unit.
  const givable = skus
    .flatMap(({ network }) => network.sites)
    .reduce((sum, site) => sum + surplusOf(site), 0);
  return gain + 1e-3 * givable;
}

/** The load into each limited site above its capacity; below zero where there is room. */
function excessOf(skus: readonly SkuTransfers[], capacity: SharedCapacity): Map<string, number> {
  const excess = new Map([...capacity].map(([siteId, most]) => [siteId, -most]));
  for (const { network, transfers } of skus)
    for (const { lane, units } of transfers) {
      const load = excess.get(lane.to);
      if (load !== undefined) excess.set(lane.to, load + units * network.loadPerUnit);
    }
  return excess;
}

const squares = (excess: ReadonlyMap<string, number>): number =>
  Math.max(
    1e-12,
    [...excess.values()].reduce((sum, each) => sum + each ** 2, 0),
  );

function nextPrices(
  prices: ReadonlyMap<string, number>,
  excess: ReadonlyMap<string, number>,
  step: number,
): Map<string, number> {
  return new Map(
    [...excess].map(([siteId, load]) => [siteId, Math.max(0, (prices.get(siteId) ?? 0) + step * load)]),
  );
}
