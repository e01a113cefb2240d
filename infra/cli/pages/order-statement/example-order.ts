import { type Fact, factVersion, type NewFact, parseFact } from '../../../../events/all-events.ts';
import type { LandedCost } from '../../../../events/landed-cost.ts';
import { productSchema, warehouseSchema } from '../../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../../shared/duties/index.ts';
import { type IdKind, idPrefixes } from '../../../../shared/kernel/ids.ts';
import { invariant } from '../../../../shared/kernel/invariant.ts';
import { type Instant, later } from '../../../../shared/kernel/time.ts';
import { priceBasket, quoteRequestSchema } from '../../../../shared/quote/index.ts';
import { exchangeRatesSchema } from '../../../../shared/rates/index.ts';
import { sampleCatalogue } from '../../sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../sample-shop/network.ts';
import { productBody } from '../../sample-shop/sample-product.ts';
import { sampleRates, sampleSeller } from '../../sample-shop/sample-seller.ts';

/** When the order is priced and placed, UTC. */
const PLACED_AT = '2026-12-01T10:00:00.000Z';

/** What the shopper buys, with the one warehouse that has it. */
export const GOODS = [
  { sku: 'TSHIRT-COTTON-NAVY', quantity: 2, warehouseId: 'cn-shenzhen' },
  { sku: 'UMBRELLA-FOLDING', quantity: 1, warehouseId: 'pl-poznan' },
];

export const products = sampleCatalogue.map((product) => productSchema.parse(productBody(product)));

/** The landed cost of the goods to Berlin in EUR, delivered duty paid: a consignment for each warehouse. */
export function priceOrder(): LandedCost {
  const outcome = priceBasket({
    request: quoteRequestSchema.parse({
      destination: { country: 'DE', postalCode: '10115' },
      currency: 'EUR',
      lines: GOODS.map(({ sku, quantity }) => ({ sku, quantity })),
      service: 'standard',
    }),
    products,
    warehouses: sampleWarehouses.map((warehouse) => warehouseSchema.parse(warehouse)),
    stock: new Map(GOODS.map(({ sku, warehouseId }) => [sku, new Map([[warehouseId, 100]])])),
    exchangeRates: exchangeRatesSchema.parse(sampleRates),
    rules: builtinRuleBook,
    seller: sampleSeller,
    now: PLACED_AT,
  });
  invariant(outcome.ok, 'the example order has a price');
  const { chosen } = outcome.value;
  const schemes = chosen.consignments.map(({ scheme }) => scheme);
  invariant(schemes.join() === 'ioss,oss', 'the page explains one parcel under each scheme', { schemes });
  return chosen;
}

/** The example's id of a kind: the number, padded. */
export const exampleId = (kind: IdKind, number = 1): string =>
  `${idPrefixes[kind]}_${number.toString().padStart(26, '0')}`;

/** A fact that was decided at a time (UTC), and why it is booked as it is; `why` is absent where nothing is booked. */
export interface Step {
  readonly at: Instant;
  readonly fact: NewFact;
  readonly why?: string;
}

/** The facts of the steps in their envelopes, numbered from 1. Throws for data that its schema refuses. */
export const factsOf = (steps: readonly Step[]): Fact[] =>
  steps.map(({ at, fact: { name, data } }, index) =>
    parseFact({
      ...{ id: exampleId('fact', index + 1), orderId: exampleId('order'), sequence: index + 1 },
      ...{ occurredAt: at, recordedAt: at, cause: { by: 'journey' }, name, version: factVersion(name), data },
    }),
  );

/** Days and minutes after the order was placed. */
export const after = (days: number, minutes = 0): Instant =>
  later(PLACED_AT, (days * 24 * 60 + minutes) * 60_000);
