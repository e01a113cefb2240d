import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCatalogue, type ReplayProduct } from '../../../../infra/cli/replay/build-catalogue.ts';
import type { Sale } from '../../../../infra/cli/replay/check-row.ts';
import { firstOrders, unitsOf, withoutProducts } from '../../../../infra/cli/replay/choose-orders.ts';
import { planOrders } from '../../../../infra/cli/replay/plan-orders.ts';
import { readFile } from '../../../../infra/cli/replay/read-file.ts';
import { limitsOf } from '../../../../infra/cli/replay/read-limits.ts';

const LIMITS = { lines: 3, quantity: 100, weightGrams: 10_000 };

const sale = (line: number, change: Partial<Sale> = {}): Sale => ({
  line,
  invoiceNo: '536365',
  sku: 'MUG',
  description: 'RED MUG',
  quantity: 1,
  unitPriceMinor: 255,
  customerId: '17850',
  country: 'DE',
  ...change,
});

const product = (sku: string, unitWeightGrams: number): ReplayProduct => ({
  sku,
  description: sku,
  hsCode: '691200',
  unitWeightGrams,
  dimensions: { lengthMm: 100, widthMm: 100, heightMm: 100 },
  originCountry: 'CN',
  priceMinor: 255,
  units: 1,
});

const products = new Map(
  [
    product('MUG', 300),
    product('CARD', 30),
    product('PEN', 10),
    product('BAG', 100),
    product('ANVIL', 20_000),
  ].map((each) => [each.sku, each]),
);

describe('the catalogue of the replay', () => {
  it('has one product for each stock code: median price, most frequent description, units of all rows', () => {
    const { products: built, refusals } = buildCatalogue([
      sale(2, { unitPriceMinor: 295, quantity: 6 }),
      sale(3, { unitPriceMinor: 255, quantity: 3 }),
      sale(4, { unitPriceMinor: 621, description: 'red mug, damaged' }),
      sale(5, { unitPriceMinor: 300 }),
    ]);
    expect(refusals).toEqual([]);
    expect([...built.values()]).toMatchObject([
      { sku: 'MUG', description: 'RED MUG', priceMinor: 295, units: 11, hsCode: '691200' },
    ]);
  });

  it('refuses every row of a product that cannot be classified', () => {
    const {
      products: built,
      sales,
      refusals,
    } = buildCatalogue([
      sale(2, { sku: 'X1', description: 'THING' }),
      sale(3),
      sale(4, { sku: 'X1', description: '' }),
    ]);
    expect([...built.keys()]).toEqual(['MUG']);
    expect(sales.map(({ line }) => line)).toEqual([3]);
    expect(refusals.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'unclassified'],
      [4, 'unclassified'],
    ]);
  });
});

describe('orders of the replay', () => {
  it('correspond to one invoice each; several rows with the same SKU become one line', () => {
    const { orders, invoices, splitInvoices } = planOrders(
      [
        sale(2),
        sale(3, { sku: 'CARD', quantity: 12 }),
        sale(4, { quantity: 5 }),
        sale(5, { invoiceNo: '536366' }),
      ],
      products,
      LIMITS,
    );
    expect(orders).toEqual([
      {
        key: '536365',
        invoiceNo: '536365',
        country: 'DE',
        customerId: '17850',
        lines: [
          { sku: 'MUG', quantity: 6, rows: [2, 4] },
          { sku: 'CARD', quantity: 12, rows: [3] },
        ],
      },
      {
        key: '536366',
        invoiceNo: '536366',
        country: 'DE',
        customerId: '17850',
        lines: [{ sku: 'MUG', quantity: 1, rows: [5] }],
      },
    ]);
    expect([invoices, splitInvoices]).toEqual([2, 0]);
  });

  it('are several if an invoice has too many lines', () => {
    const rows = ['MUG', 'CARD', 'PEN', 'BAG'].map((sku, index) => sale(index + 2, { sku }));
    const { orders, splitInvoices } = planOrders(rows, products, LIMITS);
    expect(orders.map(({ key, lines }) => [key, lines.map(({ sku }) => sku)])).toEqual([
      ['536365/1', ['MUG', 'CARD', 'PEN']],
      ['536365/2', ['BAG']],
    ]);
    expect(splitInvoices).toBe(1);
  });

  it('divide a quantity only if the quantity does not fit into one order', () => {
    const { orders } = planOrders(
      [
        sale(2, { sku: 'BAG', quantity: 60 }),
        sale(3, { sku: 'MUG', quantity: 20 }),
        sale(4, { sku: 'PEN', quantity: 230 }),
      ],
      products,
      LIMITS,
    );
    expect(orders.map(({ lines }) => lines.map(({ sku, quantity }) => `${quantity} ${sku}`))).toEqual([
      ['60 BAG'],
      ['20 MUG', '100 PEN'],
      ['100 PEN'],
      ['30 PEN'],
    ]);
  });

  it('have one destination each, even if rows of two countries share an invoice number', () => {
    const { orders } = planOrders([sale(2), sale(3, { country: 'FR' })], products, LIMITS);
    expect(orders.map(({ country }) => country)).toEqual(['DE', 'FR']);
  });

  it('leave out goods that are too heavy for any parcel, and give the reason', () => {
    const { orders, refusals } = planOrders([sale(2, { sku: 'ANVIL' })], products, LIMITS);
    expect(orders).toEqual([]);
    expect(refusals).toMatchObject([{ line: 2, reason: 'too-heavy-for-a-parcel' }]);
  });

  it('contain every unit and every row, and keep every limit, for any sales', () => {
    const sales = fc.array(
      fc.record({
        sku: fc.constantFrom('MUG', 'CARD', 'PEN', 'BAG'),
        quantity: fc.integer({ min: 1, max: 500 }),
        invoiceNo: fc.constantFrom('1', '2', '3'),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(sales, (rows) => {
        const sold = rows.map((row, index) => sale(index + 2, row));
        const { orders, refusals } = planOrders(sold, products, LIMITS);
        expect(refusals).toEqual([]);
        const expected = new Map<string, number>();
        for (const { sku, quantity } of rows) expected.set(sku, (expected.get(sku) ?? 0) + quantity);
        expect(new Map([...unitsOf(orders)].sort())).toEqual(new Map([...expected].sort()));
        expect(new Set(orders.flatMap(({ lines }) => lines.flatMap((line) => line.rows))).size).toBe(
          rows.length,
        );
        for (const { lines } of orders) {
          expect(lines.length).toBeLessThanOrEqual(LIMITS.lines);
          expect(new Set(lines.map(({ sku }) => sku)).size).toBe(lines.length);
          expect(Math.max(...lines.map(({ quantity }) => quantity))).toBeLessThanOrEqual(LIMITS.quantity);
          const grams = lines.reduce(
            (all, { sku, quantity }) => all + quantity * (products.get(sku)?.unitWeightGrams ?? 0),
            0,
          );
          expect(grams).toBeLessThanOrEqual(LIMITS.weightGrams);
        }
      }),
    );
  });
});

describe('the limits on an order', () => {
  const body = (schema: unknown) => ({
    paths: { '/v1/quotes': { post: { requestBody: { content: { 'application/json': { schema } } } } } },
  });
  const request = {
    properties: { lines: { maxItems: 50, items: { properties: { quantity: { maximum: 999 } } } } },
  };

  it('are the limits that the API contract states, directly or by reference', () => {
    const limits = { lines: 50, quantity: 999, weightGrams: 65_000 };
    expect(limitsOf(body(request))).toEqual(limits);
    const referring = {
      ...body({ $ref: '#/components/schemas/Q' }),
      components: { schemas: { Q: request } },
    };
    expect(limitsOf(referring)).toEqual(limits);
  });

  it('are low if the contract states none', () => {
    expect(limitsOf({})).toEqual({ lines: 80, quantity: 10_000, weightGrams: 65_000 });
  });
});

describe('the chosen orders', () => {
  const { orders } = planOrders(
    [sale(2, { sku: 'PEN', quantity: 150 }), sale(3, { sku: 'CARD' }), sale(4, { invoiceNo: '2' })],
    products,
    LIMITS,
  );

  it('leave out the rows that belong to none of the first orders, if a limit is given', () => {
    expect(firstOrders(orders, 1)).toMatchObject({ orders: [{ key: '536365/1' }], rowsLeftOut: 2 });
    expect(firstOrders(orders, undefined)).toEqual({ orders, rowsLeftOut: 0 });
  });

  it('lose the lines of a refused product, and are dropped if no line is left', () => {
    const kept = withoutProducts(orders, new Map([['PEN', 'hs-code-unknown: no such subheading']]));
    expect(kept.orders.map(({ lines }) => lines.map(({ sku }) => sku))).toEqual([['CARD'], ['MUG']]);
    expect(kept.refusals).toEqual([
      {
        line: 2,
        invoiceNo: '536365',
        reason: 'product-refused',
        detail: 'PEN: hs-code-unknown: no such subheading',
      },
    ]);
  });
});

it('in a file with every kind of bad data, each row is a sale or is refused with its line and reason', async () => {
  const file = await readFile(join(import.meta.dirname, '../../../fixtures/replay/dirty.csv'));
  const { products: built, sales, refusals } = buildCatalogue(file.sales);
  expect(file.rowsRead).toBe(30);
  expect(sales.length + refusals.length + file.refusals.length).toBe(30);
  const lines = Map.groupBy([...file.refusals, ...refusals], ({ reason }) => reason);
  expect(Object.fromEntries([...lines].map(([reason, of]) => [reason, of.map(({ line }) => line)]))).toEqual({
    'malformed-row': [25, 26, 27],
    cancellation: [10, 11],
    'no-goods': [5, 16, 17, 18, 19],
    'no-invoice-number': [29],
    'price-not-positive': [12],
    'price-not-a-number': [14],
    'price-finer-than-a-penny': [28],
    'quantity-not-a-number': [13],
    'quantity-not-positive': [15],
    'stock-code-unusable': [31],
    'no-country': [20, 21, 22, 23],
    unclassified: [24],
  });
  const { orders } = planOrders(sales, built, LIMITS);
  expect(orders.map(({ key, country, lines: of }) => [key, country, of.length])).toEqual([
    ['536365', 'GB', 2],
    ['536370/1', 'FR', 1],
    ['536370/2', 'FR', 2],
    ['536371', 'DE', 2],
    ['536431', 'US', 1],
  ]);
});
