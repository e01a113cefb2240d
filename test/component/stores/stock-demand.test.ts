import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStockDemand } from '../../../shared/aws/stock/demand.ts';
import { keys } from '../../../shared/aws/table.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { rebalanceStock } from '../../../shared/stock/index.ts';
import { costOf, openShop, type Shop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

// So few units a second that buyers of one SKU reach the limit, but enough for a single order.
const LIMIT = { writeUnitsPerSecond: 60 };

let on: TableOnEngine;
let shop: Shop;

beforeEach(async () => {
  on = await startTable({ partitionLimit: LIMIT });
  shop = openShop(on);
});
afterEach(() => on.stop());

const demand = () => createStockDemand(on.table);
const run = () =>
  rebalanceStock({ demand: demand(), rebalancing: shop.rebalancing, clock: shop.clock, deadlineMs: 60_000 });

async function buy(sku: string, buyers: number): Promise<number> {
  const quotes = await Promise.all(
    Array.from({ length: buyers }, () => shop.quote(costOf([{ sku, quantity: 1 }]))),
  );
  const answers = await Promise.all(quotes.map(({ quoteId }) => shop.place(quoteId)));
  return answers.filter(({ ok }) => ok).length;
}

describe('a SKU for which many buyers compete', () => {
  test('gets more buckets, sells without losing a unit, and gives the buckets up when demand falls', async () => {
    const sku = 'CROWDED';
    await shop.receive(sku, 500);
    const first = await buy(sku, 80);
    expect(on.limited()).toBeGreaterThan(0);
    shop.pass(minuteMs);
    await buy(sku, 1);
    const [note] = await demand().list();
    expect(note).toMatchObject({ sku, warehouseId, since: '2026-11-23T10:00:00.000Z' });
    expect(note?.conflicts).toBeGreaterThan(4);

    shop.pass(4 * minuteMs);
    expect(await run()).toMatchObject({ watched: 1, raised: 1, lowered: 0 });
    expect(await shop.positionOf(sku)).toMatchObject({
      ...{ buckets: 4, available: 499 - first, reserved: first + 1 },
    });
    // A place that was checked is not checked again.
    expect(await demand().list()).toMatchObject([{ reservations: 0, conflicts: 0, quietLooks: 0 }]);

    const looks: number[] = [];
    for (let look = 0; look < 7; look += 1) {
      shop.pass(5 * minuteMs);
      await run();
      looks.push((await shop.positionOf(sku))?.buckets ?? 0);
    }
    expect(looks).toEqual([4, 4, 2, 2, 2, 1, 1]);
    expect(await shop.positionOf(sku)).toMatchObject({ available: 499 - first, onHand: 500 });
  });

  test('keeps the number of buckets that the operator set, and its units are spread evenly again', async () => {
    const sku = 'PINNED';
    const place = { sku, warehouseId };
    await shop.receive(sku, 80);
    await shop.rebalancing.setBuckets(place, 8, 8);
    await demand().watch(place, shop.now());
    // One bucket has most of the units.
    await shop.rebalancing.gather(place, { counter: 'available', quantity: 60 });
    for (let look = 0; look < 4; look += 1) {
      shop.pass(5 * minuteMs);
      expect(await run()).toMatchObject({ evened: look === 0 ? 1 : 0, lowered: 0 });
    }
    expect(await shop.positionOf(sku)).toMatchObject({ buckets: 8, available: 80 });
    expect(await on.item(keys.stock(sku, warehouseId, 5))).toMatchObject({ available: 10, onHand: 10 });
  });
});

test('few orders of a SKU are not recorded, and cause no further writes', async () => {
  await shop.receive('CALM', 50);
  for (let order = 0; order < 12; order += 1) await buy('CALM', 1);
  expect(await demand().list()).toEqual([]);
});

test('many orders without conflict are recorded, and add no buckets', async () => {
  await shop.receive('STEADY', 50);
  for (let order = 0; order < 20; order += 1) {
    shop.pass(1_000);
    await buy('STEADY', 1);
  }
  const [note] = await demand().list();
  expect(note).toMatchObject({ sku: 'STEADY', reservations: 20 });
  shop.pass(5 * minuteMs);
  expect(await run()).toMatchObject({ watched: 1, raised: 0, lowered: 0, evened: 0 });
  expect(await shop.positionOf('STEADY')).toMatchObject({ buckets: 1 });
});

test('an order is placed although its demand could not be recorded', async () => {
  await shop.receive('UNCOUNTED', 50);
  let failures = 0;
  on.table.client.middlewareStack.add(
    (next) => (args) => {
      const { Key } = args.input as { readonly Key?: { readonly pk?: string } };
      if (Key?.pk !== keys.stockDemandPartition) return next(args);
      failures += 1;
      return Promise.reject(new Error('the connection was lost'));
    },
    { step: 'initialize', name: 'no demand' },
  );
  // The twentieth order is the first that is recorded.
  for (let order = 0; order < 20; order += 1) expect(await buy('UNCOUNTED', 1)).toBe(1);
  expect(failures).toBe(1);
  expect(await shop.positionOf('UNCOUNTED')).toMatchObject({ available: 30, reserved: 20 });
});
