import { deflateRawSync } from 'node:zlib';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rebuildStock } from '../../../shared/aws/stock/rebuild.ts';
import { keys } from '../../../shared/aws/table.ts';
import { cancelOrder } from '../../../shared/order/index.ts';
import { MAX_LINES } from '../../../shared/quote/quote.ts';
import { costOf, openShop, type Shop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

const sku = 'OFTEN';
const elsewhere = 'pl-poznan';

let on: TableOnEngine;
let shop: Shop;
const orderIds: string[] = [];

/** Movements by hand, and orders from two warehouses and several buckets. One has many SKUs, some are cancelled. */
beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
  await shop.receive(sku, 200);
  await shop.receive(sku, 30, elsewhere);
  await shop.rebalancing.setBuckets({ sku, warehouseId }, 4);
  for (let order = 0; order < 40; order += 1)
    orderIds.push(
      await shop.buy(costOf([{ sku, quantity: 1 + (order % 3) }], order % 5 === 0 ? elsewhere : warehouseId)),
    );
  for (const orderId of orderIds.slice(0, 6)) await cancelOrder(shop, orderId, { by: 'shopper' });
  const others = Array.from({ length: MAX_LINES - 1 }, (_, at) => `OTHER-${at}`);
  await Promise.all(others.map((other) => shop.receive(other, 1)));
  orderIds.push(await shop.buy(costOf([sku, ...others].map((each) => ({ sku: each, quantity: 1 })))));
  for (let turn = 0; turn < 5; turn += 1)
    await shop.move({ kind: 'quarantine', sku, warehouseId, quantity: 2 });
});
afterAll(() => on.stop());

/** Rebuilds the figures part by part. `between` runs after each part except the last. */
async function inParts(maxRecords: number, between: (part: number) => Promise<void> = async () => undefined) {
  let cursor: string | undefined;
  for (let part = 1; ; part += 1) {
    const rebuilt = await rebuildStock(on.table, sku, { cursor, maxRecords });
    if (rebuilt === 'unknown-cursor') throw new Error('the cursor is one of ours');
    if (!('cursor' in rebuilt)) return { rebuilt, parts: part };
    cursor = rebuilt.cursor;
    await between(part);
  }
}

const whole = { movements: 7, orders: 41, movedMeanwhile: false, differences: [] };

describe('stock figures of more records than one read returns', () => {
  test.each([1, 7, 48, 5_000])('are rebuilt in parts of %i, each record once', async (maxRecords) => {
    const { rebuilt, parts } = await inParts(maxRecords);
    expect(rebuilt).toEqual(whole);
    // Seven movements, and the orders of all buckets in one part.
    if (maxRecords === 1) expect(parts).toBeGreaterThanOrEqual(8);
    if (maxRecords === 5_000) expect(parts).toBe(1);
  });

  test('are counted as changed if something happened that left them equal', async () => {
    const moved = await inParts(3, async (part) => {
      if (part !== 2) return;
      const orderId = await shop.buy(costOf([{ sku, quantity: 1 }]));
      await cancelOrder(shop, orderId, { by: 'shopper' });
    });
    expect(moved.rebuilt).toMatchObject({ movedMeanwhile: true });
    expect((await inParts(10)).rebuilt).toEqual({ ...whole, orders: 42 });
  });

  test('show an altered figure, even if the parts are small', async () => {
    const add = (by: number) =>
      on.table.client.send(
        new UpdateCommand({
          ...{ TableName: on.table.name, Key: keys.stock(sku, elsewhere) },
          ...{ UpdateExpression: 'ADD reserved :by', ExpressionAttributeValues: { ':by': by } },
        }),
      );
    await add(2);
    const { rebuilt } = await inParts(9);
    await add(-2);
    const [difference, ...others] = rebuilt.differences;
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ warehouseId: elsewhere, counter: 'reserved' });
    expect((difference?.stored ?? 0) - (difference?.rebuilt ?? 0)).toBe(2);
  });
});

describe('a foreign or damaged cursor', () => {
  const packed = (value: unknown) => deflateRawSync(JSON.stringify(value)).toString('base64url');
  test.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['not packed', Buffer.from('{}').toString('base64url')],
    ['no progress', packed({ sku })],
    ['a bomb', packed({ sku, place: 'x'.repeat(500_000) })],
    [
      'half a count',
      packed({ sku, place: { partition: 0 }, movements: 0.5, orders: 0, mark: 'x', sums: [] }),
    ],
  ])('is reported as such: %s', async (_what, cursor) => {
    expect(await rebuildStock(on.table, sku, { cursor })).toBe('unknown-cursor');
  });

  test('of another SKU is reported as well', async () => {
    const part = await rebuildStock(on.table, sku, { maxRecords: 3 });
    if (part === 'unknown-cursor' || !('cursor' in part)) throw new Error('there is more than one part');
    expect(await rebuildStock(on.table, 'OTHER-1', { cursor: part.cursor })).toBe('unknown-cursor');
  });
});
