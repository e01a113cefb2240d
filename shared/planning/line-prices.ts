import { boundsOf } from './offer-book.ts';
import type { Offer, PlanProblem } from './plan-problem.ts';
import { type Measure, minPrice, type Price } from './price.ts';

/** A warehouse that can send a line, with the lower bound of the line alone. */
export interface Sender {
  readonly warehouse: number;
  readonly price: Price;
}

/** The warehouses that can send each line alone, the cheapest first. */
export function sendersOfLines<O extends Offer>(
  problem: PlanProblem<O>,
  able: readonly number[],
  measure: Measure,
): readonly (readonly Sender[])[] {
  return Array.from({ length: problem.lineCount }, (_, line) =>
    able
      .filter((warehouse) => problem.canShip(warehouse, [line]))
      .map((warehouse) => ({
        warehouse,
        price: minPrice(boundsOf(problem, warehouse, [line]), measure),
      }))
      .filter(({ price }) => price.first !== Number.POSITIVE_INFINITY)
      .sort(
        (a, b) =>
          a.price.first - b.price.first || a.price.second - b.price.second || a.warehouse - b.warehouse,
      ),
  );
}
