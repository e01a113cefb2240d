import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { product } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import type { Answer } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;
beforeAll(async () => {
  handlers = await handlersOnEngine();
});
afterAll(() => handlers.stop());

const put = (sku: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  handlers.call('catalogue/put-product', { params: { sku }, body: JSON.stringify(body), headers });
const get = (sku: string) => handlers.call('catalogue/get-product', { params: { sku } });
const tagOf = ({ headers }: Answer) => String(headers.etag);
const otherVersion = {
  status: 412,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: 'https://entrepot.dev/problems/other-version', errors: [{ pointer: '#/headers/if-match' }] },
};

describe('a product', () => {
  test('is read as it was stored, with the version of both answers', async () => {
    const stored = await put('READ', product);
    const read = await get('READ');
    expect(read.body).toEqual(stored.body);
    expect(read.body).toMatchObject({ ...product, sku: 'READ' });
    expect(tagOf(read)).toMatch(/^"[0-9a-f]{32}"$/);
    expect(tagOf(read)).toBe(tagOf(stored));
  });

  test('that nobody stored is not found', async () => {
    expect(await get('NEVER')).toMatchObject({ status: 404 });
  });

  test('of which two operators change the same version is changed by the first', async () => {
    const version = tagOf(await put('SHARED', product));
    const heavier = { ...product, unitWeightGrams: 500 };
    const first = await put('SHARED', heavier, { 'if-match': version });
    expect(first.status).toBe(200);
    const second = await put('SHARED', { ...product, unitWeightGrams: 600 }, { 'if-match': version });
    expect(second).toMatchObject(otherVersion);
    expect((await get('SHARED')).body).toMatchObject({ unitWeightGrams: 500 });
    const again = await put('SHARED', product, { 'if-match': `"of-nobody", ${tagOf(first)}` });
    expect(again.status).toBe(200);
  });

  test('is not replaced while another operator writes between its read and its write', async () => {
    const version = tagOf(await put('RACE', product));
    let isFirst = true;
    handlers.through(async ({ operation }, ask) => {
      if (operation === 'PutItem' && isFirst) {
        isFirst = false;
        await put('RACE', { ...product, unitWeightGrams: 700 });
      }
      return ask();
    });
    const late = await put('RACE', { ...product, unitWeightGrams: 800 }, { 'if-match': version });
    handlers.through(undefined);
    expect(late).toMatchObject(otherVersion);
    expect((await get('RACE')).body).toMatchObject({ unitWeightGrams: 700 });
  });

  test('is stored under any version with `*`, and never where none is stored', async () => {
    expect(await put('FRESH', product, { 'if-match': '*' })).toMatchObject(otherVersion);
    const version = tagOf(await put('FRESH', product));
    expect((await put('FRESH', product, { 'if-match': '*' })).status).toBe(200);
    expect(await put('FRESH', product, { 'if-match': `W/${version}` })).toMatchObject(otherVersion);
    expect(await put('FRESH', product, { 'if-match': 'not a version' })).toMatchObject(otherVersion);
  });
});

describe('the list of products', () => {
  const all = async (query: Readonly<Record<string, string>>) => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const { status, body } = await handlers.call('catalogue/get-products', {
        query: { ...query, ...(cursor === undefined ? {} : { cursor }) },
      });
      expect(status).toBe(200);
      const page = body as { products: { sku: string }[]; cursor?: string };
      pages.push(page.products.map(({ sku }) => sku));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return pages;
  };

  test('has each product once, by HS code and SKU, in pages', async () => {
    for (const [sku, hsCode] of [
      ['B-2', '691200'],
      ['A-1', '691200'],
      ['Z-0', '691110'],
    ] as const)
      await put(sku, { ...product, hsCode, nationalCodes: {} });
    expect((await all({ hsCode: '69', limit: '2' })).flat()).toEqual(['Z-0', 'A-1', 'B-2']);
    expect((await all({ hsCode: '6912' })).flat()).toEqual(['A-1', 'B-2']);
    expect((await all({ hsCode: '70' })).flat()).toEqual([]);
    const everything = (await all({ limit: '1' })).flat();
    expect(new Set(everything).size).toBe(everything.length);
    expect(everything).toEqual(expect.arrayContaining(['Z-0', 'A-1', 'B-2', 'READ']));
  });

  test('leaves papers out, which may be long', async () => {
    const { body } = await handlers.call('catalogue/get-products', { query: { hsCode: '691110' } });
    const [first] = (body as { products: object[] }).products;
    expect(Object.keys(first ?? {}).sort()).toEqual([
      'availableFrom',
      'description',
      'hsCode',
      'originCountry',
      'prices',
      'sku',
      'status',
      'unitWeightGrams',
    ]);
  });

  test('refuses a cursor that is not of this list', async () => {
    for (const cursor of ['610910#FUZZ', Buffer.from('2026-01-01').toString('base64url')])
      expect(await handlers.call('catalogue/get-products', { query: { cursor } })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '#/query/cursor', code: 'unknown-cursor' }] },
      });
  });

  test('is empty after a place behind the wanted codes', async () => {
    const cursor = Buffer.from('640399#X').toString('base64url');
    expect(await handlers.call('catalogue/get-products', { query: { hsCode: '61', cursor } })).toMatchObject({
      status: 200,
      body: { products: [] },
    });
  });
});

describe('a retired product', () => {
  test('is in no new quote and in no list of a market, and is sold again once it is active', async () => {
    await seed(handlers.operator);
    const { body } = await get('MAT-YOGA');
    const { sku: _sku, warnings: _warnings, ...mat } = body as { sku: string; warnings: unknown };
    const lines = [{ sku: 'MAT-YOGA', quantity: 1 }];
    const quote = () =>
      handlers.call('1-quote/post-quote', {
        body: JSON.stringify({ destination: { country: 'DE' }, currency: 'EUR', lines }),
      });
    const sellable = async () => {
      const query = { country: 'DE', skus: 'MAT-YOGA,TSHIRT-COTTON-NAVY' };
      const answer = await handlers.call('1-quote/get-sellable-products', { query });
      return (answer.body as { products: { sku: string }[] }).products.map(({ sku }) => sku);
    };
    expect((await quote()).status).toBe(201);
    await put('MAT-YOGA', { ...mat, status: 'retired' });
    expect(await quote()).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            ...{ pointer: '/lines/0/sku', code: 'unknown-sku' },
            detail: 'MAT-YOGA is retired: it is sold no more',
          },
        ],
      },
    });
    expect(await sellable()).toEqual(['TSHIRT-COTTON-NAVY']);
    expect((await get('MAT-YOGA')).body).toMatchObject({ status: 'retired' });
    await put('MAT-YOGA', { ...mat, status: 'active' });
    expect((await quote()).status).toBe(201);
    expect(await sellable()).toEqual(['MAT-YOGA', 'TSHIRT-COTTON-NAVY']);
  });
});
