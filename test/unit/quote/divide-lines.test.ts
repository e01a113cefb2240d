import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { explainChanges } from '../../../shared/quote/change/explain-changes.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import { partsOf } from '../../../shared/quote/plan/divide-lines.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../../builders/real-basket.ts';

const warehouses = realNetwork(3);
const [shenzhen = '', poznan = '', other = ''] = warehouses.map(({ warehouseId }) => warehouseId);
const stockOf = (...units: number[]) =>
  new Map([['A', new Map(warehouses.map(({ warehouseId }, at) => [warehouseId, units[at] ?? 0]))]]);

const line = (quantity: number, lineId = 'line-1') => ({ lineId, sku: 'A', quantity });
const parts = (quantity: number, ...units: number[]) =>
  partsOf([line(quantity)], () => warehouses, stockOf(...units))(line(quantity));

describe('a line that no warehouse has completely', () => {
  it('is divided into as few parts as possible, the largest part first', () => {
    expect(parts(10, 6, 4, 9)).toEqual([9, 1]);
    expect(parts(19, 6, 4, 9)).toEqual([9, 6, 4]);
  });

  it('is not divided if one warehouse has all units, or if all warehouses together have too few', () => {
    expect(parts(9, 6, 4, 9)).toBeUndefined();
    expect(parts(20, 6, 4, 9)).toBeUndefined();
  });

  it('shares the stock with the other lines of its SKU', () => {
    const lines = [line(5), line(5, 'line-2')];
    const of = partsOf(lines, () => warehouses, stockOf(7, 3, 0));
    expect(lines.map(of)).toEqual([undefined, [3, 2]]);
  });

  it('is not divided over a warehouse that may not send it', () => {
    const [first, ...others] = warehouses;
    const of = partsOf([line(5)], () => others, stockOf(5, 3, 2));
    expect(first && of(line(5))).toEqual([3, 2]);
  });

  it('has parts that add up to it, each in stock at a different warehouse', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 60 }),
        (units, quantity) => {
          const divided = parts(quantity, ...units);
          if (divided === undefined) {
            const all = units.reduce((sum, each) => sum + each, 0);
            expect(all < quantity || Math.max(...units) >= quantity).toBe(true);
            return;
          }
          expect(divided.reduce((sum, part) => sum + part, 0)).toBe(quantity);
          const max = units.toSorted((a, b) => b - a);
          for (const [place, part] of divided.entries()) expect(part).toBeLessThanOrEqual(max[place] ?? 0);
        },
      ),
    );
  });
});

describe('a quote for a line that no warehouse has completely', () => {
  const [
    {
      sku,
      prices: [{ amount: unitMinor = 0 } = {}],
    } = { sku: '', prices: [] },
  ] = realProducts;
  const price = (quantity: number, atPoznan = 6, atOther = 4) => {
    const units = new Map([
      [shenzhen, 0],
      [poznan, atPoznan],
      [other, atOther],
    ]);
    const stock = new Map([[sku, units]]);
    const request = quoteRequestSchema.parse({
      ...{ destination: { country: 'DE', postalCode: '20095' }, currency: 'EUR' },
      lines: [{ sku, quantity }],
    });
    return priceBasket({
      ...{ request, products: realProducts, warehouses, stock, exchangeRates, now },
      ...{ rules: builtinRuleBook, seller: sampleSeller },
    });
  };

  it('has two consignments whose parts add up, each with its own amounts', () => {
    const outcome = price(10);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    const { consignments, totals } = outcome.value.chosen;
    const sent = consignments.flatMap(({ warehouseId, lines }) =>
      lines.map(({ lineId, quantity }) => ({ warehouseId, lineId, quantity })),
    );
    expect(sent.toSorted((a, b) => a.lineId.localeCompare(b.lineId))).toEqual([
      { warehouseId: poznan, lineId: 'line-1.1', quantity: 6 },
      { warehouseId: other, lineId: 'line-1.2', quantity: 4 },
    ]);
    expect(totals.goods.amount).toBe(10 * unitMinor);
  });

  it('shows no price change if a refresh divides the line differently', () => {
    const [was, is] = [price(10, 6, 4), price(10, 9, 4)].map((outcome) => {
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      return { landedCost: outcome.value.chosen, sellerVersion: '1' };
    });
    if (was === undefined || is === undefined) throw new Error('both are quoted');
    const reported = explainChanges(was, { ...is, stock: new Map() }).map(({ what }) => what);
    expect(reported).not.toContain('price');
    expect(reported).not.toContain('rate-card');
  });

  it('is refused as too large if the parts need more places than an order has', () => {
    const skus = Array.from({ length: 48 }, (_, index) => `S${index}`);
    const [product] = realProducts;
    const units = new Map([
      [poznan, 1],
      [other, 1],
    ]);
    const outcome = priceBasket({
      request: quoteRequestSchema.parse({
        ...{ destination: { country: 'DE', postalCode: '20095' }, currency: 'EUR' },
        lines: skus.map((own) => ({ sku: own, quantity: 2 })),
      }),
      products: skus.flatMap((own) => (product === undefined ? [] : [{ ...product, sku: own }])),
      stock: new Map(skus.map((own) => [own, units])),
      ...{ warehouses, exchangeRates, now, rules: builtinRuleBook, seller: sampleSeller },
    });
    expect(outcome).toMatchObject({ ok: false, error: { reason: 'too-large' } });
  });

  it('is refused with the stock of all warehouses together', () => {
    expect(price(11)).toMatchObject({
      ok: false,
      error: {
        reason: 'not-in-stock',
        problems: [{ pointer: '/lines/0/quantity', detail: expect.stringContaining('not enough of') }],
      },
    });
  });
});
