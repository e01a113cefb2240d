import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCatalogue } from '../../../infra/demo/catalogue.ts';
import { sampleWarehouses } from '../../../infra/demo/network.ts';
import { samplePapers } from '../../../infra/demo/sample-papers.ts';
import { sampleRates, sampleSeller } from '../../../infra/demo/sample-seller.ts';
import { builtinRuleBook, regimeFor } from '../../../shared/customs/index.ts';
import { calendarDateIn } from '../../../shared/kernel/time.ts';
import { basketOf } from '../../../shared/quote/basket.ts';
import { ConsignmentCosting } from '../../../shared/quote/cost-consignments.ts';
import {
  exchangeRatesSchema,
  priceBasket,
  productSchema,
  quoteRequestSchema,
  warehouseSchema,
} from '../../../shared/quote/index.ts';
import { planProblemOf } from '../../../shared/quote/plan-problem.ts';
import { searchPlans } from '../../../shared/quote/plans/index.ts';
import type { CostingContext } from '../../../shared/quote/pricing-input.ts';
import { QuoteRates } from '../../../shared/quote/quote-rates.ts';
import { bruteForce } from '../../builders/brute-force.ts';

const products = sampleCatalogue.map(
  ({ priceMinor, size: [lengthMm, widthMm, heightMm], stock: _stock, ...product }) =>
    productSchema.parse({
      ...product,
      dimensions: { lengthMm, widthMm, heightMm },
      compliance: samplePapers(product.sku, product.hsCode),
      prices: [{ amount: priceMinor, currency: 'EUR' }],
    }),
);
const [first, second] = sampleWarehouses.map((warehouse) => warehouseSchema.parse(warehouse));
if (first === undefined || second === undefined) throw new Error('the sample network has two warehouses');
// A third one beside the first: two warehouses of one country, whose goods count together.
const warehouses = [first, second, { ...first, warehouseId: `${first.warehouseId}-2`, handlingHours: 30 }];
const exchangeRates = exchangeRatesSchema.parse(sampleRates);
const now = '2026-11-23T10:00:00.000Z';

const basket = fc.record({
  country: fc.constantFrom('DE', 'FR', 'GB', 'US'),
  lines: fc.uniqueArray(
    fc.record({
      sku: fc.constantFrom(...products.map(({ sku }) => sku)),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 5, selector: ({ sku }) => sku },
  ),
  /** Which of the warehouses have a line at all, as bits. */
  stocked: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 5, maxLength: 5 }),
  incoterm: fc.constantFrom('DDP' as const, 'DAP' as const),
});

function problemOf({
  country,
  lines,
  stocked,
  incoterm,
}: typeof basket extends fc.Arbitrary<infer T> ? T : never) {
  const request = quoteRequestSchema.parse({ destination: { country }, currency: 'EUR', lines, incoterm });
  const regime = regimeFor(country);
  if (regime === undefined) throw new Error(`no regime is for ${country}`);
  const date = calendarDateIn(regime.timeZone, now);
  const rates = new QuoteRates(regime, {
    exchangeRates,
    customsRates: [],
    spreadBasisPoints: undefined,
    now,
    date,
  });
  const context: CostingContext = {
    ...{ request, regime, rates, date, now },
    rules: builtinRuleBook,
    seller: sampleSeller,
    admits: () => true,
  };
  const stock = new Map(
    lines.map(({ sku }, index) => [
      sku,
      new Map(
        warehouses.map(({ warehouseId }, place) => [
          warehouseId,
          ((stocked[index] ?? 0) & (1 << place)) !== 0 ? 9 : 0,
        ]),
      ),
    ]),
  );
  const inBasket = basketOf(request, products, { ...context, pricing: undefined });
  const costing = new ConsignmentCosting(context, inBasket);
  return { problem: planProblemOf(inBasket, warehouses, stock, costing), request, stock };
}

describe('the plan of a real basket', () => {
  it('is the one that brute force finds, with the rules and rate cards as they are', () => {
    fc.assert(
      fc.property(basket, (given) => {
        const { problem } = problemOf(given);
        for (const objective of ['cheapest', 'fastest', 'greenest'] as const) {
          const found = searchPlans(problem, [{ objective }]).plans[0];
          const best = bruteForce(problem, { objective });
          const own =
            found === undefined
              ? undefined
              : objective === 'cheapest'
                ? [found.costMinor]
                : objective === 'greenest'
                  ? [found.carbonGrams, found.costMinor]
                  : [found.latestMs, found.costMinor];
          expect(own).toEqual(best);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('bounds no consignment from above: what it costs at least is never more than what it costs', () => {
    fc.assert(
      fc.property(basket, (given) => {
        const { problem } = problemOf(given);
        const all = given.lines.map((_, line) => line);
        for (let warehouse = 0; warehouse < warehouses.length; warehouse += 1) {
          for (let set = 1; set < 1 << all.length; set += 1) {
            const lines = all.filter((line) => (set & (1 << line)) !== 0);
            if (!problem.canShip(warehouse, lines)) continue;
            const least = problem.least(warehouse, lines);
            for (const together of [lines, all])
              for (const offer of problem.offers(warehouse, lines, together)) {
                expect(least.costMinor).toBeLessThanOrEqual(offer.costMinor);
                expect(least.carbonGrams).toBeLessThanOrEqual(offer.carbonGrams);
                expect(least.latestMs).toBeLessThanOrEqual(offer.latestMs);
              }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives each option with what it is the best by, and both incoterms', () => {
    const { request, stock } = problemOf({
      country: 'DE',
      lines: [{ sku: products[0]?.sku ?? '', quantity: 2 }],
      stocked: [3, 3, 3, 3, 3],
      incoterm: 'DDP',
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
