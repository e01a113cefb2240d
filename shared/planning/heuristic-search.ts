import { BoundTables } from './bound-tables.ts';
import { LimitedEffort, searchExactly } from './exact-search.ts';
import { groupedProblem, groupLines } from './group-lines.ts';
import { improvePlan } from './improve-plan.ts';
import { type Sender, sendersOfLines } from './line-prices.ts';
import { OfferBook } from './offer-book.ts';
import type { Offer } from './plan-problem.ts';
import { isLess, type Measure, NEVER } from './price.ts';
import { type Assignment, type PricedPlan, priceAssignment } from './price-assignment.ts';
import { seedPlans } from './seed-plans.ts';

/** The most groups of lines, and the most warehouses, in the exact search over groups. */
const MAX_GROUPS = 8;
const MAX_WAREHOUSES = 10;

/** The most steps of that search. */
const MAX_STEPS = 20_000_000;

/** The most plans that are improved. */
const MAX_IMPROVED = 3;

/**
 * A good plan without proof. It collects starting plans, among them the best one for groups of lines, and improves the
 * best few step by step. `also`: plans that other goals found. Undefined when none sends everything.
 */
export function searchRoughly<O extends Offer>(
  book: OfferBook<O>,
  able: readonly number[],
  measure: Measure,
  also: readonly Assignment[],
): PricedPlan<O> | undefined {
  const senders = sendersOfLines(book.problem, able, measure);
  const seeds = [...also, ...seedPlans(book.problem, able, senders)];
  const started = priced(book, measure, seeds);
  const grouped = bestOfGroups({ book, able, senders, measure }, started[0]);
  const plans = grouped === undefined ? started : priced(book, measure, [grouped, ...seeds]);
  let best: PricedPlan<O> | undefined;
  for (const plan of plans.slice(0, MAX_IMPROVED)) {
    const improved = improvePlan(book, able, measure, plan);
    if (best === undefined || isLess(improved.price, best.price)) best = improved;
  }
  return best;
}

/** The plans that can be sent, the best first, without duplicates. */
function priced<O extends Offer>(
  book: OfferBook<O>,
  measure: Measure,
  seeds: readonly Assignment[],
): PricedPlan<O>[] {
  const each = new Map(seeds.map((seed) => [seed.join(), seed]));
  return [...each.values()]
    .flatMap((seed) => priceAssignment(book, measure, seed) ?? [])
    .sort((a, b) => a.price.first - b.price.first || a.price.second - b.price.second);
}

interface GroupSearch<O extends Offer> {
  readonly book: OfferBook<O>;
  readonly able: readonly number[];
  /** By line. */
  readonly senders: readonly (readonly Sender[])[];
  readonly measure: Measure;
}

/** The best plan that sends the lines of each group together, from the warehouses that are cheapest for most lines. */
function bestOfGroups<O extends Offer>(
  { book, able, senders, measure }: GroupSearch<O>,
  known: PricedPlan<O> | undefined,
): Assignment | undefined {
  if (senders.some((own) => own.length === 0)) return undefined;
  const near = nearest(able, senders, known?.assignment ?? []);
  const groups = groupLines(book.problem, near, senders, MAX_GROUPS);
  if (groups === undefined || groups.length < 2) return undefined;
  const problem = groupedProblem(book.problem, groups, (...asked) => book.of(...asked));
  const groupBook = new OfferBook(problem);
  groupBook.allow(book.left >> 1);
  const { shipments } = searchExactly(
    {
      book: groupBook,
      tables: new BoundTables(problem, near),
      measure,
      effort: new LimitedEffort(MAX_STEPS),
    },
    near,
    known?.price ?? NEVER,
  );
  if (shipments === undefined) return undefined;
  const assignment = senders.map(() => -1);
  for (const { warehouse, lines } of shipments)
    for (const group of lines) for (const line of groups[group] ?? []) assignment[line] = warehouse;
  return assignment;
}

/**
 * A choice among many warehouses: those of a known plan, those that are cheapest for some line, and the cheapest
 * overall. A line with only one warehouse keeps it.
 */
function nearest(
  able: readonly number[],
  senders: readonly (readonly Sender[])[],
  used: Assignment,
): readonly number[] {
  if (able.length <= MAX_WAREHOUSES) return able;
  const score = (warehouse: number) => {
    const ranks = senders.map((own) => own.findIndex((sender) => sender.warehouse === warehouse));
    const isOnly = senders.some((own) => own.length === 1 && own[0]?.warehouse === warehouse);
    const points = ranks.reduce((all, rank) => all + (rank < 0 ? 0 : 1 / (1 + rank)), 0);
    return points + (isOnly ? senders.length : 0) + (used.includes(warehouse) ? senders.length : 0);
  };
  const scored = able.map((warehouse) => ({ warehouse, points: score(warehouse) }));
  scored.sort((a, b) => b.points - a.points || a.warehouse - b.warehouse);
  return scored
    .slice(0, MAX_WAREHOUSES)
    .map(({ warehouse }) => warehouse)
    .sort((a, b) => a - b);
}
