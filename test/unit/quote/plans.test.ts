import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Goal, type Offer, type PlanProblem, searchPlans } from '../../../shared/quote/plans/index.ts';
import { bruteForce } from '../../builders/brute-force.ts';
import { type MadeUp, problemOf } from '../../builders/plan-problem.ts';

const madeUp = ({ lines, warehouses }: { lines: number; warehouses: number }): fc.Arbitrary<MadeUp> =>
  fc.integer({ min: 1, max: lines }).chain((count) =>
    fc.record({
      lines: fc.array(
        fc.record({
          value: fc.integer({ min: 1_00, max: 120_00 }),
          grams: fc.integer({ min: 50, max: 2_000 }),
          quantity: fc.constant(1),
        }),
        { minLength: count, maxLength: count },
      ),
      warehouses: fc.array(
        fc.record({
          country: fc.constantFrom('DE', 'CN', 'GB'),
          stock: fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: count, maxLength: count }),
          lanes: fc.array(
            fc.record({
              service: fc.constantFrom('economy', 'standard', 'express'),
              base: fc.integer({ min: 1_00, max: 12_00 }),
              perHalfKilogram: fc.integer({ min: 20, max: 4_00 }),
              days: fc.integer({ min: 1, max: 20 }),
              carbonPerKilogram: fc.integer({ min: 50, max: 9_000 }),
            }),
            { minLength: 1, maxLength: 2 },
          ),
        }),
        { minLength: 1, maxLength: warehouses },
      ),
      duty: fc
        .record({ CN: fc.constantFrom(0, 4, 12), GB: fc.constantFrom(0, 3) })
        .map((duty) => ({ ...duty })),
    }),
  );

const goals: readonly Goal[] = [
  { objective: 'cheapest' },
  { objective: 'fastest' },
  { objective: 'greenest' },
  { objective: 'cheapest', service: 'express' },
];

function figuresOf(problem: PlanProblem<Offer>, goal: Goal): readonly number[] | undefined {
  const { plans, exact } = searchPlans(problem, [goal]);
  expect(exact).toBe(true);
  const [plan] = plans;
  if (plan === undefined) return undefined;
  const { costMinor, latestMs, carbonGrams } = plan;
  if (goal.objective === 'cheapest') return [costMinor];
  return goal.objective === 'greenest' ? [carbonGrams, costMinor] : [latestMs, costMinor];
}

describe('the search for plans', () => {
  it.each(goals)('finds what brute force finds: $objective $service', (goal) => {
    fc.assert(
      fc.property(madeUp({ lines: 5, warehouses: 4 }), (given) => {
        const problem = problemOf(given);
        expect(figuresOf(problem, goal)).toEqual(bruteForce(problem, goal));
      }),
      { numRuns: 250 },
    );
  });

  it('finds what brute force finds over seven lines and four warehouses', () => {
    fc.assert(
      fc.property(madeUp({ lines: 7, warehouses: 4 }), (given) => {
        const problem = problemOf(given);
        expect(figuresOf(problem, { objective: 'cheapest' })).toEqual(
          bruteForce(problem, { objective: 'cheapest' }),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('sends every line exactly once, from a warehouse that has it', () => {
    fc.assert(
      fc.property(madeUp({ lines: 12, warehouses: 6 }), (given) => {
        const problem = problemOf(given);
        for (const { shipments } of searchPlans(problem, goals).plans) {
          expect(shipments.flatMap(({ lines }) => lines).toSorted((a, b) => a - b)).toEqual(
            given.lines.map((_, line) => line),
          );
          for (const { warehouse, lines } of shipments) expect(problem.canShip(warehouse, lines)).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('is never dearer than any one warehouse alone', () => {
    fc.assert(
      fc.property(madeUp({ lines: 12, warehouses: 6 }), (given) => {
        const problem = problemOf(given);
        const all = given.lines.map((_, line) => line);
        const alone = given.warehouses.flatMap((_, warehouse) =>
          problem.canShip(warehouse, all) ? problem.offers(warehouse, all, all) : [],
        );
        const found = searchPlans(problem, [{ objective: 'cheapest' }]).plans[0];
        for (const { costMinor } of alone) expect(found?.costMinor).toBeLessThanOrEqual(costMinor);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of lines or warehouses', () => {
    fc.assert(
      fc.property(madeUp({ lines: 8, warehouses: 5 }), (given) => {
        const turned: MadeUp = {
          ...given,
          lines: given.lines.toReversed(),
          warehouses: given.warehouses
            .toReversed()
            .map((warehouse) => ({ ...warehouse, stock: warehouse.stock.toReversed() })),
        };
        for (const goal of goals)
          expect(figuresOf(problemOf(turned), goal)).toEqual(figuresOf(problemOf(given), goal));
      }),
      { numRuns: 40 },
    );
  });

  it('beyond twelve lines it says that it is a heuristic, finds a plan where one warehouse has all, and is no dearer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 30 }), fc.integer({ min: 1, max: 12 }), (lines, warehouses) => {
        const given = large(lines, warehouses);
        const problem = problemOf(given);
        const { plans, exact } = searchPlans(problem, [{ objective: 'cheapest' }]);
        const all = given.lines.map((_, line) => line);
        expect(exact).toBe(false);
        for (const { costMinor } of problem.offers(0, all, all))
          expect(plans[0]?.costMinor).toBeLessThanOrEqual(costMinor);
      }),
      { numRuns: 25 },
    );
  });

  it('stopped before its time it says so, and still gives a plan', () => {
    // Bounds that say nothing make every plan look better than it is.
    const least = () => ({ costMinor: 0, latestMs: 0, carbonGrams: 0 });
    const problem = { ...problemOf(large(10, 4)), least };
    const { plans, exact } = searchPlans(problem, [{ objective: 'cheapest' }], 40);
    expect(exact).toBe(false);
    expect(plans).toHaveLength(1);
  });
});

/** The first warehouse has everything. */
function large(lines: number, warehouses: number): MadeUp {
  return {
    lines: Array.from({ length: lines }, (_, line) => ({
      value: 5_00 + ((line * 37_17) % 90_00),
      grams: 80 + ((line * 531) % 1500),
      quantity: 1,
    })),
    warehouses: Array.from({ length: warehouses }, (_, warehouse) => ({
      country: ['DE', 'CN', 'GB', 'PL', 'US', 'JP'][warehouse % 6] ?? 'DE',
      stock: Array.from({ length: lines }, (_, line) =>
        warehouse === 0 || (line + warehouse) % 3 > 0 ? 1 : 0,
      ),
      lanes: [
        {
          service: 'standard',
          base: 4_00 + warehouse * 35,
          perHalfKilogram: 90 + ((warehouse * 67) % 150),
          days: 3 + warehouse,
          carbonPerKilogram: 400,
        },
      ],
    })),
    duty: { CN: 12, GB: 3, US: 5, JP: 0 },
  };
}
