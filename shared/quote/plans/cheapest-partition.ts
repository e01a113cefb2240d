import type { LineSet } from './line-sets.ts';

/** A set of lines to be shared out among agents, each of which has a price for every set that it is given. */
export interface Partition<Found> {
  readonly universe: LineSet;
  readonly agents: number;
  /** Whether the price of a partition is the sum of its parts' or the highest of them. */
  readonly combined: 'sum' | 'highest';
  /** Never more than the exact price; infinite where the agent can't take the set. Not asked for the empty set. */
  least(agent: number, set: LineSet): number;
  /** The exact price, asked as rarely as can be; undefined where the agent can't take the set after all. */
  exact(agent: number, set: LineSet): { readonly price: number; readonly found: Found } | undefined;
  /** Asked before each exact price: whether another may still be computed. */
  mayGoOn(): boolean;
}

export interface Shared<Found> {
  readonly price: number;
  readonly parts: readonly { readonly agent: number; readonly set: LineSet; readonly found: Found }[];
  /** False when the search was stopped: then it is the best of what was looked at. */
  readonly isProved: boolean;
}

/**
 * The cheapest way to share the universe out, proved: prices begin as their lower bounds; the cheapest partition by
 * what is known is found by dynamic programming over subsets, its parts are priced exactly, and this goes on until
 * the cheapest partition has exact prices alone. No other can then be cheaper, since each is at least its bound.
 * Takes 3^n steps an agent a round, so that it is for a dozen lines. Undefined when there is no way at all.
 */
export function cheapestPartition<Found>(problem: Partition<Found>): Shared<Found> | undefined {
  const { universe, agents } = problem;
  const subsets = subsetsOf(universe);
  const prices = Array.from({ length: agents }, (_, agent) => {
    const own = new Float64Array(universe + 1).fill(Number.POSITIVE_INFINITY);
    own[0] = 0;
    for (const set of subsets) if (set !== 0) own[set] = problem.least(agent, set);
    return own;
  });
  const known = Array.from({ length: agents }, () => new Map<LineSet, Found>());
  const table = new PartitionTable(universe, subsets, prices, problem.combined);
  let best: Shared<Found> | undefined;
  for (let changed = 0; ; ) {
    table.update(changed);
    if (table.price === Number.POSITIVE_INFINITY) return best;
    const parts = table.parts();
    const open = parts.filter(({ agent, set }) => !known[agent]?.has(set));
    if (open.length === 0) return { price: table.price, parts: withFound(parts, known), isProved: true };
    changed = agents;
    for (const { agent, set } of open) {
      if (!problem.mayGoOn()) return best;
      const outcome = problem.exact(agent, set);
      const own = prices[agent];
      if (own === undefined) continue;
      own[set] = outcome?.price ?? Number.POSITIVE_INFINITY;
      if (outcome !== undefined) known[agent]?.set(set, outcome.found);
      changed = Math.min(changed, agent);
    }
    best = better(problem.combined, best, parts, prices, known);
  }
}

type Part = { readonly agent: number; readonly set: LineSet };

function withFound<Found>(parts: readonly Part[], known: readonly ReadonlyMap<LineSet, Found>[]) {
  return parts.flatMap(({ agent, set }) => {
    const found = known[agent]?.get(set);
    return found === undefined ? [] : [{ agent, set, found }];
  });
}

/** The parts that were priced just now, where they all could be and are the cheapest yet. */
function better<Found>(
  combined: 'sum' | 'highest',
  best: Shared<Found> | undefined,
  parts: readonly Part[],
  prices: readonly Float64Array[],
  known: readonly ReadonlyMap<LineSet, Found>[],
): Shared<Found> | undefined {
  const own = parts.map(({ agent, set }) => prices[agent]?.[set] ?? 0);
  const price = combined === 'sum' ? own.reduce((all, each) => all + each, 0) : Math.max(0, ...own);
  if (price === Number.POSITIVE_INFINITY || (best !== undefined && best.price <= price)) return best;
  return { price, parts: withFound(parts, known), isProved: false };
}

/** Every subset of the universe, the empty one included, in rising order. */
function subsetsOf(universe: LineSet): LineSet[] {
  const subsets: LineSet[] = [];
  for (let set = universe; ; set = (set - 1) & universe) {
    subsets.push(set);
    if (set === 0) return subsets.reverse();
  }
}

/** The cheapest partition of each subset among the first agents, agent by agent. */
class PartitionTable {
  readonly #universe: LineSet;
  readonly #subsets: readonly LineSet[];
  readonly #prices: readonly Float64Array[];
  readonly #totals: Float64Array[];
  readonly #choices: Int32Array[];

  readonly #combined: 'sum' | 'highest';

  constructor(
    universe: LineSet,
    subsets: readonly LineSet[],
    prices: readonly Float64Array[],
    combined: 'sum' | 'highest',
  ) {
    this.#combined = combined;
    this.#universe = universe;
    this.#subsets = subsets;
    this.#prices = prices;
    this.#totals = prices.map(() => new Float64Array(universe + 1));
    this.#choices = prices.map(() => new Int32Array(universe + 1));
  }

  get price(): number {
    return this.#totals.at(-1)?.[this.#universe] ?? Number.POSITIVE_INFINITY;
  }

  /** Computes anew from the first agent whose prices changed. */
  update(from: number): void {
    for (let agent = from; agent < this.#prices.length; agent += 1) {
      const [totals, choices, own] = [this.#totals[agent], this.#choices[agent], this.#prices[agent]];
      if (totals === undefined || choices === undefined || own === undefined) return;
      const before = this.#totals[agent - 1];
      const isLast = agent === this.#prices.length - 1;
      // Of the last agent only the whole universe is asked for.
      for (const set of isLast ? [this.#universe] : this.#subsets)
        fill(this.#combined, set, before, own, totals, choices);
    }
  }

  /** Who takes what in the cheapest partition; agents that take nothing are left out. */
  parts(): Part[] {
    const parts: Part[] = [];
    let left = this.#universe;
    for (let agent = this.#prices.length - 1; agent >= 0; agent -= 1) {
      const set = this.#choices[agent]?.[left] ?? 0;
      if (set !== 0) parts.push({ agent, set });
      left ^= set;
    }
    return parts.reverse();
  }
}

function fill(
  combined: 'sum' | 'highest',
  set: LineSet,
  before: Float64Array | undefined,
  own: Float64Array,
  totals: Float64Array,
  choices: Int32Array,
): void {
  if (before === undefined) {
    totals[set] = own[set] ?? 0;
    choices[set] = set;
    return;
  }
  let least = Number.POSITIVE_INFINITY;
  let choice = 0;
  // From the whole set down to none of it: among partitions that cost the same the fewest consignments come first.
  for (let part = set; ; part = (part - 1) & set) {
    const mine = own[part] as number;
    const theirs = before[set ^ part] as number;
    const price = combined === 'sum' ? mine + theirs : Math.max(mine, theirs);
    if (price < least) {
      least = price;
      choice = part;
    }
    if (part === 0) break;
  }
  totals[set] = least;
  choices[set] = choice;
}
