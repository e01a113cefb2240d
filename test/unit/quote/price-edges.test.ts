import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { productSchema } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import type { PricingInput } from '../../../shared/quote/pricing-input.ts';
import { lane, rateCard, warehouse } from '../../builders/network.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../../builders/real-basket.ts';

const [shenzhen] = realNetwork(1);
if (shenzhen === undefined) throw new Error('the sample network has a warehouse in Shenzhen');
const named = (sku: string) => {
  const product = realProducts.find((each) => each.sku === sku);
  if (product === undefined) throw new Error(`the sample catalogue has ${sku}`);
  return product;
};
const shirt = named('TSHIRT-SPORT-GREY');

function price(request: object, over: Partial<PricingInput>) {
  const { warehouses = [shenzhen as PricingInput['warehouses'][number]], products = [shirt] } = over;
  const units = new Map(warehouses.map(({ warehouseId }) => [warehouseId, 9]));
  return priceBasket({
    ...{ products, warehouses, exchangeRates, now, rules: builtinRuleBook, seller: sampleSeller },
    stock: new Map(products.map(({ sku }) => [sku, units])),
    ...over,
    request: quoteRequestSchema.parse({
      ...{ currency: 'EUR', lines: products.map(({ sku }) => ({ sku, quantity: 1 })), ...request },
    }),
  });
}

describe('a price that depends on several features', () => {
  it('exists in every currency if it exists in one, on the other side of a threshold', () => {
    const { gbVat: _none, ...unregistered } = sampleSeller;
    const lines = [
      { sku: 'TSHIRT-COTTON-NAVY', quantity: 1 },
      { sku: 'DRESS-VISCOSE', quantity: 3 },
    ];
    for (const currency of ['EUR', 'GBP', 'CZK', 'SEK', 'INR'])
      expect(
        price(
          { destination: { country: 'GB' }, currency, lines },
          { products: realProducts, warehouses: realNetwork(3), seller: unregistered },
        ),
        currency,
      ).toMatchObject({ ok: true });
  });

  it('is refused by name if the charge of a slot takes the basket over a limit', () => {
    const costly = { ...shirt, prices: [{ amount: 2_580_00, currency: 'EUR' as const }] };
    const lanes = [lane({ mode: 'air', countries: ['BR'], rateCards: [rateCard()] })];
    const to = { destination: { country: 'BR', region: 'SP', postalCode: '01310-100' } };
    const input = { products: [costly], warehouses: [{ ...shenzhen, lanes }] };
    const deliverySlot = {
      slotId: 'br-sp_2026-12-18_0800-1200_timed',
      ...{ carrier: 'easypost', surcharge: { amount: 10_00, currency: 'EUR' as const } },
      ...{ from: '2026-12-18T11:00:00.000Z', to: '2026-12-18T15:00:00.000Z' },
    };
    expect(price(to, input)).toMatchObject({ ok: true });
    expect(price(to, { ...input, deliverySlot })).toMatchObject({
      ok: false,
      error: { reason: 'not-supported', problems: [{ detail: expect.stringContaining('USD 3,000') }] },
    });
  });

  it('is refused because a carrier is down, but not if only this carrier may carry the goods', () => {
    const powerBank = productSchema.parse({
      ...{ ...shirt, sku: 'POWERBANK', hsCode: '850760', nationalCodes: undefined },
      compliance: {
        ...shirt.compliance,
        documents: [
          { type: 'un383-test-summary', reference: 'TS-1' },
          { type: 'ce-declaration', reference: 'DOC-1' },
        ],
        dangerousGoods: {
          ...{ unNumber: 'UN3480', cellMilliwattHours: 18_500, batteryMilliwattHours: 37_000 },
          stateOfChargeLimited: true,
        },
      },
    });
    const by = (carrier: string, mode: 'air' | 'road') =>
      lane({ carrier, mode, countries: ['FR'], rateCards: [rateCard()] });
    const input = {
      products: [powerBank, shirt],
      warehouses: [warehouse({ lanes: [by('by-air', 'air'), by('by-road', 'road')] })],
    };
    const to = { destination: { country: 'FR', postalCode: '75001' } };
    expect(price(to, input)).toMatchObject({ ok: true, value: { blocked: [] } });
    const mark = { carrier: 'by-road', status: 'down' as const, reason: 'strike', markedBy: 'operator-1' };
    expect(price(to, { ...input, carriers: [{ ...mark, markedAt: now }] })).toMatchObject({
      ok: false,
      error: { reason: 'carrier-down' },
    });
  });

  it('leaves out a lane whose freight cannot be converted, and is refused if there is no other lane', () => {
    const card = (currency: 'EUR' | 'USD') =>
      lane({ countries: ['FR'], rateCards: [rateCard({ currency })] });
    const inEuros = warehouse({ lanes: [card('EUR')] });
    const inDollars = { ...inEuros, warehouseId: 'fr-lille', lanes: [card('USD')] };
    const to = { destination: { country: 'FR', postalCode: '75001' } };
    const input = { exchangeRates: undefined };
    expect(price(to, { ...input, warehouses: [inEuros, inDollars] })).toMatchObject({ ok: true });
    expect(price(to, { ...input, warehouses: [inDollars] })).toMatchObject({
      ok: false,
      error: { reason: 'unsupported-currency' },
    });
  });

  it('is refused with the line that no warehouse can send, not with problems of lanes that are not needed', () => {
    const poznan = realNetwork(2)[1];
    if (poznan === undefined) throw new Error('the sample network has a warehouse in Poznań');
    const undivided = {
      ...shirt,
      nationalCodes: undefined,
      prices: [{ amount: 200_00, currency: 'EUR' as const }],
    };
    const soda = { ...undivided, sku: 'SODA', hsCode: '220299' };
    expect(
      price(
        { destination: { country: 'DE', postalCode: '20095' } },
        { products: [undivided, soda], warehouses: [shenzhen, poznan] },
      ),
    ).toMatchObject({
      ok: false,
      error: { reason: 'not-supported', problems: [{ pointer: '/lines/1/sku' }] },
    });
  });

  it('is refused with the actual obstacle, and not with a rule about values that the basket does not have', () => {
    const heavy = { ...named('BACKPACK-CANVAS'), nationalCodes: undefined, unitWeightGrams: 90_000 };
    const warehouses = [shenzhen, { ...shenzhen, warehouseId: 'cn-ningbo' }];
    const to = { destination: { country: 'DE', postalCode: '20095' } };
    for (const own of [warehouses.slice(0, 1), warehouses])
      expect(price(to, { products: [heavy], warehouses: own })).toMatchObject({
        ok: false,
        error: { reason: 'no-lane', problems: [{ detail: expect.stringContaining('90000 g') }] },
      });
  });
});
