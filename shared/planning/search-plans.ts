import { latestOf, meetGoal, type Outcome } from './best-plans.ts';
import { exactFinder, roughFinder } from './find-plan.ts';
import { OfferBook } from './offer-book.ts';
import type { FoundPlan, FoundShipment, Goal, Offer, PlanProblem } from './plan-problem.ts';
import type { Assignment } from './price-assignment.ts';

/** Up to this number of lines the best plan is proved. */
export const MAX_EXACT_LINES = 12;
export const MAX_EXACT_WAREHOUSES = 10;

/**
 * The most consignments costed: all that ten warehouses in ten countries can send of twelve lines, 10 x (2^12 - 1),
 * fit. A consignment takes 10 to 50 microseconds.
 */
const MAX_COSTED = 41_000;
/**
 * The work of the heuristic, in lines of costed consignments: a consignment takes time by its lines. So a basket of 80
 * lines may cost 125 consignments, and one of 20 lines 500.
 */
const MAX_LINES_COSTED_ROUGHLY = 10_000;

/** The part of the allowance of consignments that is kept for later goals. */
const KEPT_PER_GOAL = 400;

export interface PlanSearchOptions {
  /** The most consignments costed. */
  readonly maxCosted?: number;
  /** A lower limit of work where proofs would take too long: lines of costed consignments. */
  readonly maxLinesCosted?: number;
  /** The most steps of proofs, for all goals; without it each goal has a budget of its own. */
  readonly maxSteps?: number;
  readonly maxExactLines?: number;
  readonly maxExactWarehouses?: number;
}

export interface PlanSearch<O extends Offer> {
  /** The best plan for each goal; a goal that no plan meets is left out. */
  readonly plans: readonly FoundPlan<O>[];
  /**
   * Whether all plans are proved to be the best, and the missing ones proved not to exist; otherwise a heuristic chose.
   */
  readonly exact: boolean;
  /** How many consignments were costed. */
  readonly costed: number;
  /** How many steps the proofs took. */
  readonly steps: number;
}

/**
 * The best plans of a basket: cheapest (then the earliest promise, then the fewest consignments), fastest (the last
 * consignment's promise, then cost), greenest (carbon, then cost), each among all services or one. Up to twelve lines
 * and ten warehouses the best is proved, unless that would mean costing too many consignments. Beyond, a heuristic
 * finds good plans. Deterministic. No plan is worse than any single warehouse that sends everything.
 */
export function searchPlans<O extends Offer>(
  problem: PlanProblem<O>,
  goals: readonly Goal[],
  options: PlanSearchOptions = {},
): PlanSearch<O> {
  const { maxExactLines = MAX_EXACT_LINES, maxExactWarehouses = MAX_EXACT_WAREHOUSES } = options;
  if (problem.lineCount === 0) return { plans: [], exact: true, costed: 0, steps: 0 };
  const able = usableWarehouses(problem);
  const isSmall = problem.lineCount <= maxExactLines && able.length <= maxExactWarehouses;
  const maxCosted = mostCosted(problem.lineCount, isSmall, options);
  const book = new OfferBook(problem);
  const found: Assignment[] = [];
  const maxSteps = options.maxSteps ?? Number.MAX_SAFE_INTEGER;
  const budget = { left: maxSteps };
  const finder = isSmall ? exactFinder(book, able, found, budget) : roughFinder(book, able, found);
  const outcomes = goals.map((goal, index): Outcome<O> => {
    const later = goals.length - 1 - index;
    const left = maxCosted - book.count;
    // The first goal is the plan that is chosen: it may take half of what is left.
    book.allow(left - Math.min(KEPT_PER_GOAL * later, left >> 1));
    return meetGoal(goal, finder(later));
  });
  const plans = goals.flatMap((goal, index) => {
    const { plan, isProved } = outcomes[index] as Outcome<O>;
    return plan === undefined ? [] : [asFound(goal, plan.shipments, isProved)];
  });
  const exact = outcomes.every(({ isProved }) => isProved);
  const steps = maxSteps - budget.left;
  return { plans: exact ? plans : crossed(goals, outcomes, plans), exact, costed: book.count, steps };
}

/** The most consignments that may be costed for all goals. */
function mostCosted(lineCount: number, isSmall: boolean, { maxCosted, maxLinesCosted }: PlanSearchOptions) {
  if (maxCosted !== undefined) return maxCosted;
  const byLines = (max: number) => Math.floor(max / lineCount);
  if (!isSmall) return byLines(MAX_LINES_COSTED_ROUGHLY);
  return maxLinesCosted === undefined ? MAX_COSTED : Math.min(MAX_COSTED, byLines(maxLinesCosted));
}

/** If a goal was met without proof, another goal's plan may be better for it: then that plan is taken. */
function crossed<O extends Offer>(
  goals: readonly Goal[],
  outcomes: readonly Outcome<O>[],
  plans: readonly FoundPlan<O>[],
): FoundPlan<O>[] {
  return goals.flatMap((goal, index) => {
    const own = plans.find((plan) => plan.goal === goal);
    if (outcomes[index]?.isProved === true) return own === undefined ? [] : [own];
    const best = plans
      .filter(({ shipments }) =>
        shipments.every(({ offer }) => (goal.service ?? offer.service) === offer.service),
      )
      .reduce((a: FoundPlan<O> | undefined, b) => (a === undefined || isBetter(goal, b, a) ? b : a), own);
    return best === undefined ? [] : [{ ...best, goal, isProved: false }];
  });
}

function isBetter<O extends Offer>({ objective }: Goal, a: FoundPlan<O>, b: FoundPlan<O>): boolean {
  const first =
    objective === 'fastest'
      ? a.latestMs - b.latestMs
      : objective === 'greenest'
        ? a.carbonGrams - b.carbonGrams
        : 0;
  return (first || a.costMinor - b.costMinor || a.latestMs - b.latestMs) < 0;
}

/** Warehouses that can send at least one line at all. */
function usableWarehouses<O extends Offer>({ warehouses, lineCount, canShip }: PlanProblem<O>): number[] {
  const lines = Array.from({ length: lineCount }, (_, line) => line);
  return warehouses.flatMap((_, warehouse) =>
    lines.some((line) => canShip(warehouse, [line])) ? [warehouse] : [],
  );
}

function asFound<O extends Offer>(
  goal: Goal,
  shipments: readonly FoundShipment<O>[],
  isProved: boolean,
): FoundPlan<O> {
  const offers = shipments.map(({ offer }) => offer);
  return {
    goal,
    shipments,
    costMinor: offers.reduce((all, { costMinor }) => all + costMinor, 0),
    latestMs: latestOf(shipments),
    carbonGrams: offers.reduce((all, { carbonGrams }) => all + carbonGrams, 0),
    isProved,
  };
}
