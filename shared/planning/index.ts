export type {
  FoundPlan,
  FoundShipment,
  Goal,
  Minimum,
  Objective,
  Offer,
  PlanProblem,
} from './plan-problem.ts';
export {
  MAX_EXACT_LINES,
  MAX_EXACT_WAREHOUSES,
  type PlanSearch,
  type PlanSearchOptions,
  searchPlans,
} from './search-plans.ts';
