import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { product } from './full-requests.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

const SKU = 'MUG-CERAMIC-350';
let handlers: HandlersOnEngine;
beforeAll(async () => {
  handlers = await handlersOnEngine();
  await seed(handlers.operator);
});
afterAll(() => handlers.stop());

interface Position {
  readonly warehouseId: string;
  readonly onHand: number;
  readonly available: number;
  readonly quarantined: number;
  readonly inTransit: number;
  readonly nextTransferAt?: string;
}
interface Listed {
  readonly sku: string;
  readonly sold: boolean;
  readonly warehouses: readonly Position[];
}

/** Every page of the list. */
async function allOf(query: Record<string, string>): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  let cursor: string | undefined;
  do {
    const asked = { ...query, ...(cursor === undefined ? {} : { cursor }) };
    const { status, body } = await handlers.call('stock/get-stock-list', { query: asked });
    expect(status).toBe(200);
    const page = body as { stock: readonly Listed[]; cursor?: string };
    listed.push(...page.stock);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return listed;
}

async function move(body: object, key: string): Promise<void> {
  const headers = { 'idempotency-key': key };
  const { status } = await handlers.call('stock/post-stock-movement', {
    headers,
    body: JSON.stringify(body),
  });
  expect(status).toBe(201);
}

test('the list has each product once in pages, with the units of each warehouse', async () => {
  const whole = await allOf({});
  const paged = await allOf({ limit: '7' });
  expect(paged.map(({ sku }) => sku)).toEqual(whole.map(({ sku }) => sku));
  expect(new Set(whole.map(({ sku }) => sku)).size).toBe(whole.length);
  const { body } = await handlers.call('stock/get-stock', { params: { sku: SKU } });
  const { warehouses } = body as { warehouses: readonly Position[] };
  const listed = whole.find(({ sku }) => sku === SKU);
  expect(listed?.warehouses.map(({ warehouseId, onHand }) => ({ warehouseId, onHand }))).toEqual(
    warehouses.map(({ warehouseId, onHand }) => ({ warehouseId, onHand })),
  );
});

test('a warehouse has only what it has or gets, and when that arrives', async () => {
  const [early, late] = ['2099-01-01T00:00:00.000Z', '2099-02-01T00:00:00.000Z'];
  const transfer = { kind: 'dispatch-transfer', sku: SKU, warehouseId: 'cn-shenzhen', quantity: 5 };
  await move({ ...transfer, toWarehouseId: 'pl-poznan', transferId: 'T-2', expectedAt: late }, 'late');
  await move({ ...transfer, toWarehouseId: 'pl-poznan', transferId: 'T-1', expectedAt: early }, 'early');
  const listed = await allOf({ warehouse: 'pl-poznan' });
  expect(listed.flatMap(({ warehouses }) => warehouses.map(({ warehouseId }) => warehouseId))).toEqual(
    listed.map(() => 'pl-poznan'),
  );
  expect(listed.find(({ sku }) => sku === SKU)?.warehouses[0]).toMatchObject({
    ...{ inTransit: 10, nextTransferAt: early },
  });
});

test('a product that has no stock anywhere is listed, and is at no warehouse', async () => {
  const sku = 'NEVER-HERE';
  const fields = { ...product, status: 'retired' };
  const stored = await handlers.call('catalogue/put-product', {
    ...{ params: { sku }, body: JSON.stringify(fields) },
  });
  expect(stored.status).toBe(200);
  expect((await allOf({})).find((each) => each.sku === sku)).toMatchObject({ sold: false, warehouses: [] });
  expect((await allOf({ warehouse: 'pl-poznan' })).map((each) => each.sku)).not.toContain(sku);
});

test('the entries add up to the position, in pages too', async () => {
  await move(
    { kind: 'adjust', sku: SKU, warehouseId: 'cn-shenzhen', quantity: -3, reason: 'Counted' },
    'count',
  );
  await move({ kind: 'quarantine', sku: SKU, warehouseId: 'cn-shenzhen', quantity: 2 }, 'aside');
  const entries: (Position & { readonly cause: string; readonly reason?: string })[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: '2', ...(cursor === undefined ? {} : { cursor }) };
    const { status, body } = await handlers.call('stock/get-stock-entries', { params: { sku: SKU }, query });
    expect(status).toBe(200);
    const page = body as { entries: typeof entries; cursor?: string };
    entries.push(...page.entries);
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect(entries).toContainEqual(
    expect.objectContaining({ cause: 'adjust', reason: 'Counted', onHand: -3, available: -3 }),
  );
  const { body } = await handlers.call('stock/get-stock', { params: { sku: SKU } });
  for (const position of (body as { warehouses: readonly Position[] }).warehouses) {
    const own = entries.filter(({ warehouseId }) => warehouseId === position.warehouseId);
    for (const name of ['onHand', 'available', 'quarantined', 'inTransit'] as const)
      expect(
        own.reduce((sum, entry) => sum + entry[name], 0),
        `${position.warehouseId} ${name}`,
      ).toBe(position[name]);
  }
});

test('a cursor of another list is refused', async () => {
  const cursor = Buffer.from('no place').toString('base64url');
  const refused = { status: 422, body: { type: 'https://entrepot.dev/problems/invalid-input' } };
  expect(await handlers.call('stock/get-stock-list', { query: { cursor } })).toMatchObject(refused);
  expect(
    await handlers.call('stock/get-stock-entries', { params: { sku: SKU }, query: { cursor } }),
  ).toMatchObject(refused);
});
