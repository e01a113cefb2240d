import type { LineSet } from './line-sets.ts';

/**
 * Prices of every set of lines, zero for the empty one: exact or a lower bound. {@link Price} explains the two figures.
 */
export interface Prices {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly isExact: Uint8Array;
}

export function emptyPrices(size: number): Prices {
  const isExact = new Uint8Array(size);
  isExact[0] = 1;
  return { first: new Float64Array(size), second: new Float64Array(size), isExact };
}

/** What keeping and sorting one part of a set costs, in steps. */
const STEPS_A_PART = 20;

/** Steps taken, counted in sets examined, and whether the search must end. */
export interface Effort {
  steps: number;
  isSpent(): boolean;
}

/**
 * Makes an agent's price of a set exact, or at least as high as the limit: the search only needs to know that it is not
 * below.
 */
export type Refine = (agent: number, set: LineSet, first: number, second: number) => void;

const isBelow = (first: number, second: number, limitFirst: number, limitSecond: number) =>
  first < limitFirst || (first === limitFirst && second < limitSecond);

/** The lines to divide, and the agents. */
export interface Partition {
  /** Each agent's price of each set. */
  readonly own: readonly Prices[];
  /** All lines. */
  readonly universe: LineSet;
  readonly combined: 'sum' | 'latest';
  readonly refine: Refine;
  readonly effort: Effort;
}

/**
 * Divides sets of lines among agents at the lowest price. Prices begin as lower bounds and are made exact only if a
 * partition is still below the limit. For every agent and every set of lines, the lowest price of dividing the set
 * among this agent and the later ones is kept, as a bound or exact, so that nothing is proved twice.
 */
export class PartitionSearch {
  /** By agent. */
  readonly #own: readonly Prices[];
  /** For each agent, prices for it and the later ones; the last agent's are its own. */
  readonly #rest: Prices[];
  readonly #choice: Int32Array[];
  readonly #isSum: boolean;
  readonly #refine: Refine;
  readonly #effort: Effort;

  readonly #universe: LineSet;

  constructor({ own, universe, combined, refine, effort }: Partition) {
    this.#own = own;
    this.#universe = universe;
    this.#isSum = combined === 'sum';
    this.#refine = refine;
    this.#effort = effort;
    const size = universe + 1;
    // Memory is made, and cleared, for every set of every agent.
    effort.steps += size * own.length;
    this.#rest = own.map((prices, agent) => (agent === own.length - 1 ? prices : emptyPrices(size)));
    this.#choice = own.map(() => new Int32Array(size).fill(-1));
    for (let agent = own.length - 2; agent > 0; agent -= 1) this.#bound(agent);
  }

  /** The known lower bounds of dividing each set among all agents. */
  bounds(): Prices {
    if (this.#own.length > 1) this.#bound(0);
    return this.priceOfAll;
  }

  /** Prices of dividing sets among all agents. */
  get priceOfAll(): Prices {
    const all = this.#rest[0];
    if (all === undefined) throw new Error('there is nobody to share lines out to');
    return all;
  }

  /** Lower bounds of dividing sets among this agent and the later ones, from the bounds of the later ones. */
  #bound(agent: number): void {
    const [own, next, rest] = [this.#own[agent], this.#rest[agent + 1], this.#rest[agent]];
    if (own === undefined || next === undefined || rest === undefined) return;
    const universe = this.#universe;
    let steps = 0;
    for (let set = universe & -universe; set !== 0; set = (set - universe) & universe)
      steps += boundSet(set, own, next, rest, this.#isSum);
    this.#effort.steps += steps;
  }

  /**
   * Divides the set among this agent and the later ones below the limit. Afterwards the price is exact, or no partition
   * is below the limit. Returns whether one was found; if the effort is used up, it may not be the best.
   */
  solve(agent: number, set: LineSet, limitFirst: number, limitSecond: number): boolean {
    const [own, next, rest] = [this.#own[agent], this.#rest[agent + 1], this.#rest[agent]];
    if (own === undefined || rest === undefined) return false;
    const isBelowLimit = () =>
      isBelow(rest.first[set] as number, rest.second[set] as number, limitFirst, limitSecond);
    if (rest.isExact[set] === 1 || !isBelowLimit()) return isBelowLimit();
    if (next === undefined) {
      this.#refine(agent, set, limitFirst, limitSecond);
      return rest.isExact[set] === 1 && isBelowLimit();
    }
    let [bestFirst, bestSecond, best] = [limitFirst, limitSecond, -1];
    // The lowest of the prices that are not below the limit: the set's new bound if nothing is found.
    let [otherFirst, otherSecond] = [Number.POSITIVE_INFINITY, 0];
    for (const part of this.#partsBelow(own, next, set, limitFirst, limitSecond, (first, second) => {
      if (isBelow(first, second, otherFirst, otherSecond)) [otherFirst, otherSecond] = [first, second];
    })) {
      const isExact = this.#settle(agent, part, set ^ part, bestFirst, bestSecond);
      const first = this.#firstOf(own, next, part, set);
      const second = (own.second[part] as number) + (next.second[set ^ part] as number);
      if (isExact && isBelow(first, second, bestFirst, bestSecond))
        [bestFirst, bestSecond, best] = [first, second, part];
      else if (isBelow(first, second, otherFirst, otherSecond)) [otherFirst, otherSecond] = [first, second];
      if (this.#effort.isSpent()) break;
    }
    const isEnded = !this.#effort.isSpent();
    (this.#choice[agent] as Int32Array)[set] = best;
    if (best >= 0 || isEnded) {
      rest.first[set] = best >= 0 ? bestFirst : otherFirst;
      rest.second[set] = best >= 0 ? bestSecond : otherSecond;
    }
    if (isEnded && (best >= 0 || otherFirst === Number.POSITIVE_INFINITY)) rest.isExact[set] = 1;
    return best >= 0;
  }

  /**
   * Makes both sides exact, the more expensive one first, as long as their sum is below the limit. Here and below,
   * numbers are separate arguments: this runs for millions of sets, and an object for each would cost time.
   */
  // biome-ignore lint/complexity/useMaxParams: runs for every set of lines; an object for each call costs time
  #settle(agent: number, part: LineSet, left: LineSet, limitFirst: number, limitSecond: number): boolean {
    const [own, next] = [this.#own[agent] as Prices, this.#rest[agent + 1] as Prices];
    const settleOwn = () => {
      if (own.isExact[part] === 1) return;
      const [first, second] = this.#isSum
        ? [next.first[left] as number, next.second[left] as number]
        : [0, 0];
      this.#refine(agent, part, limitFirst - first, limitSecond - second);
    };
    const settleNext = () => {
      if (next.isExact[left] === 1) return;
      const [first, second] = this.#isSum ? [own.first[part] as number, own.second[part] as number] : [0, 0];
      this.solve(agent + 1, left, limitFirst - first, limitSecond - second);
    };
    const isOwnFirst = (own.first[part] as number) >= (next.first[left] as number);
    for (const settle of isOwnFirst ? [settleOwn, settleNext] : [settleNext, settleOwn]) {
      const first = this.#firstOf(own, next, part, part | left);
      const second = (own.second[part] as number) + (next.second[left] as number);
      if (!isBelow(first, second, limitFirst, limitSecond)) return false;
      settle();
      if (this.#effort.isSpent()) break;
    }
    return own.isExact[part] === 1 && next.isExact[left] === 1;
  }

  #firstOf(own: Prices, next: Prices, part: LineSet, set: LineSet): number {
    const [mine, theirs] = [own.first[part] as number, next.first[set ^ part] as number];
    return this.#isSum ? mine + theirs : Math.max(mine, theirs);
  }

  /** The parts of the set that the agent may take below the limit, the cheapest first; `other` receives the rest. */
  // biome-ignore lint/complexity/useMaxParams: runs for every set of lines; an object for each call costs time
  #partsBelow(
    own: Prices,
    next: Prices,
    set: LineSet,
    limitFirst: number,
    limitSecond: number,
    other: (first: number, second: number) => void,
  ): LineSet[] {
    const below: { readonly part: LineSet; readonly first: number; readonly second: number }[] = [];
    let steps = 0;
    for (let part = set; ; part = (part - 1) & set) {
      steps += 1;
      const first = this.#firstOf(own, next, part, set);
      const second = (own.second[part] as number) + (next.second[set ^ part] as number);
      if (isBelow(first, second, limitFirst, limitSecond)) below.push({ part, first, second });
      else other(first, second);
      if (part === 0) break;
    }
    // Each of these is an object, and they are sorted: that takes far longer than to look at a part.
    this.#effort.steps += steps + STEPS_A_PART * below.length;
    // Among equals the larger part first: that means fewer consignments, from the first agents.
    below.sort((a, b) => a.first - b.first || a.second - b.second || b.part - a.part);
    return below.map(({ part }) => part);
  }

  /** The part that each agent takes of a divided set; agents without a part are left out. */
  parts(set: LineSet): { readonly agent: number; readonly set: LineSet }[] {
    const parts: { readonly agent: number; readonly set: LineSet }[] = [];
    let left = set;
    for (let agent = 0; agent < this.#own.length && left !== 0; agent += 1) {
      const isLast = agent === this.#own.length - 1;
      const part = isLast ? left : ((this.#choice[agent] as Int32Array)[left] as number);
      if (part < 0) throw new Error('only what was shared out has parts');
      if (part !== 0) parts.push({ agent, set: part });
      left ^= part;
    }
    return parts;
  }
}

/** The lowest price of all ways to divide the set between an agent and the later ones. Returns the number of ways. */
// biome-ignore lint/complexity/useMaxParams: runs for every set of lines; an object for each call costs time
function boundSet(set: LineSet, own: Prices, next: Prices, rest: Prices, isSum: boolean): number {
  const { first: ownFirst, second: ownSecond } = own;
  const { first: nextFirst, second: nextSecond } = next;
  let first = Number.POSITIVE_INFINITY;
  let second = 0;
  let steps = 0;
  for (let part = set; ; part = (part - 1) & set) {
    const mine = ownFirst[part] as number;
    const theirs = nextFirst[set ^ part] as number;
    const both = isSum ? mine + theirs : Math.max(mine, theirs);
    steps += 1;
    if (both <= first && both !== Number.POSITIVE_INFINITY) {
      const also = (ownSecond[part] as number) + (nextSecond[set ^ part] as number);
      if (both < first || also < second) {
        first = both;
        second = also;
      }
    }
    if (part === 0) break;
  }
  rest.first[set] = first;
  rest.second[set] = second;
  return steps;
}
