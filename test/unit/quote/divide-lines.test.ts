import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleSeller } from '../../../infra/demo/sample-seller.ts';
import { builtinRuleBook } from '../../../shared/customs/index.ts';
import { partsOf } from '../../../shared/quote/divide-lines.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../../builders/real-basket.ts';

const warehouses = realNetwork(3);
const [shenzhen = '', poznan = '', other = ''] = warehouses.map(({ warehouseId }) => warehouseId);
const stockOf = (...units: number[]) =>
  new Map([['A', new Map(warehouses.map(({ warehouseId }, at) => [warehouseId, units[at] ?? 0]))]]);

describe('a line of which no warehouse has all', () => {
  it('is divided into as few parts as can be, the largest first', () => {
    expect(partsOf({ sku: 'A', quantity: 10 }, warehouses, stockOf(6, 4, 9))).toEqual([9, 1]);
    expect(partsOf({ sku: 'A', quantity: 19 }, warehouses, stockOf(6, 4, 9))).toEqual([9, 6, 4]);
  });

  it('is left whole where one has it all, and where all together have not', () => {
    expect(partsOf({ sku: 'A', quantity: 9 }, warehouses, stockOf(6, 4, 9))).toBeUndefined();
    expect(partsOf({ sku: 'A', quantity: 20 }, warehouses, stockOf(6, 4, 9))).toBeUndefined();
  });

  it('has parts that add up to it, each in stock at a warehouse of its own', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 60 }),
        (units, quantity) => {
          const parts = partsOf({ sku: 'A', quantity }, warehouses, stockOf(...units));
          if (parts === undefined) {
            const all = units.reduce((sum, each) => sum + each, 0);
            expect(all < quantity || Math.max(...units) >= quantity).toBe(true);
            return;
          }
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(quantity);
          const most = units.toSorted((a, b) => b - a);
          for (const [place, part] of parts.entries()) expect(part).toBeLessThanOrEqual(most[place] ?? 0);
        },
      ),
    );
  });
});

describe('a quote for a line of which no warehouse has all', () => {
  const [
    {
      sku,
      prices: [{ amount: unitMinor = 0 } = {}],
    } = { sku: '', prices: [] },
  ] = realProducts;
  const price = (quantity: number) => {
    const units = new Map([
      [shenzhen, 0],
      [poznan, 6],
      [other, 4],
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

  it('is of two consignments whose parts add up, each with its own figures', () => {
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

  it('is refused by what all warehouses have together', () => {
    expect(price(11)).toMatchObject({
      ok: false,
      error: {
        reason: 'not-in-stock',
        problems: [{ pointer: '/lines/0/quantity', detail: expect.stringContaining('at most 10') }],
      },
    });
  });
});
