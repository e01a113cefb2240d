import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { cancelOrder } from '../../../shared/order/index.ts';
import { project } from '../../fakes/project.ts';
import { costOf, openShop, type Shop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';
import { tableThrough } from './table-through.ts';

let on: TableOnEngine;
let shop: Shop;
beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

const cancel = (orderId: string, timelines = shop.timelines) =>
  cancelOrder({ timelines, clock: shop.clock }, orderId, { by: 'shopper' });

/** The number of buckets of the SKU with reserved units. */
async function bucketsWithReserved(sku: string): Promise<number> {
  const buckets = (await on.items()).filter(({ pk }) => new RegExp(`^STOCK#${sku}(#|$)`).test(String(pk)));
  return buckets.filter(({ reserved }) => Number(reserved ?? 0) > 0).length;
}

describe('the reserved units of an order', () => {
  test('are released although they are in more buckets than one transaction can write', async () => {
    const buckets = 64;
    const skus = ['P', 'Q', 'R'];
    const stockUp = async (sku: string) => {
      await shop.receive(sku, buckets);
      await shop.rebalancing.setBuckets({ sku, warehouseId }, buckets, buckets);
    };
    for (const sku of skus) await stockUp(sku);
    const earlier: string[] = [];
    for (const sku of skus) earlier.push(await shop.buy(costOf([{ sku, quantity: buckets }])));
    shop.pass(2 * minuteMs);
    for (const sku of skus) await stockUp(sku);
    const wide = await shop.buy(costOf(skus.map((sku) => ({ sku, quantity: buckets }))));
    shop.pass(2 * minuteMs);
    // All units of a SKU are alike: the earlier orders release units from the bucket that the wide order filled, and
    // leave one unit in each of the others.
    for (const orderId of earlier) await cancel(orderId);
    expect(await bucketsWithReserved('P')).toBeGreaterThan(33);

    shop.pass(2 * minuteMs);
    expect(await cancel(wide)).toBe('cancelled');
    for (const sku of skus)
      expect(await shop.positionOf(sku)).toMatchObject({ available: 2 * buckets, reserved: 0 });
  });

  test('are found although others move reserved units while the buckets are read', async () => {
    const sku = 'S';
    const reservedIn = async (bucket: number) =>
      Number((await on.item(keys.stock(sku, warehouseId, bucket)))?.reserved ?? 0);
    /** A store that begins its search in the bucket that the number chooses. */
    const beginningAt = (choice: number, table = on.table) =>
      createTimelineStore({ table, project, newId, clock: shop.clock, random: () => choice });
    const buyOne = () => shop.buy(costOf([{ sku, quantity: 1 }]));
    await shop.receive(sku, 4);
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 2, 2);
    const own = await buyOne();
    if ((await reservedIn(0)) === 1) {
      // Another order reserves in the second bucket, and its cancellation releases the unit of the first.
      let other = await buyOne();
      while ((await reservedIn(1)) === 0) {
        await cancel(other, beginningAt(0.99));
        other = await buyOne();
      }
      await cancel(other, beginningAt(0));
    }
    expect([await reservedIn(0), await reservedIn(1)]).toEqual([0, 1]);

    // Between the read of the first bucket and of the second, others buy from the first and release in the second.
    let intrusions = 0;
    const watched = tableThrough(on, async ({ operation }, ask) => {
      if (operation === 'BatchGetItem' && intrusions === 0) {
        intrusions += 1;
        const others = [await buyOne()];
        while ((await reservedIn(0)) === 0 && others.length < 3) others.push(await buyOne());
        for (const other of others) await cancel(other, beginningAt(0.99));
      }
      return ask();
    });
    expect(await cancel(own, beginningAt(0, watched))).toBe('cancelled');
    expect(intrusions).toBe(1);
    expect(await shop.positionOf(sku)).toMatchObject({ available: 4, reserved: 0 });
  });

  test('are not reported as missing while they move between all reads, and the step is tried again', async () => {
    const sku = 'T';
    await shop.receive(sku, 4);
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 2, 2);
    const own = await shop.buy(costOf([{ sku, quantity: 1 }]));
    const first = await on.item(keys.stock(sku, warehouseId, 0));
    if (first?.reserved === 1) await moveReservedUnit(sku, { from: 0, to: 1 });

    // Each look reads the first bucket and then the others. The unit is always in a bucket that is not being read.
    // An attempt looks eight times, and reads twice each time. After a failed first attempt the step is tried again, so
    // the units move during the second attempt too.
    let looks = 0;
    const watched = tableThrough(on, async ({ operation }, ask) => {
      const isIntruded = operation === 'BatchGetItem' && looks < 32;
      if (!isIntruded) return ask();
      looks += 1;
      await moveReservedUnit(sku, { from: 1, to: 0 });
      const answer = await ask();
      await moveReservedUnit(sku, { from: 0, to: 1 });
      return answer;
    });
    const timelines = createTimelineStore({
      ...{ table: watched, project, newId, clock: shop.clock },
      random: () => 0,
    });
    expect(await cancel(own, timelines)).toBe('cancelled');
    expect(looks).toBe(32);
    expect(await shop.positionOf(sku)).toMatchObject({ available: 4, reserved: 0, onHand: 4 });
  });
});

/** Moves a reserved unit between two buckets, as an order and a cancellation together would. */
async function moveReservedUnit(
  sku: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const change = (bucket: number, units: number) => ({
    Update: {
      TableName: on.table.name,
      Key: keys.stock(sku, warehouseId, bucket),
      UpdateExpression: 'ADD reserved :units, onHand :units, changeCount :one',
      ExpressionAttributeValues: { ':units': units, ':one': 1 },
    },
  });
  await on.table.client.send(new TransactWriteCommand({ TransactItems: [change(from, -1), change(to, 1)] }));
}
