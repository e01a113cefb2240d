import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Goal, type Offer, type PlanProblem, searchPlans } from '../../../shared/planning/index.ts';
import { bruteForce } from '../../builders/brute-force.ts';
import type { MadeUp } from '../../builders/plan-problem.ts';
import {
  type Closeness,
  madeUpNetwork,
  nearEqualNetwork,
  planSearchProblem,
} from '../../builders/plan-search-problem.ts';

const goals: readonly Goal[] = [
  { objective: 'cheapest' },
  { objective: 'fastest' },
  { objective: 'greenest' },
  { objective: 'cheapest', service: 'express' },
  { objective: 'fastest', service: 'economy' },
];

/** The bounds of a search. They are exact or far below, and by lane and value band or not. */
const reported: fc.Arbitrary<Closeness> = fc.record({
  costPerMille: fc.constantFrom(1000, 900, 500, 0),
  isInformed: fc.boolean(),
});

function figuresOf(problem: PlanProblem<Offer>, goal: Goal): readonly number[] | undefined {
  const { plans, exact } = searchPlans(problem, [goal]);
  expect(exact).toBe(true);
  const [plan] = plans;
  if (plan === undefined) return undefined;
  const { costMinor, latestMs, carbonGrams } = plan;
  if (goal.objective === 'cheapest') return [costMinor];
  return goal.objective === 'greenest' ? [carbonGrams, costMinor] : [latestMs, costMinor];
}

/** The problem with only the offers that are promised by that time. */
const promisedBy = (problem: PlanProblem<Offer>, latest: number): PlanProblem<Offer> => ({
  ...problem,
  offers: (...asked) => problem.offers(...asked).filter(({ latestMs }) => latestMs <= latest),
});

describe('the search for plans', () => {
  it.each(goals)('finds the plan that a search of all plans finds: $objective $service', (goal) => {
    fc.assert(
      fc.property(madeUpNetwork({ lines: 5, warehouses: 4 }), reported, (given, closeness) => {
        const problem = planSearchProblem(given, closeness);
        expect(figuresOf(problem, goal)).toEqual(bruteForce(problem, goal));
      }),
      { numRuns: 200 },
    );
  });

  it('finds the same plans if it searches for several goals in turn', () => {
    fc.assert(
      fc.property(madeUpNetwork({ lines: 5, warehouses: 4 }), reported, (given, closeness) => {
        const problem = planSearchProblem(given, closeness);
        const { plans } = searchPlans(problem, goals);
        for (const { goal, costMinor, latestMs, carbonGrams } of plans) {
          const first = { cheapest: [], fastest: [latestMs], greenest: [carbonGrams] }[goal.objective];
          expect([...first, costMinor]).toEqual(bruteForce(problem, goal));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('finds the plan that a search of all plans finds, for eight lines and four warehouses', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.constantFrom(1, 2, 4),
        reported,
        (seed, countries, closeness) => {
          const given = nearEqualNetwork({ seed, lines: 8, warehouses: 4, countries });
          // Brute force tries every choice of lanes. With one lane for each warehouse it can try more partitions.
          const oneLane = given.warehouses.map((each) => ({ ...each, lanes: each.lanes.slice(0, 1) }));
          const problem = planSearchProblem({ ...given, warehouses: oneLane }, closeness);
          for (const goal of goals.slice(0, 1))
            expect(figuresOf(problem, goal)).toEqual(bruteForce(problem, goal));
        },
      ),
      { numRuns: 4 },
    );
  }, 60_000);

  it('gains nothing by splitting goods from one country to stay under a threshold', () => {
    // Two warehouses of one country have a line each: together they are above the threshold, each alone is below.
    const network = fc.record({
      values: fc.array(fc.integer({ min: 60_00, max: 110_00 }), { minLength: 3, maxLength: 3 }),
      bases: fc.array(fc.integer({ min: 1_00, max: 9_00 }), { minLength: 3, maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        network,
        reported,
        fc.shuffledSubarray([...goals]),
        ({ values, bases }, closeness, wanted) => {
          const warehouses = [
            { country: 'CN', stock: [1, 0, 1], lanes: [lane({ base: bases[0] ?? 0 })] },
            { country: 'CN', stock: [0, 1, 1], lanes: [lane({ base: bases[1] ?? 0 })] },
            {
              country: 'DE',
              stock: [1, 1, 1],
              lanes: [lane({ base: bases[2] ?? 0, perHalfKilogram: 4_00 })],
            },
          ];
          const lines = values.map((value) => ({ ...line, value }));
          const problem = planSearchProblem({ lines, warehouses, duty: { CN: 12 } }, closeness);
          for (const { goal, costMinor } of searchPlans(problem, wanted).plans)
            if (goal.objective === 'cheapest') expect([costMinor]).toEqual(bruteForce(problem, goal));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes the plan that is promised earliest if several cost the same', () => {
    fc.assert(
      fc.property(madeUpNetwork({ lines: 4, warehouses: 4 }), reported, (given, closeness) => {
        const problem = planSearchProblem(given, closeness);
        const [plan] = searchPlans(problem, [{ objective: 'cheapest' }]).plans;
        if (plan === undefined) return;
        const earlier = promisedBy(problem, plan.latestMs - 1);
        const [cost = Number.POSITIVE_INFINITY] = bruteForce(earlier, { objective: 'cheapest' }) ?? [];
        expect(cost).toBeGreaterThan(plan.costMinor);
      }),
      { numRuns: 150 },
    );
  });

  it('takes the plan with the fewest consignments if several cost and promise the same', () => {
    const alike = { country: 'DE', stock: [1, 1], lanes: [lane({ base: 0, perHalfKilogram: 1_00 })] };
    const given: MadeUp = { lines: [line, line], warehouses: [alike, alike, alike], duty: {} };
    const [plan] = searchPlans(planSearchProblem(given), [{ objective: 'cheapest' }]).plans;
    expect(plan?.shipments.map(({ warehouse, lines }) => [warehouse, lines])).toEqual([[0, [0, 1]]]);
  });

  it('sends every line exactly once, from a warehouse that has it, together with all goods of that country', () => {
    fc.assert(
      fc.property(madeUpNetwork({ lines: 10, warehouses: 6 }), (given) => {
        const problem = planSearchProblem(given);
        const country = (warehouse: number) => given.warehouses[warehouse]?.country;
        for (const { shipments } of searchPlans(problem, goals).plans) {
          const sent = shipments.flatMap(({ lines }) => lines).toSorted((a, b) => a - b);
          expect(sent).toEqual(given.lines.map((_, line) => line));
          for (const { warehouse, lines, together } of shipments) {
            expect(problem.canShip(warehouse, lines)).toBe(true);
            const same = shipments.filter((other) => country(other.warehouse) === country(warehouse));
            expect(together).toEqual(same.flatMap((other) => other.lines).toSorted((a, b) => a - b));
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('gives the same result for any order of lines and warehouses', () => {
    fc.assert(
      fc.property(madeUpNetwork({ lines: 7, warehouses: 5 }), reported, (given, closeness) => {
        const turned: MadeUp = {
          ...given,
          lines: given.lines.toReversed(),
          warehouses: given.warehouses
            .toReversed()
            .map((warehouse) => ({ ...warehouse, stock: warehouse.stock.toReversed() })),
        };
        for (const goal of goals)
          expect(figuresOf(planSearchProblem(turned, closeness), goal)).toEqual(
            figuresOf(planSearchProblem(given, closeness), goal),
          );
      }),
      { numRuns: 40 },
    );
  });

  it('prefers lower carbon to any lower cost, if carbon is the goal', () => {
    const costly = {
      country: 'DE',
      stock: [1],
      lanes: [lane({ base: 2_500_000_000, carbonPerKilogram: 100 })],
    };
    const cheap = { country: 'FR', stock: [1], lanes: [lane({ base: 100, carbonPerKilogram: 101 })] };
    const problem = planSearchProblem({
      lines: [{ ...line, grams: 1_000 }],
      warehouses: [cheap, costly],
      duty: {},
    });
    expect(searchPlans(problem, [{ objective: 'greenest' }]).plans[0]?.carbonGrams).toBe(100);
  });

  it('gives no plan, marked as proved, if no warehouse has a line or none offers the service', () => {
    const one = { country: 'DE', stock: [1, 0], lanes: [lane({})] };
    const lacking = planSearchProblem({ lines: [line, line], warehouses: [one], duty: {} });
    expect(searchPlans(lacking, goals)).toMatchObject({ plans: [], exact: true });
    const all = { ...one, stock: [1, 1] };
    const economy = planSearchProblem({ lines: [line, line], warehouses: [all], duty: {} });
    const express: Goal = { objective: 'cheapest', service: 'express' };
    expect(searchPlans(economy, [express])).toMatchObject({ plans: [], exact: true });
  });

  it('handles lines that compete for the same stock', () => {
    // Two lines of one SKU, of three and five units: the first warehouse has five, the second three.
    const units = [3, 5];
    const both = { country: 'DE', stock: [1, 1], lanes: [lane({})] };
    const problem: PlanProblem<Offer> = {
      ...planSearchProblem({ lines: [line, line], warehouses: [both, both], duty: {} }),
      canShip: (warehouse, lines) =>
        lines.reduce((all, each) => all + (units[each] ?? 0), 0) <= (warehouse === 0 ? 5 : 3),
    };
    const [plan] = searchPlans(problem, [{ objective: 'cheapest' }]).plans;
    expect(plan?.shipments.map(({ warehouse, lines }) => [warehouse, lines])).toEqual([
      [0, [1]],
      [1, [0]],
    ]);
  });

  it('says that it was stopped early, also for goals without a plan', () => {
    const given = nearEqualNetwork({ seed: 1, lines: 10, warehouses: 4, countries: 3 });
    const problem = planSearchProblem(given, { costPerMille: 0, isInformed: false });
    const { plans, exact, costed } = searchPlans(problem, [{ objective: 'cheapest' }], { maxCosted: 60 });
    expect({ exact, count: plans.length, isProved: plans[0]?.isProved }).toEqual({
      ...{ exact: false, count: 1, isProved: false },
    });
    expect(costed).toBeLessThanOrEqual(60);
    expect(searchPlans(problem, goals, { maxCosted: 0 })).toMatchObject({
      plans: [],
      exact: false,
      costed: 0,
    });
  });

  it('proves five goals for twelve lines and ten warehouses, and costs few consignments', () => {
    for (const countries of [3, 6, 10]) {
      const given = nearEqualNetwork({ seed: 2, lines: 12, warehouses: 10, countries });
      const { exact, costed } = searchPlans(planSearchProblem(given), goals);
      expect(exact).toBe(true);
      expect(costed).toBeLessThan(5_000);
    }
  }, 30_000);
});

const line = { value: 10_00, grams: 400, quantity: 1 };
const lane = (more: Partial<MadeUp['warehouses'][number]['lanes'][number]>) => ({
  ...{ service: 'economy', base: 5_00, perHalfKilogram: 1_00, days: 4, carbonPerKilogram: 500 },
  ...more,
});
