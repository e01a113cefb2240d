import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importProducts } from '../../../infra/cli/products/import-products.ts';
import type { ImportOptions } from '../../../infra/cli/products/products-options.ts';
import { keys } from '../../../shared/aws/table.ts';
import { product } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

let handlers: HandlersOnEngine;
let server: Server;
let folder: string;
/** Later imports fail, as if the machine had crashed. Undefined: no import fails. */
let breaksAfter: number | undefined;
let asked: { dryRun: boolean; products: number }[] = [];

beforeAll(async () => {
  handlers = await handlersOnEngine();
  folder = mkdtempSync(join(tmpdir(), 'entrepot-import-'));
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { dryRun, products } = JSON.parse(body) as { dryRun: boolean; products: unknown[] };
    asked.push({ dryRun, products: products.length });
    const stored = asked.filter((each) => !each.dryRun).length;
    const isBroken = breaksAfter !== undefined && !dryRun && stored > breaksAfter;
    const answer = isBroken
      ? { status: 403, body: { detail: 'gone' } }
      : await handlers.call('catalogue/post-products-import', { body });
    response.writeHead(answer.status ?? 500, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
  await handlers.stop();
});

const post = (body: unknown) =>
  handlers.call('catalogue/post-products-import', { body: JSON.stringify(body) });
const goods = (count: number, over: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ sku: `GOODS-${index}`, ...product, ...over }));
const stored = async () => (await handlers.items()).filter(({ sk }) => sk === 'PRODUCT').length;

describe('POST /v1/admin/products/import', () => {
  test('lists its additions and changes, and stores nothing in a dry run', async () => {
    const answer = await post({ dryRun: true, products: goods(3) });
    expect(answer).toMatchObject({
      status: 200,
      body: { stored: false, added: 3, changed: 0, unchanged: 0, warnings: [] },
    });
    expect(await stored()).toBe(0);
  });

  test('stores all products, and a repeat changes nothing', async () => {
    expect(await post({ products: goods(100) })).toMatchObject({ body: { stored: true, added: 100 } });
    expect(await stored()).toBe(100);
    const again = goods(100).map((each, index) => (index === 7 ? { ...each, unitWeightGrams: 190 } : each));
    expect(await post({ products: again })).toMatchObject({
      body: {
        ...{ stored: true, added: 0, changed: 1, unchanged: 99 },
        changes: [
          {
            ...{ sku: 'GOODS-7', change: 'changed' },
            fields: [{ field: 'unitWeightGrams', before: '180', after: '190' }],
          },
        ],
      },
    });
    expect(await post({ products: again })).toMatchObject({
      body: { stored: false, unchanged: 100, changes: [] },
    });
  });

  test('stores no product if one is wrong, and names each field', async () => {
    const products = goods(3, { description: 'changed' }).map((each, index) =>
      index === 1 ? { ...each, sku: 'A B', hsCode: '61091', nationalCodes: {} } : each,
    );
    const [first] = products;
    const { status, body } = await post({ products: [...products, { ...first, prices: [] }] });
    const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect({ status, pointers }).toEqual({
      status: 422,
      pointers: expect.arrayContaining([
        '/products/1/sku',
        '/products/1/hsCode',
        '/products/3/prices',
        '/products/3/sku',
      ]),
    });
    const { product: text } =
      (await handlers.items()).find(({ pk }) => pk === keys.product('GOODS-0').pk) ?? {};
    expect(String(text)).toContain(product.description);
  });

  test('accepts a hundred products at once, and gives warnings with their places', async () => {
    expect(await post({ products: goods(101) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/products' }] },
    });
    const dimensions = { lengthMm: 30, widthMm: 24, heightMm: 2 };
    expect(
      await post({ dryRun: true, products: [goods(1)[0], { sku: 'CM', ...product, dimensions }] }),
    ).toMatchObject({
      body: { warnings: [{ pointer: '/products/1/unitWeightGrams', code: 'suspicious-density' }] },
    });
  });
});

describe('npm run products -- import', () => {
  async function run(file: string, over: Partial<ImportOptions> = {}) {
    asked = [];
    const said: string[] = [];
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const command = {
      file,
      dryRun: false,
      yes: true,
      url,
      token: 'token',
      dataDir: '',
    } as const;
    const step = { advance: () => {}, reach: () => {}, end: () => {} };
    await importProducts({ ...command, ...over }, { start: () => step, say: (line) => void said.push(line) });
    return said.join('\n');
  }
  const fileOf = (name: string, rows: readonly string[]) => {
    const path = join(folder, name);
    const header = 'sku,description,hsCode,originCountry,unitWeightGrams,lengthMm,widthMm,heightMm,price:EUR';
    writeFileSync(path, [header, ...rows].join('\n'));
    return path;
  };
  const row = (sku: string, { hsCode = '630291', grams = 120, mm = 300 } = {}) =>
    `${sku},Linen tea towel,${hsCode},PT,${grams},${mm},200,15,12.50`;
  const rows = Array.from({ length: 250 }, (_, index) => row(`TOWEL-${index}`));

  test('checks all parts, stores them, and changes nothing the second time', async () => {
    const before = await stored();
    const file = fileOf('towels.csv', rows);
    expect(await run(file, { dryRun: true })).toContain('250 added, 0 changed, 0 unchanged.\n+ TOWEL-0');
    expect(asked).toEqual([100, 100, 50].map((products) => ({ dryRun: true, products })));
    expect(await stored()).toBe(before);
    expect(await run(file)).toMatch(/… and 210 more\nStored\.$/);
    expect(await stored()).toBe(before + 250);
    expect(await run(file)).toBe('0 added, 0 changed, 250 unchanged.');
    expect(asked.every(({ dryRun }) => dryRun)).toBe(true);
  });

  test('reports every wrong line of the file with its column, and stores nothing', async () => {
    const before = await stored();
    const wrong = rows.map((each, index) => (index === 4 ? row('BAD-1', { hsCode: '63029' }) : each));
    wrong[220] = row('BAD-2', { grams: 0 });
    const failed = run(fileOf('bad.csv', [...wrong, row('NEW')]));
    await expect(failed).rejects.toThrow(
      /bad\.csv:6: hsCode: six digits\n.*bad\.csv:222: unitWeightGrams: .*\nNothing was stored/,
    );
    expect(asked.every(({ dryRun }) => dryRun)).toBe(true);
    expect(await stored()).toBe(before);
  });

  test('warns about a size in centimetres, with the line', async () => {
    const said = await run(fileOf('cm.csv', [row('CM-1'), row('CM-2', { mm: 3 }), row('CM-3')]), {
      dryRun: true,
    });
    expect(said).toMatch(/warning: .*cm\.csv:3: unitWeightGrams: 120 g are too heavy/);
  });

  test('completes an import that a crash interrupted, when it is repeated', async () => {
    const before = await stored();
    const file = fileOf(
      'crash.csv',
      rows.map((each) => each.replace('TOWEL', 'CRASH')),
    );
    breaksAfter = 1;
    await expect(run(file)).rejects.toThrow();
    expect(await stored()).toBe(before + 100);
    breaksAfter = undefined;
    expect(await run(file)).toContain('150 added, 0 changed, 100 unchanged.');
    expect(await stored()).toBe(before + 250);
  });
});
