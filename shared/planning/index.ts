/**
 * The search for plans, a library of its own: which warehouse sends which line of a basket by which lane. What it
 * proves and under which conditions is in the `README.md` beside this file.
 */

export type {
  /** A plan that was found for a goal, and whether it is proved to be the best. */
  FoundPlan,
  /** One consignment of a plan. */
  FoundShipment,
  /** What a plan shall be the best by. */
  Goal,
  /** A lower bound: what a consignment costs and emits at least, and the earliest promise. */
  Minimum,
  /** A way to send a consignment, with its whole cost. The caller's own offers come back in the plans. */
  Offer,
  /** What the search asks about a basket and its warehouses. */
  PlanProblem,
} from './plan-problem.ts';
export { MAX_EXACT_LINES, MAX_EXACT_WAREHOUSES, type PlanSearch, searchPlans } from './search-plans.ts';
