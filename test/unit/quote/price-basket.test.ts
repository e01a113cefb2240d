import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCatalogue } from '../../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { samplePapers } from '../../../infra/cli/sample-shop/sample-papers.ts';
import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { productSchema, warehouseSchema } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { recomputeCarbon } from '../../../shared/freight/carbon.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import type { QuoteRequest } from '../../../shared/quote/quote.ts';
import { exchangeRatesSchema } from '../../../shared/rates/index.ts';

const products = sampleCatalogue.map(
  ({ priceMinor, size: [lengthMm, widthMm, heightMm], stock: _stock, ...product }) =>
    productSchema.parse({
      ...product,
      dimensions: { lengthMm, widthMm, heightMm },
      compliance: samplePapers(product.sku, product.hsCode),
      prices: [{ amount: priceMinor, currency: 'EUR' }],
    }),
);
const warehouses = sampleWarehouses.map((warehouse) => warehouseSchema.parse(warehouse));
const [shenzhen, poznan] = warehouses;
const exchangeRates = exchangeRatesSchema.parse(sampleRates);
const stock = new Map(
  sampleCatalogue.map(({ sku, stock: [cn, pl] }) => [
    sku,
    new Map([
      ['cn-shenzhen', cn],
      ['pl-poznan', pl],
    ]),
  ]),
);
const now = '2026-11-23T10:00:00.000Z';

const request = (lines: QuoteRequest['lines'], more: object = {}) =>
  quoteRequestSchema.parse({
    destination: { country: 'DE', postalCode: '20095' },
    currency: 'EUR',
    lines,
    ...more,
  });

function price(
  lines: QuoteRequest['lines'],
  options: { more?: object; from?: typeof warehouses; at?: string } = {},
) {
  const { more = {}, from = warehouses, at = now } = options;
  return priceBasket({
    request: request(lines, more),
    products,
    warehouses: from,
    stock,
    rules: builtinRuleBook,
    exchangeRates,
    seller: sampleSeller,
    now: at,
  });
}

function priced(...args: Parameters<typeof price>) {
  const result = price(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const bothHave = sampleCatalogue.filter(({ stock: [cn, pl] }) => cn >= 20 && pl >= 20).map(({ sku }) => sku);
const basketOf = (max: number) =>
  fc.array(fc.record({ sku: fc.constantFrom(...bothHave), quantity: fc.integer({ min: 1, max: 2 }) }), {
    minLength: 1,
    maxLength: max,
  });

describe('the price of a basket', () => {
  it('adds up: every total is the sum of its charges, to the minor unit', () => {
    fc.assert(
      fc.property(
        basketOf(6),
        fc.constantFrom('EUR', 'GBP', 'USD'),
        fc.constantFrom('DDP', 'DAP'),
        (lines, currency, incoterm) => {
          const result = price(lines, { more: { currency, incoterm } });
          if (!result.ok) return;
          const { totals, consignments } = result.value.chosen;
          const charges = consignments.flatMap((consignment) => consignment.charges);
          const sum = (of: typeof charges) => of.reduce((all, { amount }) => all + amount.amount, 0);
          const kind = (name: string) => sum(charges.filter((charge) => charge.kind === name));
          expect(
            [totals.goods, totals.shipping, totals.duty, totals.tax, totals.fees].map(({ amount }) => amount),
          ).toEqual(['goods', 'shipping', 'duty', 'tax', 'fee'].map(kind));
          expect(totals.total.amount).toBe(
            sum(charges.filter(({ collectedOnDelivery }) => collectedOnDelivery !== true)),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('includes the emissions of legs and cartons, and names the version of the factors', () => {
    fc.assert(
      fc.property(basketOf(4), (lines) => {
        const result = price(lines);
        if (!result.ok) return;
        for (const { landedCost } of result.value.options)
          for (const { carbon, carbonGrams } of landedCost.consignments) {
            if (carbon === undefined) throw new Error('a priced consignment has its footprint');
            expect(recomputeCarbon(carbon)).toEqual({ ...carbon, grams: carbonGrams });
            // Goods in their own packaging use no carton.
            expect(carbon.packaging.grams > 0).toBe(carbon.packaging.weightGrams > 0);
          }
      }),
      { numRuns: 30 },
    );
  });

  it('is never more than the price of sending all goods from one warehouse', () => {
    fc.assert(
      fc.property(basketOf(7), (lines) => {
        const best = price(lines);
        for (const one of warehouses) {
          const alone = price(lines, { from: [one] });
          if (alone.ok)
            expect(best.ok && best.value.chosen.totals.total.amount).toBeLessThanOrEqual(
              alone.value.chosen.totals.total.amount,
            );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('puts all goods from one warehouse in one consignment, even if splitting would save money', () => {
    const { consignments } = priced([
      { sku: 'JEANS-MENS', quantity: 2 },
      { sku: 'PULLOVER-FLEECE', quantity: 2 },
    ]).chosen;
    expect(new Set(consignments.map(({ warehouseId }) => warehouseId)).size).toBe(consignments.length);
  });

  it('lists each service at the price that a quote for this service has', () => {
    const lines = [{ sku: 'TSHIRT-SPORT-GREY', quantity: 1 }];
    for (const { service, landedCost } of priced(lines).options) {
      expect(priced(lines, { more: { service } }).chosen).toEqual(landedCost);
    }
    expect(
      priced(lines)
        .options.map(({ service }) => service)
        .sort(),
    ).toEqual(['express', 'standard']);
  });
});

describe('is missing with a reason and a pointer if the basket cannot be priced', () => {
  it.each([
    ['unknown-sku', '/lines/0/sku', [{ sku: 'NOTHING', quantity: 1 }], {}],
    ['not-in-stock', '/lines/0/quantity', [{ sku: 'SHOE-LEATHER', quantity: 61 }], {}],
    // The same SKU on two lines is checked against the sum of both.
    [
      'not-in-stock',
      '/lines/0/quantity',
      [
        { sku: 'SHOE-LEATHER', quantity: 31 },
        { sku: 'SHOE-LEATHER', quantity: 31 },
      ],
      {},
    ],
    [
      'unsupported-destination',
      '/destination/country',
      [{ sku: 'SHOE-LEATHER', quantity: 1 }],
      { destination: { country: 'IS' } },
    ],
    [
      'unsupported-destination',
      '/destination/postalCode',
      [{ sku: 'SHOE-LEATHER', quantity: 1 }],
      { destination: { country: 'ES', postalCode: '35001' } },
    ],
    ['unsupported-currency', '/currency', [{ sku: 'SHOE-LEATHER', quantity: 1 }], { currency: 'KWD' }],
    [
      'unclassified',
      '/lines/0/sku',
      [{ sku: 'BULB-LED-E27', quantity: 1 }],
      { destination: { country: 'US' }, currency: 'USD' },
    ],
    ['no-lane', '/service', [{ sku: 'SHOE-LEATHER', quantity: 1 }], { service: 'express' }],
  ] as const)('%s at %s', (reason, pointer, lines, more) => {
    const result = price([...lines], { more });
    expect(result.ok ? undefined : result.error).toMatchObject({
      reason,
      problems: expect.arrayContaining([expect.objectContaining({ pointer })]),
    });
  });
});

describe('the delivery promise', () => {
  const promise = (at: string) =>
    priced([{ sku: 'SHOE-LEATHER', quantity: 1 }], { at }).chosen.consignments[0]?.promise;

  it('starts from the warehouse’s cut-off in the warehouse’s time zone', () => {
    // Poznań, Monday 13:59 (12:59 UTC): handed over at 20:00; one to three days, by which nine in ten have come.
    expect(promise('2026-11-23T12:59:00.000Z')).toEqual({
      earliest: '2026-11-24T07:00:00.000Z',
      latest: '2026-11-26T19:00:00.000Z',
    });
    // A minute later it is past the cut-off of 14:00 and leaves the next day.
    expect(promise('2026-11-23T13:00:00.000Z')?.latest).toBe('2026-11-27T19:00:00.000Z');
  });

  it('does not count a day off as hand-over', () => {
    // Friday after the cut-off: leaves on Monday, and is there by Thursday.
    expect(promise('2026-11-27T15:00:00.000Z')?.latest).toBe('2026-12-03T19:00:00.000Z');
  });
});

it('the sample network has the content that these tests rely on', () => {
  expect([shenzhen?.warehouseId, poznan?.warehouseId]).toEqual(['cn-shenzhen', 'pl-poznan']);
});
