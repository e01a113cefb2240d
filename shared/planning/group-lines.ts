import type { Sender } from './line-prices.ts';
import type { Offer, PlanProblem } from './plan-problem.ts';

type Group = readonly number[];

/**
 * Joins lines into groups until there are at most the given number: first lines with the same warehouses and the same
 * cheapest one, then those that lose the fewest warehouses. Some warehouse can send every group. Undefined if that
 * takes more groups.
 */
export function groupLines<O extends Offer>(
  problem: PlanProblem<O>,
  able: readonly number[],
  senders: readonly (readonly Sender[])[],
  max: number,
): Group[] | undefined {
  const sendersOf = (group: Group) => able.filter((warehouse) => problem.canShip(warehouse, group)).length;
  const lines = senders.map((_, line) => line);
  const alike = Map.groupBy(lines, (line) => {
    const own = (senders[line] ?? []).map(({ warehouse }) => warehouse);
    return `${own[0]}/${own.toSorted((a, b) => a - b)}`;
  });
  let groups = [...alike.values()].flatMap((group) => sendable(group, sendersOf));
  while (groups.length > max) {
    groups.sort((a, b) => a.length - b.length || (a[0] ?? 0) - (b[0] ?? 0));
    const pair = bestPair(groups, sendersOf);
    if (pair === undefined) return undefined;
    const [a, b] = pair;
    groups = [...groups.filter((_, index) => index !== a && index !== b), merged(groups[a], groups[b])];
  }
  return groups.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

/** The group, or its halves if no warehouse can send all of it. */
function sendable(group: Group, sendersOf: (group: Group) => number): Group[] {
  if (group.length < 2 || sendersOf(group) > 0) return [group];
  const middle = group.length >> 1;
  return [group.slice(0, middle), group.slice(middle)].flatMap((half) => sendable(half, sendersOf));
}

/** The smallest group that can be joined, with the partner that costs it the fewest senders. */
function bestPair(
  groups: readonly Group[],
  sendersOf: (group: Group) => number,
): [number, number] | undefined {
  for (const [a, first] of groups.entries()) {
    let best: { readonly index: number; readonly left: number } | undefined;
    for (const [b, second] of groups.entries()) {
      if (a === b) continue;
      const left = sendersOf(merged(first, second));
      if (left > (best?.left ?? 0)) best = { index: b, left };
    }
    if (best !== undefined) return [a, best.index];
  }
  return undefined;
}

const merged = (a: Group = [], b: Group = []): Group => [...a, ...b].sort((x, y) => x - y);

/** The problem with groups in place of lines; costs are kept in the book of the lines. */
export function groupedProblem<O extends Offer>(
  problem: PlanProblem<O>,
  groups: readonly Group[],
  offers: PlanProblem<O>['offers'],
): PlanProblem<O> {
  const known = new Map<string, number[]>();
  const all = (wanted: readonly number[]): number[] => {
    const name = wanted.join();
    const lines = known.get(name) ?? wanted.flatMap((group) => groups[group] ?? []).sort((a, b) => a - b);
    known.set(name, lines);
    return lines;
  };
  const { minByLane, bandOf } = problem;
  return {
    lineCount: groups.length,
    warehouses: problem.warehouses,
    canShip: (warehouse, wanted) => problem.canShip(warehouse, all(wanted)),
    offers: (warehouse, wanted, together) => offers(warehouse, all(wanted), all(together)),
    min: (warehouse, wanted, together) => problem.min(warehouse, all(wanted), together && all(together)),
    ...(minByLane === undefined
      ? {}
      : {
          minByLane: (warehouse, wanted, together) =>
            minByLane(warehouse, all(wanted), together && all(together)),
        }),
    ...(bandOf === undefined ? {} : { bandOf: (country, together) => bandOf(country, all(together)) }),
  };
}
