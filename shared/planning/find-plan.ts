import type { Finder } from './best-plans.ts';
import { BoundTables } from './bound-tables.ts';
import { LimitedEffort, searchExactly } from './exact-search.ts';
import { searchRoughly } from './heuristic-search.ts';
import { boundsOf, type OfferBook } from './offer-book.ts';
import type { Offer } from './plan-problem.ts';
import { byCost, isLess, type Measure, NEVER, type Price } from './price.ts';
import { type Assignment, assignmentOf, type PricedPlan, priceAssignment } from './price-assignment.ts';

/** Steps of proofs that a search may take, for all of its goals. A hundred million take most of a second. */
export interface StepBudget {
  left: number;
}

/** The most steps of one goal, where the budget has them. */
const MAX_STEPS_OF_GOAL = 100_000_000;

/** Consignments that the heuristic may cost after the proof took too many. */
const KEPT_FOR_HEURISTIC = 300;

/** The most dates that the heuristic tries before it minimises the promise itself. */
const MAX_DATES = 5;

/**
 * Makes finders that prove their results, each with its own effort. `found`: plans that goals start from; new plans are
 * added to it. `budget`: the steps for all goals.
 */
export function exactFinder<O extends Offer>(
  book: OfferBook<O>,
  able: readonly number[],
  found: Assignment[],
  budget: StepBudget,
): (laterGoals: number) => Finder<O> {
  const { problem } = book;
  const tables = new BoundTables(problem, able);
  const all = Array.from({ length: problem.lineCount }, (_, line) => line);
  for (const warehouse of able) if (problem.canShip(warehouse, all)) found.push(all.map(() => warehouse));
  return (laterGoals) => {
    // The first goal is the plan that is chosen: it may take half of what is left.
    const effort = new LimitedEffort(
      Math.min(MAX_STEPS_OF_GOAL, laterGoals === 0 ? budget.left : budget.left / 2),
    );
    return (measure, limit = NEVER) => {
      // The first pass of a proof can't be stopped: where no step is left, none begins.
      if (effort.isSpent()) return { plan: roughly({ book, able, measure, found }, limit), isProved: false };
      const before = effort.steps;
      const end = book.count + book.left;
      book.allow(book.left - Math.min(KEPT_FOR_HEURISTIC, book.left >> 1));
      const start = bestOf(book, measure, found, limit);
      const below = start?.price ?? limit;
      const { shipments, isProved } = searchExactly({ book, tables, measure, effort }, able, below);
      budget.left -= effort.steps - before;
      book.allow(end - book.count);
      const better =
        shipments && priceAssignment(book, measure, assignmentOf(problem.lineCount, shipments), below);
      const plan = better ?? start;
      if (better !== undefined) found.push(better.assignment);
      return isProved
        ? { plan, isProved }
        : { plan: roughly({ book, able, measure, found }, limit), isProved };
    };
  };
}

/** Makes finders without proof, for problems of any size. */
export function roughFinder<O extends Offer>(
  book: OfferBook<O>,
  able: readonly number[],
  found: Assignment[],
): () => Finder<O> {
  return () =>
    (measure, limit = NEVER) => {
      const end = book.count + book.left;
      // The earliest date answers only half of the goal, so the second half gets an allowance too.
      if (measure.combined === 'latest') book.allow(book.left >> 1);
      const plan =
        measure.combined === 'latest'
          ? soonest({ book, able, measure, found }, limit)
          : roughly({ book, able, measure, found }, limit);
      book.allow(end - book.count);
      if (plan !== undefined) found.push(plan.assignment);
      return { plan, isProved: false };
    };
}

/** The inputs of the heuristic. */
interface RoughSearch<O extends Offer> {
  readonly book: OfferBook<O>;
  readonly able: readonly number[];
  readonly measure: Measure;
  /** Plans that other goals found. */
  readonly found: readonly Assignment[];
}

function roughly<O extends Offer>(
  { book, able, measure, found }: RoughSearch<O>,
  limit: Price,
): PricedPlan<O> | undefined {
  const plan = searchRoughly(book, able, measure, found);
  return plan !== undefined && isLess(plan.price, limit) ? plan : undefined;
}

/** The first date with any plan at all. The heuristic finds it hard to improve towards a date step by step. */
function soonest<O extends Offer>(search: RoughSearch<O>, limit: Price): PricedPlan<O> | undefined {
  const { book, able, measure, found } = search;
  for (const date of datesOf(book, able, measure).slice(0, MAX_DATES)) {
    const inTime = byCost((offer) => measure.admits(offer) && offer.latestMs <= date);
    const plan = searchRoughly(book, able, inTime, found);
    if (plan !== undefined) return priceAssignment(book, measure, plan.assignment, limit);
  }
  return roughly(search, limit);
}

/** Possible dates for all lines, by the bounds of single lines, the earliest first. */
function datesOf<O extends Offer>(book: OfferBook<O>, able: readonly number[], measure: Measure): number[] {
  const { problem } = book;
  const byLine = Array.from({ length: problem.lineCount }, (_, line) =>
    able
      .filter((warehouse) => problem.canShip(warehouse, [line]))
      .flatMap((warehouse) => boundsOf(problem, warehouse, [line]))
      .filter((bound) => measure.admits(bound))
      .map(({ latestMs }) => latestMs),
  );
  const first = Math.max(...byLine.map((dates) => Math.min(...dates)));
  const dates = new Set(byLine.flat().filter((date) => date >= first && date !== Number.POSITIVE_INFINITY));
  return [...dates].sort((a, b) => a - b);
}

/** The best of the plans below the limit; the first one among equals. */
function bestOf<O extends Offer>(
  book: OfferBook<O>,
  measure: Measure,
  plans: readonly Assignment[],
  limit: Price,
): PricedPlan<O> | undefined {
  let best: PricedPlan<O> | undefined;
  for (const assignment of plans) {
    const plan = priceAssignment(book, measure, assignment, best?.price ?? limit);
    if (plan !== undefined) best = plan;
  }
  return best;
}
