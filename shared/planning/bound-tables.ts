import { type LineSet, listsOfSets } from './line-sets.ts';
import { type Bound, boundsOf } from './offer-book.ts';
import type { Offer, PlanProblem } from './plan-problem.ts';

/** Lower bounds of every consignment of a small problem, computed once for all goals. */
export class BoundTables {
  readonly lists: readonly (readonly number[])[];
  readonly #bounds = new Map<number, (readonly Bound[])[]>();

  constructor(problem: PlanProblem<Offer>, warehouses: readonly number[]) {
    this.lists = listsOfSets(problem.lineCount);
    const others = Map.groupBy(warehouses, (warehouse) => problem.warehouses[warehouse]?.country);
    for (const warehouse of warehouses) {
      const isOnly = others.get(problem.warehouses[warehouse]?.country)?.length === 1;
      const own: (readonly Bound[])[] = [[]];
      const isStocked = new Uint8Array(this.lists.length);
      for (let set = 1; set < this.lists.length; set += 1) {
        const lines = this.lists[set] ?? [];
        const can = this.#canShip(problem, isStocked, warehouse, set);
        isStocked[set] = can ? 1 : 0;
        own.push(can ? boundsOf(problem, warehouse, lines, isOnly ? lines : undefined) : []);
      }
      this.#bounds.set(warehouse, own);
    }
  }

  /** Empty if the warehouse can't send the set. */
  of(warehouse: number, set: LineSet): readonly Bound[] {
    return this.#bounds.get(warehouse)?.[set] ?? [];
  }

  /**
   * A set with a part that can't be sent can't be sent either, so the warehouse is not asked. A part without a bound
   * proves nothing: goods that are refused below a threshold may be sent above it.
   */
  #canShip(problem: PlanProblem<Offer>, isStocked: Uint8Array, warehouse: number, set: LineSet): boolean {
    const smaller = set & (set - 1);
    if (smaller !== 0 && isStocked[smaller] === 0) return false;
    return problem.canShip(warehouse, this.lists[set] ?? []);
  }
}
