import { describe, expect, it } from 'vitest';
import { sampleCatalogue } from '../../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { samplePapers } from '../../../infra/cli/sample-shop/sample-papers.ts';
import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { productSchema, warehouseSchema } from '../../../shared/catalogue/index.ts';
import type { Currency } from '../../../shared/kernel/currency.ts';
import { parseMajor } from '../../../shared/kernel/money.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import { exchangeRatesSchema } from '../../../shared/rates/index.ts';
import { rulesWithEditions } from '../../builders/editions.ts';

/** Whole quotes of T-shirts of China whose listed price has the destination's tax in it. */
const rates = {
  ...sampleRates,
  rates: {
    ...sampleRates.rates,
    AED: '4.2500',
    KRW: '1600.00',
    MXN: '21.0000',
    CAD: '1.6000',
    BRL: '6.2000',
    JPY: '180.0000',
  },
};
const now = '2026-11-23T10:00:00.000Z';
const [sample] = sampleCatalogue.filter(({ sku }) => sku === 'TSHIRT-COTTON-NAVY');
if (sample === undefined) throw new Error('the sample shop sells a T-shirt');

interface Given {
  readonly to: { readonly country: string; readonly region?: string; readonly postalCode?: string };
  readonly currency: Currency;
  /** The listed price of one, with tax. */
  readonly listed: string;
  readonly quantity?: number;
  readonly incoterm?: 'DDP' | 'DAP';
  readonly seller?: object;
}

function quoteOf({ to, currency, listed, quantity = 1, incoterm = 'DDP', seller = {} }: Given) {
  const { priceMinor, size, stock: _stock, ...rest } = sample as NonNullable<typeof sample>;
  const [lengthMm, widthMm, heightMm] = size;
  const amount = parseMajor(listed, currency)?.amountMinor;
  const product = productSchema.parse({
    ...rest,
    dimensions: { lengthMm, widthMm, heightMm },
    compliance: samplePapers(rest.sku, rest.hsCode),
    prices: [
      { amount: priceMinor, currency: 'EUR' },
      { amount, currency, taxIncluded: true },
    ],
  });
  const request = quoteRequestSchema.parse({
    destination: to,
    currency,
    incoterm,
    lines: [{ sku: product.sku, quantity }],
  });
  const result = priceBasket({
    request,
    products: [product],
    warehouses: sampleWarehouses
      .filter(({ warehouseId }) => warehouseId === 'cn-shenzhen')
      .map((warehouse) => warehouseSchema.parse(warehouse)),
    stock: new Map([[product.sku, new Map([['cn-shenzhen', 100]])]]),
    rules: rulesWithEditions,
    exchangeRates: exchangeRatesSchema.parse(rates),
    seller: { ...sampleSeller, ...seller, pricing: { taxIncludedMarkets: [to.country] } },
    now,
  });
  if (!result.ok) return { refused: result.error };
  const charges = result.value.chosen.consignments.flatMap((consignment) => consignment.charges);
  const of = (kind: string) => charges.filter((charge) => charge.kind === kind);
  const sum = (kind: string) => of(kind).reduce((all, each) => all + each.amount.amount, 0);
  const [goods] = of('goods');
  return {
    goods: sum('goods'),
    shipping: sum('shipping'),
    duty: sum('duty'),
    tax: sum('tax'),
    formula: goods?.formula,
    declared: result.value.chosen.consignments[0]?.lines[0]?.goodsValue.amount,
    planSearch: result.value.chosen.planSearch,
  };
}

describe('a listed price with tax in it', () => {
  it.each([
    ['by region', { country: 'BR', region: 'SP', postalCode: '01310-100' }],
    ['by its CEP alone', { country: 'BR', postalCode: '01310-100' }],
  ])('in Brazil, %s, has ICMS as a part of itself: the price is x (1 - 17 %%)', (_how, to) => {
    // 447.00 x 83 % = 371.01.
    expect(quoteOf({ to, currency: 'BRL', listed: '447.00' })).toMatchObject({ goods: 371_01 });
  });

  it('in Brazil has 20 % of ICMS in Bahia', () => {
    // 447.00 x 80 % = 357.60.
    const to = { country: 'BR', postalCode: '40010-000' };
    expect(quoteOf({ to, currency: 'BRL', listed: '447.00' })).toMatchObject({ goods: 357_60 });
  });

  it('in Canada, by the postal code alone, is the same as by the province', () => {
    const by = (to: Given['to']) => quoteOf({ to, currency: 'CAD', listed: '113.00' });
    const own = by({ country: 'CA', postalCode: 'M5V 2T6' });
    // 113.00 / 1.13 = 100.00; duty 18.00; HST 118.00 x 13 % = 15.34.
    expect(own).toMatchObject({ goods: 100_00, duty: 18_00, tax: 15_34 });
    expect(by({ country: 'CA', region: 'ON', postalCode: 'M5V 2T6' })).toEqual(own);
  });

  it('in Canada without a place is refused, and not taken for a price without tax', () => {
    expect(quoteOf({ to: { country: 'CA' }, currency: 'CAD', listed: '113.00' })).toHaveProperty('refused');
  });

  it('in Canada up to CAD 20, where no tax is due, is the price', () => {
    const to = { country: 'CA', postalCode: 'M5V 2T6' };
    expect(quoteOf({ to, currency: 'CAD', listed: '19.99' })).toMatchObject({ goods: 19_99, tax: 0 });
    // 22.60 / 1.13 = 20.00, which is free, and 22.60 is not: the most that is free is 20.00.
    const between = quoteOf({ to, currency: 'CAD', listed: '22.60' });
    expect(between).toMatchObject({ goods: 20_00, tax: 0 });
    expect(between.formula).toContain('20.00 CAD, the most on which no tax is due');
    // 22.63 / 1.13 = 20.03 and 2.60 of it.
    expect(quoteOf({ to, currency: 'CAD', listed: '22.63' }).goods).toBe(20_03);
  });

  it('in Mexico has the global rate in it, which can’t be divided into duty and IVA', () => {
    // 358.00 / 1.335 = 268.16; 268.16 x 33.5 % = 89.83, and 0.01 is rounded: 268.17 x 33.5 % = 89.84.
    const own = quoteOf({ to: { country: 'MX', postalCode: '06600' }, currency: 'MXN', listed: '358.00' });
    expect((own.goods ?? 0) + (own.duty ?? 0)).toBe(358_00);
    expect(own).toMatchObject({ goods: 268_16, duty: 89_84, tax: 0, declared: 268_17 });
    expect(own.formula).toContain('as the tax is rounded on a value of 268.17 MXN');
  });

  it('in Korea, the Emirates and Japan is the price up to the limit, and has tax in it above', () => {
    const korea = { to: { country: 'KR', postalCode: '04524' }, currency: 'KRW' as const };
    expect(quoteOf({ ...korea, listed: '64170' })).toMatchObject({ goods: 64_170, tax: 0 });
    const emirates = { to: { country: 'AE' }, currency: 'AED' as const };
    expect(quoteOf({ ...emirates, listed: '100.00' })).toMatchObject({ goods: 100_00, tax: 0 });
    // 420.00 / 1.05 = 400.00.
    expect(quoteOf({ ...emirates, listed: '420.00' })).toMatchObject({ goods: 400_00 });
    const japan = { to: { country: 'JP', postalCode: '100-0001' }, currency: 'JPY' as const };
    // Knitwear is outside the relief of 10,000 yen: 60 % of 1,600 is 960, whose base is nothing.
    // Cotton knit T-shirts have two lines, 6109.10-010 and -020.
    const seller = { classification: 'maximum' };
    expect(quoteOf({ ...japan, listed: '1600', seller })).toMatchObject({ goods: 1_600, tax: 0 });
  });

  it('in the Union comes back to the cent where net and tax are rounded', () => {
    const germany = { to: { country: 'DE', postalCode: '20095' }, currency: 'EUR' as const };
    // 24.90 x 19/119 = 3.98. The declared value is 20.93, whose tax is 3.98; of 20.92 it would be 3.97.
    expect(quoteOf({ ...germany, listed: '24.90' })).toMatchObject({ goods: 20_92, declared: 20_93 });
    expect(quoteOf({ ...germany, listed: '119.00' })).toMatchObject({ goods: 100_00, declared: 100_00 });
  });

  it('in the United States, where no tax is charged, is the price', () => {
    const to = { country: 'US', region: 'NY', postalCode: '10001' };
    expect(quoteOf({ to, currency: 'USD', listed: '20.00' })).toMatchObject({ goods: 20_00, tax: 0 });
  });
});
