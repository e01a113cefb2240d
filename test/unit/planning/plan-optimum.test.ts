import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { type Goal, type Minimum, searchPlans } from '../../../shared/planning/index.ts';
import { priceBasket } from '../../../shared/quote/index.ts';
import { MinDue } from '../../../shared/quote/plan/min-due.ts';
import { ValueBands } from '../../../shared/quote/plan/value-bands.ts';
import { bruteForce } from '../../builders/brute-force.ts';
import {
  exchangeRates,
  now,
  realProducts as products,
  type RealBasket,
  realNetwork,
  realProblem,
} from '../../builders/real-basket.ts';

// Two of the three are in one country: their goods count together.
const warehouses = realNetwork(3);

const countries = ['DE', 'FR', 'GB', 'US', 'CH', 'JP', 'NO', 'CA', 'AU', 'BR', 'KR', 'AE', 'MX'] as const;

/** Small and large baskets, for both sides of the thresholds. */
const basketTo = (country: (typeof countries)[number], maxLines = 5) =>
  fc.record({
    country: fc.constant(country),
    lines: fc.uniqueArray(
      fc.record({
        sku: fc.constantFrom(...products.map(({ sku }) => sku)),
        quantity: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
      }),
      { minLength: 1, maxLength: maxLines, selector: ({ sku }) => sku },
    ),
    /** The warehouses that have a line, as bits. */
    stocked: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 5, maxLength: 5 }),
    incoterm: fc.constantFrom('DDP' as const, 'DAP' as const),
    seller: fc.constantFrom(sampleSeller, {}),
    // Currencies whose minor unit is worth about a cent, a tenth of a cent, a hundredth of a cent, and less.
    currency: fc.constantFrom('EUR', 'SEK', 'CZK', 'INR', 'VND'),
  });

const basket = fc.constantFrom(...countries).chain((country) => basketTo(country));

const problemOf = (given: RealBasket) => realProblem(given, warehouses);

const goals: readonly Goal[] = [
  { objective: 'cheapest' },
  { objective: 'fastest' },
  { objective: 'greenest' },
  { objective: 'cheapest', service: 'express' },
];

/** Every set of lines, and every larger set that contains it. */
function* sets(count: number): Generator<{ lines: number[]; together: number[] }> {
  const list = (set: number) =>
    Array.from({ length: count }, (_, line) => line).filter((line) => (set & (1 << line)) !== 0);
  for (let all = 1; all < 1 << count; all += 1)
    for (let set = all; set > 0; set = (set - 1) & all) yield { lines: list(set), together: list(all) };
}

describe('the plan of a real basket', () => {
  it.each(goals)(
    'is the plan that a search of all plans finds, with the real rules and rate cards: $objective $service',
    (goal) => {
      fc.assert(
        fc.property(basket, (given) => {
          const { problem } = problemOf(given);
          const { plans, exact } = searchPlans(problem, [goal]);
          expect(exact).toBe(true);
          const found = plans[0];
          const first = { cheapest: [], fastest: [found?.latestMs], greenest: [found?.carbonGrams] };
          const own = found && [...first[goal.objective], found.costMinor];
          expect(own).toEqual(bruteForce(problem, goal));
        }),
        { numRuns: 60 },
      );
    },
    20_000,
  );

  it.each(countries)(
    'has an upper bound for a consignment to %s, by lane, for all lines that may be added',
    (to) => {
      fc.assert(
        fc.property(basketTo(to, 4), (given) => {
          const { problem } = problemOf(given);
          for (const [warehouse] of warehouses.entries())
            for (const { lines, together } of sets(given.lines.length)) {
              if (!problem.canShip(warehouse, lines)) continue;
              for (const offer of problem.offers(warehouse, lines, together))
                for (const bounds of [
                  [problem.min(warehouse, lines)],
                  problem.minByLane?.(warehouse, lines) ?? [],
                  problem.minByLane?.(warehouse, lines, together) ?? [],
                ]) {
                  const own = bounds.filter(
                    (bound) => !('service' in bound) || bound.service === offer.service,
                  );
                  expect(own.some((bound) => isNoMore(bound, offer))).toBe(true);
                }
            }
        }),
        { numRuns: 25 },
      );
    },
    20_000,
  );

  it.each(countries)(
    'has a lower bound for duty and tax to %s, by the value bands that the consignment may be in',
    (to) => {
      fc.assert(
        fc.property(basketTo(to, 4), (given) => {
          const { problem, context, inBasket } = problemOf(given);
          const bands = new ValueBands(context);
          const goodsOf = (lines: readonly number[]) =>
            lines.reduce((all, line) => all + (inBasket[line]?.goods.amountMinor ?? 0), 0);
          for (const [warehouse, { address }] of warehouses.entries())
            for (const { lines, together } of sets(given.lines.length)) {
              if (!problem.canShip(warehouse, lines)) continue;
              for (const { costMinor, shipped, lane } of problem.offers(warehouse, lines, together)) {
                const way = { shipFrom: address.country, channel: lane.channel };
                const min = new MinDue(context, inBasket, bands, way);
                const freight = context.rates.convert(shipped.freight, context.request.currency);
                const due = costMinor - freight.amountMinor;
                expect(min.of(lines, goodsOf(lines), false)).toBeLessThanOrEqual(due);
                expect(min.of(lines, goodsOf(together), true)).toBeLessThanOrEqual(due);
              }
            }
        }),
        { numRuns: 25 },
      );
    },
    20_000,
  );

  it.each(countries)(
    'has the same offers for a consignment to %s, whatever is added within one value band',
    (to) => {
      fc.assert(
        fc.property(basketTo(to, 4), (given) => {
          const { problem } = problemOf(given);
          const seen = new Map<string, unknown>();
          for (const [warehouse, { address }] of warehouses.entries())
            for (const { lines, together } of sets(given.lines.length)) {
              const key = `${warehouse} ${lines} ${problem.bandOf?.(address.country, together)}`;
              const costs = problem.offers(warehouse, lines, together).map(({ costMinor }) => costMinor);
              expect(costs).toEqual(seen.get(key) ?? costs);
              seen.set(key, costs);
            }
        }),
        { numRuns: 25 },
      );
    },
    20_000,
  );

  it('names for each option the objectives in which it is the best, and prices both incoterms', () => {
    const { request, stock } = problemOf({
      country: 'DE',
      lines: [{ sku: products[0]?.sku ?? '', quantity: 2 }],
      stocked: [3, 3, 3, 3, 3],
      incoterm: 'DDP',
      seller: sampleSeller,
    });
    const outcome = priceBasket({
      ...{ request, products, warehouses, stock, exchangeRates, now },
      rules: builtinRuleBook,
      seller: sampleSeller,
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    const { options, otherIncoterm, chosen } = outcome.value;
    expect(options.flatMap(({ labels = [] }) => labels)).toEqual(
      expect.arrayContaining(['cheapest', 'fastest', 'greenest']),
    );
    expect(chosen.planSearch).toBe('exact');
    expect(otherIncoterm).toMatchObject({ incoterm: 'DAP' });
  });
});

const isNoMore = (bound: Minimum, offer: Minimum) =>
  bound.costMinor <= offer.costMinor &&
  bound.carbonGrams <= offer.carbonGrams &&
  bound.latestMs <= offer.latestMs;
