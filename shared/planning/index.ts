/**
 * The search for plans: which warehouse sends which line of a basket by which lane. `README.md` in this folder says
 * what it proves and under which conditions.
 */

export type { FoundPlan, Goal, Minimum, Offer, PlanProblem } from './plan-problem.ts';
export { MAX_EXACT_LINES, MAX_EXACT_WAREHOUSES, searchPlans } from './search-plans.ts';
