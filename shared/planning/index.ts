export type { FoundPlan, FoundShipment, Goal, Least, Objective, Offer, PlanProblem } from './plan-problem.ts';
export {
  MOST_EXACT_LINES,
  MOST_EXACT_WAREHOUSES,
  type PlanSearch,
  type PlanSearchOptions,
  searchPlans,
} from './search-plans.ts';
