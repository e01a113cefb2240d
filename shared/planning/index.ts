/**
 * The search for plans, a library of its own: which warehouse sends which line of a basket by which lane. What it
 * proves and under which conditions is in the `README.md` beside this file.
 */

export type { FoundPlan, Goal, Minimum, Offer, PlanProblem } from './plan-problem.ts';
export { MAX_EXACT_LINES, MAX_EXACT_WAREHOUSES, searchPlans } from './search-plans.ts';
