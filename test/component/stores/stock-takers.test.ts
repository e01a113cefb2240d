import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_TAKERS, takersOf } from '../../../shared/aws/stock/buckets.ts';
import { rebuildStock } from '../../../shared/aws/stock/rebuild.ts';
import { keys } from '../../../shared/aws/table.ts';
import { MAX_LINES } from '../../../shared/quote/quote.ts';
import { costOf, openShop, type Shop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;
beforeAll(async () => {
  on = await startTable({ throughProxy: true });
  shop = openShop(on);
});
afterAll(() => on.stop());

const one = (sku: string, quantity = 1) => costOf([{ sku, quantity }]);

/** The orders that lead from the SKU: those that its buckets remember, and those of its records. */
async function takersIn(sku: string) {
  const items = await on.items();
  const of = (start: string) => items.filter(({ pk }) => String(pk).startsWith(start));
  return {
    remembered: [...of(`STOCK#${sku}`)].map(takersOf),
    records: of(`RESERVATION#${sku}#`).map(({ orders }) => [...(orders as Iterable<string>)]),
  };
}

async function buy(sku: string, count: number): Promise<string[]> {
  const orderIds: string[] = [];
  for (let order = 0; order < count; order += 1) orderIds.push(await shop.buy(one(sku)));
  return orderIds;
}

/** Lets the bucket of a SKU remember made-up orders. */
async function remember(sku: string, orderIds: readonly string[]): Promise<void> {
  await on.table.client.send(
    new UpdateCommand({
      ...{ TableName: on.table.name, Key: keys.stock(sku, warehouseId) },
      ...{ UpdateExpression: 'ADD takenBy :orders' },
      ExpressionAttributeValues: { ':orders': new Set(orderIds) },
    }),
  );
}

/** Checks that the audit reads each order once, and finds the figures right. */
async function expectRebuilt(sku: string, orders: number): Promise<void> {
  expect(await rebuildStock(on.table, sku)).toMatchObject({ orders, differences: [], movedMeanwhile: false });
}

describe('the orders that took units of a SKU', () => {
  test('are remembered by its bucket, and filed together by the order that finds it full', async () => {
    await shop.receive('OFTEN', 100);
    const orderIds = await buy('OFTEN', 2 * (MAX_TAKERS + 1) + 3);
    const { remembered, records } = await takersIn('OFTEN');
    expect(remembered.map((each) => each.toSorted())).toEqual([orderIds.slice(-3).toSorted()]);
    expect(records.map((each) => each.toSorted()).toSorted()).toEqual(
      [orderIds.slice(0, MAX_TAKERS + 1), orderIds.slice(MAX_TAKERS + 1, -3)]
        .map((each) => each.toSorted())
        .toSorted(),
    );
    await expectRebuilt('OFTEN', orderIds.length);
  });

  test('cost two units each, and four more when they are filed', async () => {
    await shop.receive('COUNTED', 100);
    const units = async (): Promise<number> => {
      const { quoteId } = await shop.quote(one('COUNTED'));
      const before = on.counts()['dynamodb.writeUnits'] ?? 0;
      expect(await shop.place(quoteId)).toMatchObject({ ok: true });
      return (on.counts()['dynamodb.writeUnits'] ?? 0) - before;
    };
    const first = await units();
    for (let order = 1; order < MAX_TAKERS; order += 1) expect(await units()).toBe(first);
    // The refused transaction is billed as one unit at least, as the engine reports it; the record costs two.
    expect(await units()).toBeGreaterThanOrEqual(first + 2);
    expect(await units()).toBe(first);
  });

  test('are filed once each, although several orders find the bucket full at once', async () => {
    await shop.receive('RUSH', 200);
    const orderIds = await buy('RUSH', MAX_TAKERS);
    const quotes = await Promise.all(Array.from({ length: 30 }, () => shop.quote(one('RUSH'))));
    const answers = await Promise.all(quotes.map(({ quoteId }) => shop.place(quoteId)));
    for (const answer of answers) if (answer.ok) orderIds.push(answer.value.orderId);
    expect(orderIds.length).toBeGreaterThan(MAX_TAKERS);
    const { remembered, records } = await takersIn('RUSH');
    expect([...remembered, ...records].flat().toSorted()).toEqual(orderIds.toSorted());
    await expectRebuilt('RUSH', orderIds.length);
  });

  test('are found although their bucket was given up', async () => {
    await shop.receive('GIVEN-UP', 40);
    await shop.rebalancing.setBuckets({ sku: 'GIVEN-UP', warehouseId }, 4);
    const orderIds = await buy('GIVEN-UP', 12);
    // Each bucket has ten units. The first is the one that a container tries that knows of no others.
    expect(takersOf(await on.item(keys.stock('GIVEN-UP', warehouseId))).length).toBeLessThan(10);
    await shop.rebalancing.setBuckets({ sku: 'GIVEN-UP', warehouseId }, 1);
    await expectRebuilt('GIVEN-UP', orderIds.length);
  });

  test('take from another bucket, if a full one lacks the units', async () => {
    await shop.receive('TWO', 2 * MAX_TAKERS + 2);
    await shop.rebalancing.setBuckets({ sku: 'TWO', warehouseId }, 2);
    const orderIds = await buy('TWO', 2 * MAX_TAKERS);
    orderIds.push(await shop.buy(one('TWO', 2)));
    expect(await shop.positionOf('TWO')).toMatchObject({ available: 0, reserved: 2 * MAX_TAKERS + 2 });
    expect(await shop.place((await shop.quote(one('TWO'))).quoteId)).toMatchObject({
      error: { reason: 'stock-gone' },
    });
    await expectRebuilt('TWO', orderIds.length);
  });

  test('of the largest basket are filed as far as the transaction has room, and remembered beyond', async () => {
    const skus = Array.from({ length: MAX_LINES }, (_, at) => `WIDE-${at}`);
    await Promise.all(skus.map((sku) => shop.receive(sku, 100)));
    const before = Array.from({ length: MAX_TAKERS }, (_, at) => `ord_${String(at).padStart(26, '0')}`);
    await Promise.all(skus.map((sku) => remember(sku, before)));
    const last = await shop.buy(costOf(skus.map((sku) => ({ sku, quantity: 1 }))));
    const places = await Promise.all(skus.map((sku) => on.item(keys.stock(sku, warehouseId))));
    const counts = places.map((item) => takersOf(item).length);
    // A transaction has 100 items. Three are the request, the head and the fact, and one is the stock of each SKU.
    const room = 100 - 3 - MAX_LINES;
    expect(counts.filter((count) => count === 0)).toHaveLength(room);
    expect(counts.filter((count) => count === MAX_TAKERS + 1)).toHaveLength(MAX_LINES - room);
    expect(places.filter((item) => takersOf(item).includes(last))).toHaveLength(MAX_LINES - room);
    const [full] = skus.filter((_, at) => counts[at] === MAX_TAKERS + 1);
    await buy(full ?? '', 1);
    const { remembered, records } = await takersIn(full ?? '');
    expect([remembered, records.map(({ length }) => length)]).toEqual([[[]], [MAX_TAKERS + 2]]);
  });
});
