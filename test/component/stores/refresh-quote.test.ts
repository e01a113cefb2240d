import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleCatalogue } from '../../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { samplePapers } from '../../../infra/cli/sample-shop/sample-papers.ts';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { createCatalogueStore } from '../../../shared/aws/catalogue/catalogue-store.ts';
import { pack } from '../../../shared/aws/pack.ts';
import { createWorkloadStore } from '../../../shared/aws/quote/workload-store.ts';
import { createRatesStore } from '../../../shared/aws/rates/rates-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { productSchema, warehouseSchema } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { ok, refused } from '../../../shared/kernel/result.ts';
import { dayMs, minuteMs, secondMs } from '../../../shared/kernel/time.ts';
import { guaranteeCodeOf } from '../../../shared/quote/guarantee-code.ts';
import {
  makeQuote,
  type QuoteDeps,
  quoteRequestSchema,
  quoteView,
  quoteViewSchema,
  refreshedQuoteView,
  refreshedQuoteViewSchema,
  refreshQuote,
} from '../../../shared/quote/index.ts';
import { exchangeRatesSchema } from '../../../shared/rates/index.ts';
import { knownPartners } from '../../../shared/runtime/known-partners.ts';
import { address, details } from '../../builders/details.ts';
import { openShop, type Shop, signingKey } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

const SKU = 'TSHIRT-SPORT-GREY';
const sample = sampleCatalogue.find(({ sku }) => sku === SKU);
const slot = {
  slotId: 'de-berlin_2026-12-18_0800-1200_timed',
  carrier: 'easypost',
  from: '2026-12-18T07:00:00.000Z',
  to: '2026-12-18T11:00:00.000Z',
  surcharge: { amount: 500, currency: 'EUR' as const },
};
const rates = exchangeRatesSchema.parse({
  ...{ id: 'ecb-2026-11-20', base: 'EUR', date: '2026-11-20', source: 'ECB' },
  rates: { USD: '1.1580', GBP: '0.8790', PLN: '4.2400', CNY: '8.2300' },
});

let on: TableOnEngine;
let shop: Shop;
let deps: QuoteDeps;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
  const catalogue = createCatalogueStore(on.table, shop.clock);
  deps = {
    ...{ catalogue, stock: shop.stock, quotes: shop.quotes, knownPartners },
    rates: createRatesStore(on.table, shop.clock),
    workload: createWorkloadStore(on.table, shop.clock),
    rules: { current: async () => builtinRuleBook },
    deliverySlot: async (slotId) => (slotId === slot.slotId ? ok(slot) : refused({ reason: 'slot-unknown' })),
    isPayable: () => true,
    noteRefusal: async () => undefined,
    signingKey: async () => signingKey,
  };
  for (const warehouse of sampleWarehouses) await catalogue.putWarehouse(warehouseSchema.parse(warehouse));
  await catalogue.putSeller(sampleSeller);
  await putProduct(1990);
  await deps.rates.put(rates);
  await shop.receive(SKU, 50, 'cn-shenzhen');
  await shop.receive(SKU, 50, 'pl-poznan');
});
afterAll(() => on.stop());

async function putProduct(priceMinor: number) {
  if (sample === undefined) throw new Error(`the sample has no ${SKU}`);
  const { size, priceMinor: _price, stock: _stock, ...product } = sample;
  const [lengthMm, widthMm, heightMm] = size;
  const prices = [{ amount: priceMinor, currency: 'EUR' }];
  await deps.catalogue.putProduct(
    productSchema.parse({
      ...product,
      dimensions: { lengthMm, widthMm, heightMm },
      prices,
      compliance: samplePapers(SKU, product.hsCode),
    }),
  );
}

async function quoted(over: object = {}) {
  const request = quoteRequestSchema.parse({
    destination: { country: 'DE', postalCode: '10115' },
    currency: 'EUR',
    lines: [{ sku: SKU, quantity: 2 }],
    ...over,
  });
  const made = await makeQuote(deps, 'shop', request, { now: shop.now(), newId });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.quote;
}

async function refreshed(quoteId: string) {
  const outcome = await refreshQuote(deps, { quoteId, storefrontId: 'shop' }, { now: shop.now(), newId });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return refreshedQuoteViewSchema.parse(refreshedQuoteView(outcome.value));
}

const place = (quoteId: string, over: object = {}) =>
  shop.place(quoteId, {
    details: details({ shippingAddress: address({ country: 'DE', postalCode: '10115' }) }),
    ...over,
  });

test('a basket in a currency that nobody can pay there gets no quote', async () => {
  const request = quoteRequestSchema.parse({
    destination: { country: 'DE', postalCode: '10115' },
    ...{ currency: 'EUR', lines: [{ sku: SKU, quantity: 2 }] },
  });
  const asked: unknown[] = [];
  const isPayable: QuoteDeps['isPayable'] = (place) => {
    asked.push(place);
    return false;
  };
  const made = await makeQuote({ ...deps, isPayable }, 'shop', request, { now: shop.now(), newId });
  const detail = 'no payment method takes EUR in DE';
  expect(made).toEqual({
    ok: false,
    error: {
      reason: 'no-payment-method',
      problems: [{ pointer: '/currency', code: 'no-payment-method', detail }],
    },
  });
  expect(asked).toEqual([{ country: 'DE', currency: 'EUR', today: shop.now().slice(0, 10) }]);
});

describe('a quote with options', () => {
  test('gives an order the option that it names, or the first option', async () => {
    const quote = await quoted();
    expect(quote.options.length).toBeGreaterThan(1);
    const otherIncoterm = { incoterm: 'DAP', refused: 'for this test' } as const;
    const view = quoteViewSchema.parse(quoteView({ quote, otherIncoterm, blocked: [] }));
    expect(view).toMatchObject({ optionId: 'opt-1', totals: view.options[0]?.totals });
    expect(view.options[0]?.labels).toContain('cheapest');
    const second = quote.options[1];
    const placed = await place(quote.quoteId, { optionId: second?.optionId });
    const orderId = placed.ok ? placed.value.orderId : '';
    const first = (await shop.timelines.load(orderId))?.facts[0];
    expect(first?.name === 'order.placed' ? first.data : undefined).toMatchObject({
      landedCost: second?.landedCost,
      guaranteeCode: guaranteeCodeOf(quote),
    });
    // One quote gives at most one order, for any of its options.
    expect(await place(quote.quoteId, { optionId: 'opt-1' })).toMatchObject({
      error: { reason: 'quote-consumed' },
    });
  });

  test('has only its own options', async () => {
    const { quoteId } = await quoted();
    expect(await place(quoteId, { optionId: 'opt-9' })).toEqual({
      ok: false,
      error: { reason: 'option-unknown' },
    });
    expect((await place(quoteId)).ok).toBe(true);
  });

  test('makes a request with another option another request', async () => {
    const { quoteId } = await quoted();
    const idempotencyKey = shop.nextKey();
    const once = await place(quoteId, { idempotencyKey, optionId: 'opt-1' });
    expect(await place(quoteId, { idempotencyKey, optionId: 'opt-1' })).toMatchObject({
      value: { orderId: once.ok && once.value.orderId, isNew: false },
    });
    expect(await place(quoteId, { idempotencyKey, optionId: 'opt-2' })).toMatchObject({
      error: { reason: 'key-reused' },
    });
  });
});

describe('a refreshed quote', () => {
  test('is a new quote without changes if nothing changed, even if the earlier quote expired or was ordered', async () => {
    const quote = await quoted();
    await place(quote.quoteId);
    shop.pass(31 * minuteMs);
    const view = await refreshed(quote.quoteId);
    expect(view).toMatchObject({
      previousQuoteId: quote.quoteId,
      changes: [],
      difference: { amount: 0, currency: 'EUR' },
    });
    expect(view.quoteId).not.toBe(quote.quoteId);
    expect(view.guaranteeCode).not.toBe(guaranteeCodeOf(quote));
    expect((await shop.quotes.get(view.quoteId))?.previousQuoteId).toBe(quote.quoteId);
    expect(await shop.quotes.get(quote.quoteId)).toEqual(quote);
    expect((await place(view.quoteId)).ok).toBe(true);
  });

  test('names a change of the merchant’s price and its amount', async () => {
    const { quoteId } = await quoted();
    await putProduct(2190);
    const view = await refreshed(quoteId);
    expect(view.changes).toContainEqual(
      expect.objectContaining({ what: 'price', amount: { amount: 400, currency: 'EUR' } }),
    );
    expect(view.difference.amount).toBeGreaterThanOrEqual(400);
    await putProduct(1990);
  });

  test('with a delivery slot includes the slot’s price, and needs a held place to be ordered', async () => {
    const { quoteId } = await quoted();
    const with_ = (slotId: string) =>
      refreshQuote(deps, { quoteId, storefrontId: 'shop', slotId }, { now: shop.now(), newId });
    const outcome = await with_(slot.slotId);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    const view = refreshedQuoteViewSchema.parse(refreshedQuoteView(outcome.value));
    expect(view.changes).toContainEqual({
      what: 'delivery-slot',
      detail: `delivered in ${slot.slotId} instead of no slot`,
      after: slot.slotId,
      amount: slot.surcharge,
    });
    // The price of the slot does not count as a change of the rate card.
    expect(view.changes.map(({ what }) => what)).not.toContain('rate-card');
    expect(view.landedCost.deliverySlot).toEqual(slot);
    expect(await place(view.quoteId)).toEqual({ ok: false, error: { reason: 'slot-hold-needed' } });
    // The new quote keeps the slot, so a refresh of it includes the slot again.
    const again = await refreshed(view.quoteId);
    expect(again).toMatchObject({ changes: [], landedCost: { deliverySlot: slot } });
    expect(await with_('de-berlin_2026-12-18_0900-1200_timed')).toMatchObject({
      error: { reason: 'slot-unknown', problems: [{ pointer: '/deliverySlot/slotId' }] },
    });
  });

  test('names a change of exchange rates and spread', async () => {
    const { quoteId } = await quoted({ currency: 'USD' });
    await deps.rates.put({
      ...rates,
      id: 'ecb-2026-11-23',
      date: '2026-11-23',
      rates: { ...rates.rates, USD: '1.2000' },
    });
    await deps.catalogue.putSeller({ ...sampleSeller, pricing: { spreadBasisPoints: 100 } });
    shop.pass(6 * secondMs);
    const view = await refreshed(quoteId);
    expect(view.changes.map(({ what }) => what)).toEqual(['seller', 'fx']);
    expect(view.changes[1]).toMatchObject({ before: 'ecb-2026-11-20', after: 'ecb-2026-11-23' });
    expect(view.changes[1]?.detail).toContain('USD 1.2000 instead of 1.1580');
    const [goods] = view.landedCost.consignments[0]?.charges ?? [];
    expect(goods).toMatchObject({
      // 19.90 x 1.2 x 1.01 = 24.1188
      base: { amount: 3980, currency: 'EUR' },
      formula: '48.24 USD = 24.12 USD x 2; 24.12 USD = 19.90 EUR x 1.2000 x 1.01 (spread 100 bp), half up',
    });
    await deps.catalogue.putSeller(sampleSeller);
  });

  test('names stock that is gone, and the new place of dispatch', async () => {
    const quote = await quoted();
    const from = quote.options[0]?.landedCost.consignments[0]?.warehouseId ?? '';
    const { available = 0 } = (await shop.positionOf(SKU, from)) ?? {};
    await shop.move({ kind: 'write-off', sku: SKU, warehouseId: from, quantity: available - 1 });
    const view = await refreshed(quote.quoteId);
    expect(view.changes.map(({ what }) => what).slice(0, 2)).toEqual(['stock', 'network']);
    expect(view.changes[0]).toMatchObject({
      after: '1',
      detail: `${from} has 1 of ${SKU} left, and 2 are wanted`,
    });
    await shop.receive(SKU, 50, from);
  });

  test('is refused if its basket is refused, and gives nothing for a foreign, altered or unknown quote', async () => {
    const { quoteId } = await quoted({ currency: 'USD' });
    const of = (id: string, storefrontId = 'shop') =>
      refreshQuote(deps, { quoteId: id, storefrontId }, { now: shop.now(), newId });
    const unknown = { ok: false, error: { reason: 'quote-unknown' } };
    expect(await of(quoteId, 'outlet')).toEqual(unknown);
    expect(await of('quo_01KAXB3J5K0000000000000000')).toEqual(unknown);
    shop.pass(5 * dayMs);
    expect(await of(quoteId)).toMatchObject({
      error: { reason: 'stale-rates', problems: [{ pointer: '/currency', code: 'stale-rates' }] },
    });
    const quote = await shop.quotes.get(quoteId);
    if (quote === undefined) throw new Error('the quote is kept');
    const item = {
      ...keys.quote(quoteId),
      quote: pack({ ...quote, expiresAt: '2031-01-01T00:00:00.000Z' }),
    };
    await on.table.client.send(new PutCommand({ TableName: on.table.name, Item: item }));
    expect(await of(quoteId)).toEqual(unknown);
  });
});
