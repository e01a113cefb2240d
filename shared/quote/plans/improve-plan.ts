import { bestOffer, type CostedOffers, type Measure } from './costed-offers.ts';
import type { FoundShipment, Offer, PlanProblem } from './plan-problem.ts';

/** Which warehouse sends each line. */
type Assignment = readonly number[];

interface Costed<O extends Offer> {
  readonly assignment: Assignment;
  readonly shipments: readonly FoundShipment<O>[];
  readonly price: number;
}

/**
 * Makes a plan better by small steps until none helps: one line to another warehouse, or all that one warehouse sends
 * to another. The order of the steps is fixed, so that the same basket gets the same plan.
 */
export function improvePlan<O extends Offer>(
  problem: PlanProblem<O>,
  offers: CostedOffers<O>,
  able: readonly number[],
  measure: Measure,
  start: Assignment,
): Costed<O> | undefined {
  const first = costOf(problem, offers, measure, start);
  if (first === undefined) return undefined;
  let best: Costed<O> = first;
  for (let isBetter = true; isBetter && offers.mayGoOn(); ) {
    isBetter = false;
    for (const assignment of neighbours(problem, able, best.assignment)) {
      if (!offers.mayGoOn()) break;
      const next = costOf(problem, offers, measure, assignment);
      if (next === undefined || next.price >= best.price) continue;
      best = next;
      isBetter = true;
      break;
    }
  }
  return best;
}

function* neighbours<O extends Offer>(
  { canShip }: PlanProblem<O>,
  able: readonly number[],
  assignment: Assignment,
): Generator<Assignment> {
  const senders = [...new Set(assignment)];
  for (const from of senders)
    for (const to of able)
      if (to !== from) yield assignment.map((warehouse) => (warehouse === from ? to : warehouse));
  for (const [line, from] of assignment.entries())
    for (const to of able)
      if (to !== from && canShip(to, [line]))
        yield assignment.map((warehouse, index) => (index === line ? to : warehouse));
}

/** What an assignment costs, each consignment by its best lane; undefined when one can't be sent. */
function costOf<O extends Offer>(
  problem: PlanProblem<O>,
  offers: CostedOffers<O>,
  measure: Measure,
  assignment: Assignment,
): Costed<O> | undefined {
  const lines = assignment.map((_, line) => line);
  const country = (warehouse: number) => problem.warehouses[warehouse]?.country;
  const shipments: FoundShipment<O>[] = [];
  for (const warehouse of new Set(assignment)) {
    const own = lines.filter((line) => assignment[line] === warehouse);
    if (!problem.canShip(warehouse, own)) return undefined;
    const together = lines.filter((line) => country(assignment[line] ?? -1) === country(warehouse));
    const offer = bestOffer(offers.of(warehouse, own, together), measure);
    if (offer === undefined) return undefined;
    shipments.push({ warehouse, lines: own, together, offer });
  }
  const prices = shipments.map(({ offer }) => measure.of(offer));
  const price =
    measure.combined === 'sum' ? prices.reduce((all, each) => all + each, 0) : Math.max(...prices);
  return { assignment, shipments, price };
}
