import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { type Product, productBodySchema } from '../../../shared/catalogue/index.ts';
import { buildDeclaration as writeForBroker } from '../../../shared/customs/brokers/broker/build-declaration.ts';
import { buildDeclaration } from '../../../shared/customs/build-declaration.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { withoutRefusedFree } from '../../../shared/quote/free-orders.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import type { PricingInput } from '../../../shared/quote/pricing-input.ts';
import { address } from '../../builders/details.ts';
import {
  captured,
  dispatched,
  placed,
  refundPaid,
  refundRequested,
  untilReleased,
} from '../../builders/facts.ts';
import { lane, rateCard } from '../../builders/network.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../../builders/real-basket.ts';
import { timelineOf } from '../../builders/timeline.ts';

const named = (sku: string) => {
  const product = realProducts.find((each) => each.sku === sku);
  if (product === undefined) throw new Error(`the sample catalogue has ${sku}`);
  return product;
};
const [shirt, mug] = [named('TSHIRT-SPORT-GREY'), named('MUG-CERAMIC-350')];
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

const given = (product: Product, minor: number): Product => ({
  ...product,
  prices: [eur(0)],
  customsValue: eur(minor),
});
const sold = (product: Product, minor: number): Product => ({ ...product, prices: [eur(minor)] });
/** A merchant who charges no tax at the sale. */
const { ioss: _ioss, gbVat: _gbVat, taxNumbers: _taxNumbers, ...importsOnly } = sampleSeller;

function price(products: readonly Product[], request: object, over: Partial<PricingInput> = {}) {
  const warehouses = over.warehouses ?? realNetwork(2);
  const units = new Map(warehouses.map(({ warehouseId }) => [warehouseId, 50]));
  return priceBasket({
    ...{ products, warehouses, exchangeRates, now, rules: builtinRuleBook, seller: sampleSeller },
    stock: new Map(products.map(({ sku }) => [sku, units])),
    ...over,
    request: quoteRequestSchema.parse({
      ...{ currency: 'EUR', lines: products.map(({ sku }) => ({ sku, quantity: 2 })), ...request },
    }),
  });
}

const places = [
  { country: 'DE', postalCode: '20095' },
  { country: 'FR', postalCode: '75001' },
  { country: 'GB', postalCode: 'SW1A 1AA' },
  { country: 'US', postalCode: '10001', region: 'NY' },
  { country: 'JP', postalCode: '100-0005' },
  { country: 'NO', postalCode: '0150' },
  { country: 'AU', postalCode: '2000', region: 'NSW' },
];

describe('goods that are given away', () => {
  it('bear the duty, tax, fees and freight of imported goods of their value, and cost nothing themselves', () => {
    const request = fc.record({
      destination: fc.constantFrom(...places),
      currency: fc.constantFrom('EUR', 'USD', 'JPY'),
      incoterm: fc.constantFrom('DDP', 'DAP'),
    });
    let compared = 0;
    fc.assert(
      fc.property(request, fc.integer({ min: 50, max: 60_000 }), (asked, minor) => {
        const free = price([given(shirt, minor)], asked);
        const imported = price([sold(shirt, minor)], asked, { seller: importsOnly });
        expect(free.ok).toBe(imported.ok);
        if (!free.ok || !imported.ok) return;
        compared += 1;
        const [own, other] = [free.value.chosen.totals, imported.value.chosen.totals];
        expect(own.goods.amount).toBe(0);
        expect([own.shipping, own.duty, own.tax, own.fees]).toEqual([
          ...[other.shipping, other.duty, other.tax, other.fees],
        ]);
        expect(own.total.amount).toBe(other.total.amount - other.goods.amount);
      }),
      { numRuns: 120 },
    );
    expect(compared).toBeGreaterThan(40);
  });

  it('belong to the sale with which they go: limits and taxes count their value', () => {
    for (const minor of [400, 9_000, 40_000])
      for (const destination of places) {
        const both = price([sold(mug, 1_500), given(shirt, minor)], { destination });
        const asSold = price([sold(mug, 1_500), sold(shirt, minor)], { destination });
        expect(both.ok).toBe(asSold.ok);
        if (!both.ok || !asSold.ok) continue;
        const [own, other] = [both.value.chosen.totals, asSold.value.chosen.totals];
        expect([own.duty, own.tax, own.fees, own.shipping]).toEqual([
          ...[other.duty, other.tax, other.fees, other.shipping],
        ]);
        expect(own.goods).toEqual(eur(3_000));
      }
  });

  it('alone are no sale: no number of a tax at the sale is used', () => {
    const priced = price([given(shirt, 1_000)], { destination: places[0] });
    if (!priced.ok) throw new Error(JSON.stringify(priced.error));
    for (const { scheme } of priced.value.chosen.consignments) expect(scheme).not.toBe('ioss');
  });

  it('say their customs value beside their price', () => {
    const priced = price([given(shirt, 1_000)], { destination: places[0] });
    const charges = priced.ok ? priced.value.chosen.consignments.flatMap((each) => each.charges) : [];
    expect(charges.find(({ kind }) => kind === 'goods')).toMatchObject({
      amount: eur(0),
      formula: '0.00 EUR = 0.00 EUR x 2; customs value 20.00 EUR',
    });
  });

  it('are free in every currency, also where a rounding rule would raise a converted price', () => {
    const ending = { to: 'ending', endingMinor: 99, perMinor: 100, direction: 'up' } as const;
    const seller = { ...sampleSeller, pricing: { rounding: { USD: ending } } };
    const priced = price([given(shirt, 1_000)], { destination: places[0], currency: 'USD' }, { seller });
    expect(priced.ok && priced.value.chosen.totals.goods).toEqual({ amount: 0, currency: 'USD' });
  });

  it('are given away without a payment only where the storefront does that, up to a number of units', () => {
    const [first] = realNetwork(1);
    if (first === undefined) throw new Error('the sample network has a warehouse');
    const card = rateCard({ zones: [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: 0 }] }] });
    const lanes = [lane({ countries: ['DE'], rateCards: [card] })];
    const asked = { destination: places[0], incoterm: 'DAP' };
    const warehouses = [{ ...first, lanes }];
    expect(price([given(shirt, 1_000)], asked, { warehouses })).toMatchObject({
      ok: false,
      error: { reason: 'nothing-to-pay', problems: [{ pointer: '/lines' }] },
    });
    expect(price([sold(shirt, 1_000)], asked, { warehouses })).toMatchObject({ ok: true });
    const freeUpTo = (mostUnits: number) =>
      price([given(shirt, 1_000)], asked, { warehouses, freeOrders: { mostUnits } });
    expect(freeUpTo(2)).toMatchObject({ ok: true, value: { chosen: { totals: { total: eur(0) } } } });
    expect(freeUpTo(1)).toMatchObject({ ok: false, error: { reason: 'too-many-units' } });
  });

  it('are no option beside a paid one where the storefront does not give them away', () => {
    const [free, paid] = [0, 900].map((shipping) => {
      const [first] = realNetwork(1);
      if (first === undefined) throw new Error('the sample network has a warehouse');
      const zones = [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: shipping }] }];
      const lanes = [lane({ countries: ['DE'], rateCards: [rateCard({ zones })] })];
      const over = { warehouses: [{ ...first, lanes }], freeOrders: { mostUnits: 5 } };
      const priced = price([given(shirt, 1_000)], { destination: places[0], incoterm: 'DAP' }, over);
      if (!priced.ok) throw new Error(JSON.stringify(priced.error));
      return priced.value;
    });
    if (free === undefined || paid === undefined) throw new Error('both are priced');
    const both = { ...paid, options: [...paid.options, ...free.options] };
    const optionsOf = (freeOrders?: { mostUnits: number }) => {
      const lines = [{ sku: shirt.sku, quantity: 2 }];
      const kept = withoutRefusedFree({ request: { lines }, freeOrders } as unknown as PricingInput, both);
      return kept.ok && kept.value.options;
    };
    expect(optionsOf({ mostUnits: 5 })).toEqual(both.options);
    expect(optionsOf({ mostUnits: 1 })).toEqual(paid.options);
    expect(optionsOf()).toEqual(paid.options);
  });
});

describe('an order of goods that are given away', () => {
  const priced = price([given(shirt, 60_00), given(mug, 50_00)], { destination: places[0] });
  if (!priced.ok) throw new Error(JSON.stringify(priced.error));
  const landedCost = priced.value.chosen;
  const [consignment] = landedCost.consignments;
  if (consignment === undefined) throw new Error('a plan has a consignment');

  test('is declared at the customs value, which is not that of a transaction', () => {
    const built = buildDeclaration({
      ...{ lrn: 'LRN1', landedCost, consignment: { ...consignment, dataSet: 'EU_H1' }, consignee: address() },
      exporter: { name: 'Seller', line1: 'Road 1', city: 'Shenzhen', postalCode: '518000', country: 'CN' },
      ...{ seller: sampleSeller, trackingNumber: 'TRACK1' },
    });
    if (!built.ok) throw new Error(built.error.field);
    expect(built.value.totals.goods.amountMinor).toBe(
      consignment.lines.reduce((all, { goodsValue }) => all + goodsValue.amount, 0),
    );
    const { items, additionalFiscalReferences } = writeForBroker(built.value, {}, now);
    for (const item of items) {
      expect(item.valuationMethod).toBe('6');
      expect(item.itemPrice?.amountMinor).toBeGreaterThan(0);
    }
    expect(additionalFiscalReferences).toBeUndefined();
  });

  test('leaves a balanced ledger, also after its refund', () => {
    const total = landedCost.totals.total;
    const half = { ...total, amount: Math.floor(total.amount / 4) };
    const facts = timelineOf([
      ...untilReleased().map((fact) => (fact.name === 'order.placed' ? placed({ landedCost }) : fact)),
      captured({ amount: total }),
      dispatched(),
      refundRequested({ amount: half }),
      refundPaid({ amount: half }),
    ]).facts;
    const journals = facts.flatMap((fact, index) => journalsOf(facts.slice(0, index), [fact]));
    expect(journals.length).toBeGreaterThan(2);
    for (const { postings } of journals)
      expect(postings.reduce((all, { amount }) => all + amount.amountMinor, 0)).toBe(0);
    const sales = journals.flatMap(({ postings }) => postings).filter(({ account }) => account === 'sales');
    expect(sales.reduce((all, { amount }) => all + amount.amountMinor, 0)).toBe(0);
  });
});

describe('a product that is given away', () => {
  const { sku: _sku, ...body } = given(shirt, 1_000);
  const problems = (over: object) =>
    (productBodySchema.safeParse({ ...body, ...over }).error?.issues ?? []).map(({ path }) => path.join('/'));

  it.each([
    ['with a customs value is accepted', {}, []],
    ['needs a customs value', { customsValue: undefined }, ['customsValue']],
    ['needs one above zero', { customsValue: eur(0) }, ['customsValue/amount']],
    ['is free in every price', { prices: [eur(0), { amount: 5, currency: 'USD' }] }, ['prices/1/amount']],
    ['has no price below zero', { prices: [eur(-1)] }, ['prices/0/amount', 'customsValue']],
    ['that has a price is declared at the price', { prices: [eur(2_000)] }, ['customsValue']],
  ])('%s', (_, over, paths) => {
    expect(problems(over)).toEqual(paths);
  });
});
