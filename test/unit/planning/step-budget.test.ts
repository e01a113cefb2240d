import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { type Goal, searchPlans } from '../../../shared/planning/index.ts';
import type { FoundPlan, Offer, PlanProblem } from '../../../shared/planning/plan-problem.ts';
import { madeUpNetwork, nearEqualNetwork, planSearchProblem } from '../../builders/plan-search-problem.ts';
import { realNetwork, realProblem, realProducts } from '../../builders/real-basket.ts';

const goals: readonly Goal[] = [
  { objective: 'cheapest' },
  { objective: 'fastest' },
  { objective: 'greenest' },
  { objective: 'cheapest', service: 'express' },
];
const [cheapest] = goals as [Goal];

/** What the first pass over the sets of twelve lines takes for ten senders. It is not stopped in between. */
const FIRST_PASS = 10 * 3 ** 12;

function expectSendable<O extends Offer>(problem: PlanProblem<O>, { shipments }: FoundPlan<O>): void {
  const sent = shipments.flatMap(({ lines }) => lines);
  expect(sent.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: problem.lineCount }, (_, line) => line),
  );
  for (const { warehouse, lines } of shipments) expect(problem.canShip(warehouse, lines)).toBe(true);
}

describe('with a budget of steps', () => {
  it('a plan can be sent, is the best wherever it says so, and is never better than the best', () => {
    fc.assert(
      fc.property(
        madeUpNetwork({ lines: 6, warehouses: 5 }),
        fc.constantFrom(0, 100, 2_000, 50_000, 5_000_000),
        (given, maxSteps) => {
          const problem = planSearchProblem(given);
          const found = searchPlans(problem, [cheapest], { maxSteps });
          const [plan] = found.plans;
          const [best] = searchPlans(problem, [cheapest]).plans;
          expect(plan === undefined).toBe(best === undefined);
          expect(searchPlans(problem, [cheapest], { maxSteps })).toEqual(found);
          if (plan === undefined || best === undefined) return;
          expectSendable(problem, plan);
          expect(plan.costMinor).toBeGreaterThanOrEqual(best.costMinor);
          if (plan.isProved) expect(plan.costMinor).toBe(best.costMinor);
          if (maxSteps === 5_000_000) expect(found.exact).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a plan costs at most a twentieth more than the best, in networks of almost equal costs', () => {
    for (let seed = 0; seed < 24; seed += 1) {
      const size = { seed, lines: 6 + (seed % 5), warehouses: 2 + (seed % 7), countries: 1 + (seed % 4) };
      const problem = planSearchProblem(nearEqualNetwork(size));
      const [best] = searchPlans(problem, [cheapest]).plans;
      const { plans, exact } = searchPlans(problem, [cheapest], { maxSteps: 0 });
      expect(exact).toBe(false);
      expect(plans[0]?.costMinor).toBeLessThanOrEqual((best?.costMinor ?? 0) * 1.05);
    }
  });

  it('a plan is never worse than one warehouse alone', () => {
    for (let seed = 0; seed < 12; seed += 1) {
      const given = nearEqualNetwork({ seed, lines: 9, warehouses: 6, countries: 3 });
      const problem = planSearchProblem(given);
      const all = given.lines.map((_, line) => line);
      const alone = given.warehouses.flatMap((_, warehouse) =>
        problem.canShip(warehouse, all) ? problem.offers(warehouse, all, all) : [],
      );
      const [plan] = searchPlans(problem, goals, { maxSteps: 1_000 }).plans;
      for (const { costMinor } of alone) expect(plan?.costMinor).toBeLessThanOrEqual(costMinor);
    }
  });

  it('a search for many goals ends soon after the budget', () => {
    const problem = planSearchProblem(nearEqualNetwork({ seed: 9, lines: 12, warehouses: 10, countries: 4 }));
    for (const maxSteps of [0, 1_000_000, 20_000_000]) {
      const { steps } = searchPlans(problem, goals, { maxSteps });
      expect({ maxSteps, steps }).toEqual({
        maxSteps,
        steps: expect.toSatisfy((n: number) => n <= maxSteps + 3 * FIRST_PASS),
      });
    }
  });

  it('a basket that no plan serves costs no more than any other', () => {
    // Argentina takes no more than a sum in one parcel: every consignment of the twelve lines is refused.
    const lines = Array.from({ length: 12 }, (_, line) => ({
      sku: realProducts[line % 6]?.sku ?? '',
      quantity: 1 + (line % 3),
    }));
    const basket = {
      country: 'AR',
      lines,
      stocked: lines.map(() => 0b11_1111_1111),
      incoterm: 'DDP',
      seller: sampleSeller,
    } as const;
    const { problem } = realProblem(basket, realNetwork(10));
    const { plans, steps, costed } = searchPlans(problem, goals, {
      maxLinesCosted: 15_000,
      maxSteps: 20_000_000,
    });
    expect(plans).toEqual([]);
    expect(steps).toBeLessThanOrEqual(20_000_000 + 3 * FIRST_PASS);
    expect(costed).toBeLessThanOrEqual(1_250 + 10);
  });
});
