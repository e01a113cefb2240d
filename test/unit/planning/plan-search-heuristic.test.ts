import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Goal, searchPlans } from '../../../shared/planning/index.ts';
import type { MadeUp } from '../../builders/plan-problem.ts';
import { madeUpNetwork, nearEqualNetwork, planSearchProblem } from '../../builders/plan-search-problem.ts';

const ROUGHLY = { maxExactLines: 0 };
const goals: readonly Goal[] = [
  { objective: 'cheapest' },
  { objective: 'fastest' },
  { objective: 'greenest' },
  { objective: 'cheapest', service: 'express' },
];

const lane = (more: Partial<MadeUp['warehouses'][number]['lanes'][number]> = {}) => ({
  ...{ service: 'economy', base: 5_00, perHalfKilogram: 1_00, days: 10, carbonPerKilogram: 500 },
  ...more,
});
const lines = Array.from({ length: 6 }, () => ({ value: 10_00, grams: 400, quantity: 1 }));
const everything = [1, 1, 1, 1, 1, 1];

describe('the heuristic for large baskets and networks', () => {
  it('is marked as a heuristic for more than twelve lines or more than ten warehouses', () => {
    for (const [lineCount, warehouses] of [
      [13, 2],
      [2, 11],
    ] as const) {
      const given = nearEqualNetwork({ seed: 1, lines: lineCount, warehouses, countries: 3 });
      const { exact, plans } = searchPlans(planSearchProblem(given), goals);
      expect(exact).toBe(false);
      expect(plans.map(({ isProved }) => isProved)).toEqual(goals.map(() => false));
    }
  });

  it('is never worse than any single warehouse, and finds a plan if one warehouse has all goods', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 13, max: 40 }),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 0, max: 99 }),
        (count, warehouses, seed) => {
          const given = nearEqualNetwork({ seed, lines: count, warehouses, countries: 4 });
          const problem = planSearchProblem(given);
          const all = given.lines.map((_, line) => line);
          const alone = given.warehouses.flatMap((_, warehouse) =>
            problem.canShip(warehouse, all) ? problem.offers(warehouse, all, all) : [],
          );
          const [cheapest, fastest, greenest, express] = searchPlans(problem, goals).plans;
          for (const offer of alone) {
            expect(cheapest?.costMinor).toBeLessThanOrEqual(offer.costMinor);
            expect(fastest?.latestMs).toBeLessThanOrEqual(offer.latestMs);
            expect(greenest?.carbonGrams).toBeLessThanOrEqual(offer.carbonGrams);
            if (offer.service === 'express') expect(express?.costMinor).toBeLessThanOrEqual(offer.costMinor);
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  it('finds a plan if there is one, and never a better plan than the proved best', () => {
    fc.assert(
      fc.property(madeUpNetwork({ lines: 6, warehouses: 5 }), (given) => {
        const problem = planSearchProblem(given);
        for (const goal of goals) {
          const [best] = searchPlans(problem, [goal]).plans;
          const [plan] = searchPlans(problem, [goal], ROUGHLY).plans;
          if (goal.service === undefined) expect(plan === undefined).toBe(best === undefined);
          if (plan === undefined || best === undefined) continue;
          const [figure, bestFigure] = {
            cheapest: [plan.costMinor, best.costMinor],
            fastest: [plan.latestMs, best.latestMs],
            greenest: [plan.carbonGrams, best.carbonGrams],
          }[goal.objective] as [number, number];
          expect(figure).toBeGreaterThanOrEqual(bestFigure);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('finds the only warehouse of many that has a line', () => {
    const max = { country: 'DE', stock: [1, 1, 1, 1, 1, 0], lanes: [lane()] };
    const rest = { country: 'FR', stock: [0, 0, 0, 0, 0, 1], lanes: [lane({ base: 90_00 })] };
    const problem = planSearchProblem({ lines, warehouses: [...Array(11).fill(max), rest], duty: {} });
    const [plan] = searchPlans(problem, [{ objective: 'cheapest' }]).plans;
    expect(plan?.shipments.at(-1)).toMatchObject({ warehouse: 11, lines: [5] });
  });

  it('finds the only warehouse that is fast, low in carbon or has the service, even if it is expensive', () => {
    const slow = { country: 'DE', stock: everything, lanes: [lane()] };
    const quick = lane({ service: 'express', base: 60_00, days: 1, carbonPerKilogram: 10 });
    const warehouses = [...Array(11).fill(slow), { country: 'FR', stock: everything, lanes: [quick] }];
    const { plans } = searchPlans(planSearchProblem({ lines, warehouses, duty: {} }), goals);
    expect(plans.map(({ shipments }) => shipments.map(({ warehouse }) => warehouse))).toEqual([
      [0],
      [11],
      [11],
      [11],
    ]);
  });

  it('finds a plan if lines compete for the same stock', () => {
    const many = Array.from({ length: 13 }, () => ({ value: 10_00, grams: 400, quantity: 1 }));
    const all = { country: 'DE', stock: many.map(() => 1), lanes: [lane()] };
    const units = (line: number) => [3, 5][line] ?? 0;
    const problem = {
      ...planSearchProblem({ lines: many, warehouses: [all, all], duty: {} }),
      canShip: (warehouse: number, wanted: readonly number[]) =>
        wanted.reduce((sum, line) => sum + units(line), 0) <= (warehouse === 0 ? 5 : 3),
    };
    const [plan] = searchPlans(problem, [{ objective: 'cheapest' }]).plans;
    expect(plan?.shipments.find(({ lines: own }) => own.includes(1))?.warehouse).toBe(0);
    expect(plan?.shipments.find(({ lines: own }) => own.includes(0))?.warehouse).toBe(1);
  });

  it('gives the same plan each time, and stays within its budget of consignments', () => {
    const problem = planSearchProblem(nearEqualNetwork({ seed: 3, lines: 30, warehouses: 12, countries: 5 }));
    const first = searchPlans(problem, goals, { maxCosted: 500 });
    expect(first.costed).toBeLessThanOrEqual(500);
    expect(searchPlans(problem, goals, { maxCosted: 500 })).toEqual(first);
  });
});
