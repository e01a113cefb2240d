import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countersOf } from '../../../shared/aws/stock/buckets.ts';
import { rebuildStock } from '../../../shared/aws/stock/rebuild.ts';
import { keys } from '../../../shared/aws/table.ts';
import { costOf, openShop, type Shop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;
beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** Spreads units over buckets. */
async function stocked(sku: string, quantity: number, buckets: number): Promise<void> {
  await shop.receive(sku, quantity);
  expect(await shop.rebalancing.setBuckets({ sku, warehouseId }, buckets)).toBe('set');
}

const bucketOf = async (sku: string, bucket: number) =>
  countersOf(await on.item(keys.stock(sku, warehouseId, bucket)));

/** Reserves units of a bucket, as an order does. */
const reserve = (sku: string, bucket: number, quantity = 1) =>
  on.table.client.send(
    new UpdateCommand({
      TableName: on.table.name,
      Key: keys.stock(sku, warehouseId, bucket),
      UpdateExpression: 'ADD available :less, reserved :more',
      ExpressionAttributeValues: { ':less': -quantity, ':more': quantity },
    }),
  );

/** Runs `work`. `intrude` runs before each transaction of it, with the number of transactions before. */
async function whileOthers<T>(intrude: (before: number) => Promise<unknown>, work: () => Promise<T>) {
  let transactions = 0;
  const { middlewareStack } = on.table.client;
  middlewareStack.add(
    (next) => async (args) => {
      if ('TransactItems' in args.input) await intrude(transactions++);
      return next(args);
    },
    { step: 'initialize', name: 'others' },
  );
  try {
    return await work();
  } finally {
    middlewareStack.remove('others');
  }
}

test('a bucket that was not emptied because orders took units from it is still read', async () => {
  const place = { sku: 'KEPT', warehouseId };
  await stocked(place.sku, 40, 2);
  // Each of the four rounds finds the second bucket changed since it was read.
  const outcome = await whileOthers(
    () => reserve(place.sku, 1),
    () => shop.rebalancing.setBuckets(place, 1),
  );
  expect(outcome).toBe('set');
  expect(await bucketOf(place.sku, 1)).toMatchObject({ available: 16, reserved: 4, onHand: 20 });
  expect(await shop.positionOf(place.sku)).toMatchObject({ available: 36, reserved: 4, onHand: 40 });
  // A later run empties it.
  expect(await shop.rebalancing.evenOut(place)).toBe('set');
  expect(await bucketOf(place.sku, 1)).toMatchObject({ available: 0, reserved: 0, onHand: 0 });
  expect(await shop.positionOf(place.sku)).toMatchObject({ available: 36, reserved: 4, onHand: 40 });
});

test('units that orders took before they could be gathered are not gathered', async () => {
  const place = { sku: 'TAKEN', warehouseId };
  await stocked(place.sku, 8, 4);
  const takeOneOfEach = async () => {
    for (const bucket of [0, 1, 2, 3]) await reserve(place.sku, bucket);
  };
  // Two units lie in each bucket when gathering reads them, and one when it writes.
  await whileOthers(
    async (before) => before === 0 && takeOneOfEach(),
    () => shop.rebalancing.gather(place, { counter: 'available', quantity: 8 }),
  );
  const buckets = await Promise.all([0, 1, 2, 3].map((bucket) => bucketOf(place.sku, bucket)));
  expect(buckets.map(({ available }) => available)).toEqual([1, 1, 1, 1]);
  expect(await shop.positionOf(place.sku)).toMatchObject({ available: 4, reserved: 4, onHand: 8 });
});

test('units that orders took before they could be moved to new buckets are not moved', async () => {
  const place = { sku: 'SOLD', warehouseId };
  await stocked(place.sku, 40, 1);
  await whileOthers(
    async (before) => before === 0 && reserve(place.sku, 0, 40),
    () => shop.rebalancing.setBuckets(place, 4),
  );
  const buckets = await Promise.all([0, 1, 2, 3].map((bucket) => bucketOf(place.sku, bucket)));
  expect(buckets.map(({ available }) => available)).toEqual([0, 0, 0, 0]);
  expect(await shop.positionOf(place.sku)).toMatchObject({ available: 0, reserved: 40, onHand: 40 });
});

test('an audit finds the orders that took from buckets which are no more', async () => {
  const place = { sku: 'PAST', warehouseId };
  await stocked(place.sku, 40, 4);
  for (let order = 0; order < 12; order += 1) await shop.buy(costOf([{ sku: place.sku, quantity: 1 }]));
  expect(
    (await Promise.all([2, 3].map((bucket) => bucketOf(place.sku, bucket)))).map(({ reserved }) => reserved),
  ).not.toEqual([0, 0]);
  for (const buckets of [1, 2]) expect(await shop.rebalancing.setBuckets(place, buckets)).toBe('set');
  expect(await rebuildStock(on.table, place.sku, { cursor: undefined, maxRecords: 5_000 })).toMatchObject({
    orders: 12,
    differences: [],
  });
});
