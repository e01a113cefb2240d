import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

const today = Date.parse('2026-12-01T10:00:00.000Z');
const kettle = {
  ...{
    description: 'Electric kettle, steel',
    hsCode: '851679',
    nationalCodes: { EU: '85167970' },
    originCountry: 'CN',
  },
  ...{ unitWeightGrams: 950, dimensions: { lengthMm: 240, widthMm: 200, heightMm: 220 } },
  prices: [{ amount: 3990, currency: 'EUR' }],
};
const certified = (validUntil: string) => ({
  ...kettle,
  compliance: {
    ...{ electrical: true, identifiers: { noGtin: true } },
    documents: [{ type: 'ce-declaration', reference: 'DOC-1', validUntil }],
  },
});

const teaPapers = { food: true, identifiers: { merchant: 'TEA', manufacturer: 'T-1', noGtin: true } };

let handlers: HandlersOnEngine;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: today });
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
  await handlers.operator.call({ method: 'PUT', path: '/v1/admin/seller', body: sampleSeller });
  await put('KETTLE', certified('2026-12-10'));
  await put('KNIFE', { ...kettle, compliance: { content: ['weapon'] } });
  for (const sku of ['KETTLE', 'KNIFE', 'TEA'])
    await handlers.operator.call({
      ...{ method: 'POST', path: '/v1/admin/stock/movements', headers: { 'idempotency-key': sku } },
      body: { kind: 'receive', sku, warehouseId: 'pl-poznan', quantity: 10 },
    });
});
afterAll(async () => {
  vi.useRealTimers();
  await handlers.stop();
});

const put = (sku: string, body: object) =>
  handlers.operator.call({ method: 'PUT', path: `/v1/admin/products/${sku}`, body });
const sellable = async (skus: string, country = 'DE') =>
  (await handlers.call('1-quote/get-sellable-products', { query: { country, skus } })).body;
const quote = async (...skus: string[]) =>
  handlers.call('1-quote/post-quote', {
    body: JSON.stringify({
      ...{ destination: { country: 'DE', postalCode: '20095' }, currency: 'EUR' },
      lines: skus.map((sku) => ({ sku, quantity: 1 })),
    }),
  });

describe('the goods that a market accepts', () => {
  test('are listed and quoted until the last day of their documents, and not on the day after', async () => {
    expect(await sellable('KETTLE')).toEqual({
      ...{ country: 'DE', date: '2026-12-01' },
      products: [{ sku: 'KETTLE', sellable: true, soldUntil: '2026-12-10' }],
    });
    expect(await quote('KETTLE')).toMatchObject({ status: 201 });
    vi.setSystemTime(Date.parse('2026-12-10T22:59:00.000Z'));
    expect(await sellable('KETTLE')).toMatchObject({ date: '2026-12-10', products: [{ sellable: true }] });
    expect(await quote('KETTLE')).toMatchObject({ status: 201 });
    // Midnight in Berlin.
    vi.setSystemTime(Date.parse('2026-12-10T23:00:00.000Z'));
    expect(await sellable('KETTLE')).toMatchObject({
      date: '2026-12-11',
      products: [{ sellable: false, barredBy: { action: 'needs-document', ruleId: expect.any(String) } }],
    });
    expect(await quote('KETTLE')).toMatchObject({
      status: 422,
      body: { type: expect.stringContaining('restricted-goods'), errors: [{ pointer: '/lines/0/sku' }] },
    });
    vi.setSystemTime(today);
  });

  test('include a product again after its new document is stored', async () => {
    await put('KETTLE', kettle);
    expect(await sellable('KETTLE')).toMatchObject({ products: [{ sellable: false }] });
    await put('KETTLE', certified('2027-12-31'));
    expect(await sellable('KETTLE')).toMatchObject({
      products: [{ sellable: true, soldUntil: '2027-12-31' }],
    });
  });

  test('exclude a barred category: it is not listed, and is removed from a basket or refused', async () => {
    expect(await sellable('KNIFE,KETTLE,NOBODY-KNOWS')).toMatchObject({
      products: [
        { sku: 'KNIFE', sellable: false, barredBy: { action: 'block', law: expect.any(String) } },
        { sku: 'KETTLE', sellable: true },
      ],
    });
    expect(await quote('KNIFE')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/lines/0/sku' }] },
    });
    const both = await quote('KETTLE', 'KNIFE');
    expect(both).toMatchObject({ status: 201, body: { blockedLines: [{ sku: 'KNIFE' }] } });
  });

  test('exclude goods that the quote refuses for duty or tax, with the reason of the quote', async () => {
    const refusal = async (country: string, sku: string) => {
      const destination = { country };
      const body = { destination, currency: 'EUR', lines: [{ sku, quantity: 1 }] };
      return (await handlers.call('1-quote/post-quote', { body: JSON.stringify(body) })).body;
    };
    const asked = [
      ['TH', 'CONSOLE-HANDHELD', 'unclassified'],
      ['RO', 'TEA', 'not-supported'],
    ] as const;
    // A drink powder: contents decide its rate in Romania.
    await put('TEA', { ...kettle, hsCode: '210690', nationalCodes: {}, compliance: teaPapers });
    for (const [country, sku, reason] of asked) {
      const { products } = (await sellable(sku, country)) as { products: { notTaxed: { detail: string } }[] };
      expect(products).toMatchObject([{ sku, sellable: false, notTaxed: { reason } }]);
      expect(await refusal(country, sku)).toMatchObject({ detail: products[0]?.notTaxed.detail });
    }
    // Without a province the quote asks for it: goods are refused here if every province refuses them.
    expect(await sellable('TSHIRT-COTTON-NAVY,SHOE-LEATHER,BOOK-GARDEN', 'CA')).toMatchObject({
      products: [
        { sellable: true },
        { sellable: false, notTaxed: { reason: 'unclassified' } },
        { sellable: true },
      ],
    });
    expect(await sellable('BOOK-GARDEN', 'BR')).toMatchObject({
      products: [{ sellable: false, notTaxed: { reason: 'not-supported' } }],
    });
  });

  test('are none in a country to which nothing is sold, and the country is named', async () => {
    expect(
      await handlers.call('1-quote/get-sellable-products', { query: { country: 'IS', skus: 'KETTLE' } }),
    ).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/query/country' }] } });
  });
});
