/** A stage of a supply network: a supplier, a hub or a site. Times are whole days. */
export interface SupplyStage {
  readonly stageId: string;
  /** Days that the stage itself takes, once everything from upstream is there. */
  readonly processingDays: number;
  /** What a unit of safety stock costs there for a unit of time. */
  readonly holdingCost: number;
  /** The days after which the outside supplies it; 0 if absent. */
  readonly externalServiceDays?: number | undefined;
  /** The longest time after which its own customers have to be served, if it has some. */
  readonly maxServiceDays?: number | undefined;
  /** The standard deviation of its own customers' demand on a day; 0 if absent. */
  readonly demandDeviation?: number | undefined;
  /**
   * The units above the mean that are covered of its own customers' demand over some days, from 1 on. It takes the
   * place of `demandDeviation` times the factor times the root of the days.
   */
  readonly demandBound?: ((days: number) => number) | undefined;
  /** Units that are kept besides for an outside that is late, in the same deviations; 0 if absent. */
  readonly lateUnits?: number | undefined;
}

/** Goods flow from one stage to another, a unit for a unit. */
export interface SupplyArc {
  readonly from: string;
  readonly to: string;
}

/** A network that can't be computed, by name. */
export interface SupplyProblem {
  readonly reason: 'cycle' | 'not-a-tree' | 'unknown-stage' | 'bad-figure';
  readonly detail: string;
}

/**
 * Why a network is no tree, or nothing: a cycle of goods, named by its stages; a stage that two ways lead to; a stage
 * that does not exist or is there twice; a time that is not whole.
 */
export function supplyProblem(
  stages: readonly SupplyStage[],
  arcs: readonly SupplyArc[],
): SupplyProblem | undefined {
  const ids = new Set(stages.map(({ stageId }) => stageId));
  if (ids.size < stages.length) return { reason: 'bad-figure', detail: 'a stage is listed twice' };
  const missing = arcs.flatMap(({ from, to }) => [from, to]).find((id) => !ids.has(id));
  if (missing !== undefined) return { reason: 'unknown-stage', detail: `no stage is called ${missing}` };
  const bad = stages.find((stage) => !isUsable(stage));
  if (bad !== undefined)
    return {
      reason: 'bad-figure',
      detail: `${bad.stageId} has a time that is not whole, or a figure below zero`,
    };
  const cycle = cycleIn(arcs);
  if (cycle !== undefined) return { reason: 'cycle', detail: `goods go in a circle: ${cycle.join(' to ')}` };
  const again = joinedTwice(arcs);
  if (again !== undefined)
    return { reason: 'not-a-tree', detail: `two ways join ${again.from} and ${again.to}` };
  return undefined;
}

function isUsable(stage: SupplyStage): boolean {
  const {
    processingDays,
    holdingCost,
    externalServiceDays = 0,
    maxServiceDays = 0,
    demandDeviation = 0,
    lateUnits = 0,
  } = stage;
  const times = [processingDays, externalServiceDays, maxServiceDays];
  return (
    times.every((days) => Number.isSafeInteger(days) && days >= 0) &&
    [holdingCost, demandDeviation, lateUnits].every((figure) => Number.isFinite(figure) && figure >= 0)
  );
}

/** The stages of a circle of goods, the first one again at the end; undefined if there is none. */
function cycleIn(arcs: readonly SupplyArc[]): string[] | undefined {
  const below = new Map<string, string[]>();
  for (const { from, to } of arcs) below.set(from, [...(below.get(from) ?? []), to]);
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (id: string): string[] | undefined => {
    const at = path.indexOf(id);
    if (at >= 0) return [...path.slice(at), id];
    if (done.has(id)) return undefined;
    path.push(id);
    for (const next of below.get(id) ?? []) {
      const found = visit(next);
      if (found !== undefined) return found;
    }
    path.pop();
    done.add(id);
    return undefined;
  };
  for (const id of below.keys()) {
    const found = visit(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first arc that joins two stages which others join already. */
function joinedTwice(arcs: readonly SupplyArc[]): SupplyArc | undefined {
  const groups = new Map<string, string>();
  const groupOf = (id: string): string => {
    let group = id;
    for (let next = groups.get(group); next !== undefined; next = groups.get(group)) group = next;
    return group;
  };
  return arcs.find(({ from, to }) => {
    const [a, b] = [groupOf(from), groupOf(to)];
    if (a !== b) groups.set(a, b);
    return a === b;
  });
}
