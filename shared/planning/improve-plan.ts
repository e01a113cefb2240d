import type { OfferBook } from './offer-book.ts';
import type { Offer } from './plan-problem.ts';
import type { Measure } from './price.ts';
import { type Assignment, type PricedPlan, priceAssignment } from './price-assignment.ts';

/**
 * The work of improving one plan, in lines of the plans that are compared; most comparisons need only the bounds. A
 * plan of 80 lines is compared with a thousand others.
 */
const MAX_LINES_TRIED = 80_000;

/**
 * Improves a plan step by step until no step helps. Steps: one warehouse's lines, or those that another has, move to
 * that other; one line moves to another warehouse; two lines swap warehouses. The order of steps is fixed, so that the
 * same basket gets the same plan.
 */
export function improvePlan<O extends Offer>(
  book: OfferBook<O>,
  able: readonly number[],
  measure: Measure,
  start: PricedPlan<O>,
): PricedPlan<O> {
  let best = start;
  let tried = 0;
  const maxTried = MAX_LINES_TRIED / book.problem.lineCount;
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const step of [handOvers, moves, swaps])
      for (const change of step(book.problem.lineCount, able)) {
        const assignment = change(best.assignment);
        if (assignment === undefined) continue;
        if (tried >= maxTried || !book.mayGoOn()) return best;
        tried += 1;
        const next = priceAssignment(book, measure, assignment, best.price);
        if (next === undefined) continue;
        best = next;
        isBetter = true;
      }
  }
  return best;
}

/** Undefined if it changes nothing. */
type Change = (assignment: Assignment) => Assignment | undefined;

function* handOvers(lineCount: number, able: readonly number[]): Generator<Change> {
  for (const from of able)
    for (const to of able) {
      if (from === to) continue;
      yield (assignment) =>
        assignment.includes(from) ? assignment.map((each) => (each === from ? to : each)) : undefined;
    }
  // First one half of the lines, then the other: some of the lines sent together stay together.
  for (const isLow of [true, false])
    for (const from of able)
      for (const to of able) {
        if (from === to) continue;
        yield (assignment) => {
          const own = Array.from({ length: lineCount }, (_, line) => line).filter(
            (line) => assignment[line] === from,
          );
          if (own.length < 3) return undefined;
          const half = own.filter((_, index) => index * 2 < own.length === isLow);
          return assignment.map((each, line) => (half.includes(line) ? to : each));
        };
      }
}

function* moves(lineCount: number, able: readonly number[]): Generator<Change> {
  for (let line = 0; line < lineCount; line += 1)
    for (const to of able)
      yield (assignment) => (assignment[line] === to ? undefined : assignment.with(line, to));
}

function* swaps(lineCount: number): Generator<Change> {
  for (let a = 0; a < lineCount; a += 1)
    for (let b = a + 1; b < lineCount; b += 1)
      yield (assignment) => {
        const [ofA, ofB] = [assignment[a] ?? -1, assignment[b] ?? -1];
        return ofA === ofB ? undefined : assignment.with(a, ofB).with(b, ofA);
      };
}
