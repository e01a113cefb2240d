import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCatalogue } from '../../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { samplePapers } from '../../../infra/cli/sample-shop/sample-papers.ts';
import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { productSchema, warehouseSchema } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import type { PricingInput } from '../../../shared/quote/pricing-input.ts';
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
const stock = new Map(
  sampleCatalogue.map(({ sku, stock: [cn, pl] }) => [
    sku,
    new Map([
      ['cn-shenzhen', cn],
      ['pl-poznan', pl],
    ]),
  ]),
);
const lines = [{ sku: 'TSHIRT-SPORT-GREY', quantity: 2 }];
const slot = {
  slotId: 'de-hamburg_2026-12-18_0800-1200_timed',
  carrier: 'easypost',
  from: '2026-12-18T07:00:00.000Z',
  to: '2026-12-18T11:00:00.000Z',
  surcharge: { amount: 500, currency: 'EUR' as const },
};

function price(deliverySlot: PricingInput['deliverySlot'], more: object = {}, from = warehouses) {
  const request = quoteRequestSchema.parse({
    ...{ destination: { country: 'DE', postalCode: '20095' }, currency: 'EUR', lines },
    ...more,
  });
  return priceBasket({
    ...{ request, products, warehouses: from, stock, seller: sampleSeller, deliverySlot },
    rules: builtinRuleBook,
    exchangeRates: exchangeRatesSchema.parse(sampleRates),
    now: '2026-11-23T10:00:00.000Z',
  });
}

function priced(...args: Parameters<typeof price>) {
  const result = price(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const slotCharges = ({ consignments }: ReturnType<typeof priced>['chosen']) =>
  consignments.flatMap(({ charges }) => charges.filter(({ code }) => code === 'delivery-slot'));

describe('a basket priced with a delivery slot', () => {
  it('includes the surcharge once, as shipping with the tax on shipping', () => {
    const [plain, with_] = [priced(undefined).chosen, priced(slot).chosen];
    expect(slotCharges(plain)).toEqual([]);
    expect(slotCharges(with_)).toMatchObject([
      { kind: 'shipping', amount: slot.surcharge, base: slot.surcharge, ruleId: 'slot-zone-de-hamburg' },
    ]);
    expect(with_.deliverySlot).toEqual(slot);
    expect(with_.totals.shipping.amount - plain.totals.shipping.amount).toBe(500);
    // 19 % of 5.00 EUR.
    expect(with_.totals.tax.amount - plain.totals.tax.amount).toBe(95);
    expect(with_.totals.total.amount - plain.totals.total.amount).toBe(595);
  });

  it('includes the surcharge in every option and under the other incoterm, and each adds up', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('EUR', 'GBP', 'USD'),
        fc.constantFrom('DDP', 'DAP'),
        fc.integer({ min: 1, max: 5_000 }),
        (currency, incoterm, amount) => {
          const surcharge = { amount, currency: 'EUR' as const };
          const found = priced({ ...slot, surcharge }, { currency, incoterm });
          for (const { landedCost } of found.options) {
            const charges = landedCost.consignments.flatMap((each) => each.charges);
            expect(slotCharges(landedCost)).toHaveLength(1);
            expect(landedCost.totals.total.amount).toBe(
              charges.reduce(
                (all, each) => (each.collectedOnDelivery === true ? all : all + each.amount.amount),
                0,
              ),
            );
          }
          if (!('totals' in found.otherIncoterm)) return;
          expect(found.otherIncoterm.totals.shipping).toEqual(found.chosen.totals.shipping);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('costs no more if the slot is free of charge', () => {
    const { surcharge: _surcharge, ...free } = slot;
    expect(priced(free).chosen.totals).toEqual(priced(undefined).chosen.totals);
  });

  it('has only plans of the slot’s carrier that arrive before the slot begins', () => {
    const latest = priced(undefined).options.map(({ landedCost }) =>
      landedCost.consignments
        .map(({ promise }) => promise.latest)
        .sort()
        .at(-1),
    );
    const [soonest = ''] = latest.toSorted();
    expect(latest.some((each) => each !== soonest)).toBe(true);
    const fast = { ...slot, from: soonest };
    for (const { landedCost } of priced(fast).options)
      for (const { carrier, promise } of landedCost.consignments) {
        expect(carrier).toBe(slot.carrier);
        expect(promise.latest <= fast.from).toBe(true);
      }
  });

  it.each([
    ['slot-of-other-carrier', { ...slot, carrier: 'other' }],
    ['slot-before-promise', { ...slot, from: '2026-11-23T12:00:00.000Z' }],
    // A warehouse without the goods could arrive in time.
    ['slot-before-promise', { ...slot, from: '2026-11-28T07:00:00.000Z' }],
  ])('is refused by name: %s', (reason, wanted) => {
    expect(price(wanted)).toMatchObject({
      error: { reason, problems: [{ pointer: '/deliverySlot/slotId', code: reason }] },
    });
  });

  it('is refused as out of stock if the goods are out of stock', () => {
    expect(price(slot, { lines: [{ sku: 'TSHIRT-SPORT-GREY', quantity: 9_999 }] })).toMatchObject({
      error: { reason: 'not-in-stock' },
    });
  });
});
