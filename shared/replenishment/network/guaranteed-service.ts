import { ok, type Result, refused } from '../../kernel/result.ts';
import { type SupplyArc, type SupplyProblem, type SupplyStage, supplyProblem } from './supply-tree.ts';

/** What a stage promises, and the safety stock that it keeps for it. */
export interface StageService {
  readonly stageId: string;
  /** The days within which it serves the stages and customers below it. */
  readonly serviceDays: number;
  /** The days within which it is served itself. */
  readonly inboundDays: number;
  /** The days that its stock has to bridge: inbound and processing less service. */
  readonly netDays: number;
  /** Units: the bound of the demand over the net days, with all stages below, and what a late outside asks for. */
  readonly safetyStock: number;
  readonly cost: number;
}

interface Tree {
  readonly stages: ReadonlyMap<string, SupplyStage>;
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
  /** The safety stock of a stage for its net days. */
  readonly kept: (stageId: string, netDays: number) => number;
  /** The longest time in which a stage can be replenished from outside. */
  readonly maxDays: ReadonlyMap<string, number>;
}

/**
 * The safety stocks of a tree of stages with the lowest holding cost: the guaranteed-service model of S. C. Graves and
 * S. P. Willems, "Optimizing Strategic Safety Stock Placement in Supply Chains", Manufacturing and Service Operations
 * Management 2(1), 2000. Each stage promises a service time to all stages below, and holds stock for the demand that it
 * bounds: the mean and `factor` deviations over its net replenishment time, or what `demandBound` says. Demands of
 * different stages are independent, so that the bounds of the stages below are joined by the root of the sum of their
 * squares (the same article, with the exponent 2). The best promises are found by dynamic programming over the tree,
 * from its leaves.
 */
export function guaranteedService(
  stages: readonly SupplyStage[],
  arcs: readonly SupplyArc[],
  factor: number,
): Result<{ readonly services: StageService[]; readonly cost: number }, SupplyProblem> {
  const problem = supplyProblem(stages, arcs);
  if (problem !== undefined) return refused(problem);
  const tree = treeOf(stages, arcs, factor);
  const chosen = new Map<string, Choice>();
  for (const { stageId } of stages) if (!chosen.has(stageId)) chooseFrom(tree, stageId, chosen);
  const services = stages.map(({ stageId }) => serviceOf(tree, stageId, chosen));
  return ok({ services, cost: services.reduce((sum, service) => sum + service.cost, 0) });
}

interface Choice {
  /** The service time and the inbound time. */
  readonly service: number;
  readonly inbound: number;
}

/**
 * The lowest cost of a branch, by the time of the stage at its end that the rest of the tree sees: its service time
 * where the rest is below it, its inbound time where the rest is above it.
 */
interface Branch {
  readonly stageId: string;
  readonly costs: Float64Array;
  /** The choice of the stage at each of those times. */
  readonly choices: readonly (Choice | undefined)[];
  readonly parts: Parts;
}

function chooseFrom(tree: Tree, root: string, chosen: Map<string, Choice>): void {
  const parts = branchesOf(tree, root, undefined);
  let best: { readonly cost: number; readonly choice: Choice } | undefined;
  for (const choice of choicesOf(tree, root)) {
    const cost = costOfChoice(tree, { stageId: root, choice, parts });
    if (best === undefined || cost < best.cost) best = { cost, choice };
  }
  if (best === undefined) throw new Error(`stage ${root} has no possible times`);
  settle(tree, { stageId: root, choice: best.choice, parts }, chosen);
}

interface Part {
  readonly stageId: string;
  readonly choice: Choice;
  readonly parts: Parts;
}

interface Parts {
  readonly above: readonly Branch[];
  readonly below: readonly Branch[];
}

function branchesOf(tree: Tree, stageId: string, except: string | undefined): Parts {
  const others = (ids: readonly string[] | undefined) => (ids ?? []).filter((id) => id !== except);
  return {
    above: others(tree.above.get(stageId)).map((id) =>
      branchOf(tree, id, { towards: stageId, seen: 'service' }),
    ),
    below: others(tree.below.get(stageId)).map((id) =>
      branchOf(tree, id, { towards: stageId, seen: 'inbound' }),
    ),
  };
}

interface Seen {
  readonly towards: string;
  readonly seen: 'service' | 'inbound';
}

function branchOf(tree: Tree, stageId: string, { towards, seen }: Seen): Branch {
  const parts = branchesOf(tree, stageId, towards);
  const longest = tree.maxDays.get(stageId) ?? 0;
  const costs = new Float64Array(longest + 1).fill(Number.POSITIVE_INFINITY);
  const choices: (Choice | undefined)[] = Array.from({ length: longest + 1 }, () => undefined);
  for (const choice of choicesOf(tree, stageId)) {
    const cost = costOfChoice(tree, { stageId, choice, parts });
    const at = choice[seen];
    if (cost < (costs[at] ?? 0)) {
      costs[at] = cost;
      choices[at] = choice;
    }
  }
  widen(costs, choices, seen);
  return { stageId, costs, choices, parts };
}

/**
 * A stage above may promise less time than the stage below counts with, and a stage below may count with more than it
 * is promised: a service time of at most, an inbound time of at least what is seen.
 */
function widen(costs: Float64Array, choices: (Choice | undefined)[], seen: Seen['seen']): void {
  const last = costs.length - 1;
  for (let step = 1; step <= last; step += 1) {
    const [at, from] = seen === 'service' ? [step, step - 1] : [last - step, last - step + 1];
    if ((costs[from] ?? 0) < (costs[at] ?? 0)) {
      costs[at] = costs[from] ?? 0;
      choices[at] = choices[from];
    }
  }
}

/** All pairs of times of a stage that leave no negative net time. */
function* choicesOf(tree: Tree, stageId: string): Generator<Choice> {
  const stage = tree.stages.get(stageId);
  if (stage === undefined) return;
  const { processingDays, externalServiceDays = 0, maxServiceDays } = stage;
  const longest = tree.maxDays.get(stageId) ?? 0;
  for (let inbound = externalServiceDays; inbound <= longest - processingDays; inbound += 1) {
    const most = Math.min(maxServiceDays ?? longest, inbound + processingDays);
    for (let service = 0; service <= most; service += 1) yield { service, inbound };
  }
}

function costOfChoice(tree: Tree, { stageId, choice, parts }: Part): number {
  let cost = ownCost(tree, stageId, choice);
  for (const { costs } of parts.above) cost += costs[Math.min(choice.inbound, costs.length - 1)] ?? 0;
  for (const { costs } of parts.below)
    cost += choice.service < costs.length ? (costs[choice.service] ?? 0) : Number.POSITIVE_INFINITY;
  return cost;
}

function ownCost(tree: Tree, stageId: string, { service, inbound }: Choice): number {
  const stage = tree.stages.get(stageId);
  if (stage === undefined) return 0;
  return stage.holdingCost * tree.kept(stageId, inbound + stage.processingDays - service);
}

function settle(tree: Tree, { stageId, choice, parts }: Part, chosen: Map<string, Choice>): void {
  chosen.set(stageId, choice);
  const into = (branch: Branch, time: number) => {
    const next = branch.choices[Math.min(time, branch.choices.length - 1)];
    if (next === undefined) throw new Error(`stage ${branch.stageId} has no times`);
    settle(tree, { stageId: branch.stageId, choice: next, parts: branch.parts }, chosen);
  };
  for (const branch of parts.above) into(branch, choice.inbound);
  for (const branch of parts.below) into(branch, choice.service);
}

function serviceOf(tree: Tree, stageId: string, chosen: ReadonlyMap<string, Choice>): StageService {
  const choice = chosen.get(stageId) ?? { service: 0, inbound: 0 };
  const processing = tree.stages.get(stageId)?.processingDays ?? 0;
  const netDays = choice.inbound + processing - choice.service;
  const safetyStock = tree.kept(stageId, netDays);
  return {
    stageId,
    serviceDays: choice.service,
    inboundDays: choice.inbound,
    netDays,
    safetyStock,
    cost: ownCost(tree, stageId, choice),
  };
}

function treeOf(stages: readonly SupplyStage[], arcs: readonly SupplyArc[], factor: number): Tree {
  const byId = new Map(stages.map((stage) => [stage.stageId, stage]));
  const above = new Map<string, string[]>();
  const below = new Map<string, string[]>();
  for (const { from, to } of arcs) {
    above.set(to, [...(above.get(to) ?? []), from]);
    below.set(from, [...(below.get(from) ?? []), to]);
  }
  const maxDays = new Map<string, number>();
  const longestOf = (id: string): number => {
    const stage = byId.get(id);
    const own = stage?.externalServiceDays ?? 0;
    const known = maxDays.get(id);
    const longest =
      known ??
      (stage?.processingDays ?? 0) + Math.max(own, ...(above.get(id) ?? []).map((each) => longestOf(each)));
    maxDays.set(id, longest);
    return longest;
  };
  for (const { stageId } of stages) longestOf(stageId);
  return { stages: byId, above, below, maxDays, kept: safetyStocks(byId, below, factor) };
}

/** The safety stock by stage and net days, each worked out once. */
function safetyStocks(
  stages: ReadonlyMap<string, SupplyStage>,
  below: ReadonlyMap<string, readonly string[]>,
  factor: number,
): Tree['kept'] {
  const known = new Map<string, number>();
  const squareOf = (id: string, days: number): number => {
    const name = `${days} ${id}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const { demandBound, demandDeviation = 0 } = stages.get(id) ?? {};
    const own = demandBound?.(days) ?? factor * demandDeviation * Math.sqrt(days);
    const square = (below.get(id) ?? []).reduce((sum, each) => sum + squareOf(each, days), own ** 2);
    known.set(name, square);
    return square;
  };
  return (id, days) =>
    Math.sqrt((days === 0 ? 0 : squareOf(id, days)) + (stages.get(id)?.lateUnits ?? 0) ** 2);
}
