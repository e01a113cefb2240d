import type { Offer, PlanProblem } from './plan-problem.ts';

/**
 * Puts lines together that the same warehouses have, until there are at most so many groups: what goes together in
 * most baskets, and the only cut that is made. Groups are only joined while some warehouse can send all of both; the
 * ones left over when none can are joined with nothing, and then there may be more.
 */
export function groupLines<O extends Offer>(
  { lineCount, canShip }: PlanProblem<O>,
  able: readonly number[],
  most: number,
): number[][] {
  const senders = (lines: readonly number[]) => able.filter((warehouse) => canShip(warehouse, lines));
  let groups = Array.from({ length: lineCount }, (_, line) => [line]);
  while (groups.length > most) {
    const pair = bestPair(groups, senders);
    if (pair === undefined) return groups;
    const [a, b] = pair;
    const joined = [...(groups[a] ?? []), ...(groups[b] ?? [])];
    groups = [...groups.filter((_, index) => index !== a && index !== b), joined];
  }
  return groups;
}

/** The two groups that lose the fewest warehouses by being joined, the smallest ones first. */
function bestPair(
  groups: readonly (readonly number[])[],
  senders: (lines: readonly number[]) => number[],
): [number, number] | undefined {
  const had = groups.map((group) => senders(group).length);
  let best: { pair: [number, number]; lost: number; size: number } | undefined;
  for (let a = 0; a < groups.length; a += 1) {
    for (let b = a + 1; b < groups.length; b += 1) {
      const joined = [...(groups[a] ?? []), ...(groups[b] ?? [])];
      const left = senders(joined).length;
      if (left === 0) continue;
      const lost = Math.max(had[a] ?? 0, had[b] ?? 0) - left;
      if (best === undefined || lost < best.lost || (lost === best.lost && joined.length < best.size))
        best = { pair: [a, b], lost, size: joined.length };
    }
  }
  return best?.pair;
}

/** The problem whose lines are the groups. */
export function groupedProblem<O extends Offer>(
  problem: PlanProblem<O>,
  groups: readonly (readonly number[])[],
): PlanProblem<O> {
  const cache = new Map<string, number[]>();
  const all = (wanted: readonly number[]) => {
    const key = wanted.join();
    const known = cache.get(key);
    if (known !== undefined) return known;
    const lines = wanted.flatMap((group) => groups[group] ?? []).toSorted((a, b) => a - b);
    cache.set(key, lines);
    return lines;
  };
  return {
    lineCount: groups.length,
    warehouses: problem.warehouses,
    canShip: (warehouse, wanted) => problem.canShip(warehouse, all(wanted)),
    offers: (warehouse, wanted, together) => problem.offers(warehouse, all(wanted), all(together)),
    least: (warehouse, wanted) => problem.least(warehouse, all(wanted)),
  };
}
