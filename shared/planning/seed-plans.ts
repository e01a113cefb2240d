import type { Sender } from './line-prices.ts';
import type { Offer, PlanProblem } from './plan-problem.ts';
import type { Assignment } from './price-assignment.ts';

/** The most sets that warehouses are asked about while the search looks for one way to send everything. */
const MAX_ASKED = 20_000;

/**
 * Starting plans: each warehouse alone; as few warehouses as possible, of all and of each country; each line from its
 * cheapest warehouse. If none of them sends everything, a way is searched for.
 */
export function seedPlans<O extends Offer>(
  problem: PlanProblem<O>,
  able: readonly number[],
  senders: readonly (readonly Sender[])[],
): Assignment[] {
  if (senders.some((own) => own.length === 0)) return [];
  const all = senders.map((_, line) => line);
  const alone = able.filter((warehouse) => problem.canShip(warehouse, all));
  const byCountry = Map.groupBy(able, (warehouse) => problem.warehouses[warehouse]?.country);
  const seeds = [
    ...alone.map((warehouse) => all.map(() => warehouse)),
    fewestWarehouses(problem, able, senders),
    ...[...byCountry.values()].map((own) => fewestWarehouses(problem, own, senders)),
    minByLine(problem, senders),
  ].filter((seed) => seed !== undefined);
  if (seeds.length > 0) return seeds;
  const found = triedOut(problem, senders);
  return found === undefined ? [] : [found];
}

/** Repeatedly takes the warehouse that can send most of the remaining lines; the first one among equals. */
function fewestWarehouses<O extends Offer>(
  problem: PlanProblem<O>,
  able: readonly number[],
  senders: readonly (readonly Sender[])[],
): Assignment | undefined {
  let assignment: Assignment = senders.map(() => -1);
  while (assignment.includes(-1)) {
    let best: { readonly warehouse: number; readonly lines: readonly number[] } | undefined;
    for (const warehouse of able) {
      if (assignment.includes(warehouse)) continue;
      const lines: number[] = [];
      for (const [line, own] of senders.entries())
        if (assignment[line] === -1 && own.some((sender) => sender.warehouse === warehouse)) {
          if (problem.canShip(warehouse, [...lines, line])) lines.push(line);
        }
      if (lines.length > (best?.lines.length ?? 0)) best = { warehouse, lines };
    }
    if (best === undefined) return undefined;
    const { warehouse, lines } = best;
    assignment = assignment.map((each, line) => (lines.includes(line) ? warehouse : each));
  }
  return assignment;
}

/** Each line from its cheapest warehouse that can send it together with the lines assigned before. */
function minByLine<O extends Offer>(
  problem: PlanProblem<O>,
  senders: readonly (readonly Sender[])[],
): Assignment | undefined {
  const taken = new Map<number, number[]>();
  const assignment: number[] = [];
  for (const [line, own] of senders.entries()) {
    const sender = own.find(({ warehouse }) =>
      problem.canShip(warehouse, [...(taken.get(warehouse) ?? []), line]),
    );
    if (sender === undefined) return undefined;
    taken.set(sender.warehouse, [...(taken.get(sender.warehouse) ?? []), line]);
    assignment.push(sender.warehouse);
  }
  return assignment;
}

/** Some way to send everything when lines compete for warehouses: lines with the fewest senders first. */
function triedOut<O extends Offer>(
  problem: PlanProblem<O>,
  senders: readonly (readonly Sender[])[],
): Assignment | undefined {
  const order = senders.map((_, line) => line);
  order.sort((a, b) => (senders[a]?.length ?? 0) - (senders[b]?.length ?? 0) || a - b);
  const assignment = senders.map(() => -1);
  let asked = 0;
  const place = (index: number): boolean => {
    const line = order[index];
    if (line === undefined) return true;
    for (const { warehouse } of senders[line] ?? []) {
      asked += 1;
      if (asked > MAX_ASKED) return false;
      const own = order
        .filter((each) => each === line || assignment[each] === warehouse)
        .sort((a, b) => a - b);
      if (!problem.canShip(warehouse, own)) continue;
      assignment[line] = warehouse;
      if (place(index + 1)) return true;
      assignment[line] = -1;
    }
    return false;
  };
  return place(0) ? assignment : undefined;
}
