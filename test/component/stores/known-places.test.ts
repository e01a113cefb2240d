import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAvailability } from '../../../shared/aws/stock/availability.ts';
import { openShop, type Shop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

const elsewhere = 'pl-poznan';

let on: TableOnEngine;
let shop: Shop;
beforeAll(async () => {
  on = await startTable({ throughProxy: true });
  shop = openShop(on);
});
afterAll(() => on.stop());

/** A store as a container has it, and the operations that reach the table. */
function container() {
  let nowMs = shop.clock().getTime();
  const operations: string[] = [];
  on.table.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        operations.push(commandName);
        return next(args);
      },
    { step: 'initialize', name: 'operations', override: true },
  );
  const store = createAvailability(on.table, () => new Date(nowMs));
  return {
    store,
    pass: (ms: number) => {
      nowMs += ms;
    },
    async availability(...skus: string[]) {
      operations.length = 0;
      const read = await store.availability(skus);
      const units = Object.fromEntries([...read].map(([sku, at]) => [sku, Object.fromEntries(at)]));
      return { units, operations: operations.filter((name) => name !== '') };
    },
  };
}

test('stock of which the place is known is read by one call, with its present units', async () => {
  for (const sku of ['ONE', 'OTHER']) await shop.receive(sku, 5);
  const { availability } = container();
  const first = await availability('ONE', 'OTHER');
  expect(first.operations).toEqual(['QueryCommand', 'QueryCommand']);
  await shop.receive('ONE', 2);
  const second = await availability('ONE', 'OTHER');
  expect(second.operations).toEqual(['BatchGetItemCommand']);
  expect(second.units).toEqual({ ONE: { [warehouseId]: 7 }, OTHER: { [warehouseId]: 5 } });
});

test('the units of all buckets count, although the place was known with one', async () => {
  await shop.receive('SPLIT', 100);
  const { availability } = container();
  await availability('SPLIT');
  await shop.rebalancing.setBuckets({ sku: 'SPLIT', warehouseId }, 4);
  expect((await availability('SPLIT')).units).toEqual({ SPLIT: { [warehouseId]: 100 } });
});

test('the first units of a SKU are seen at once, those at a further warehouse after five seconds', async () => {
  const { availability, pass } = container();
  expect((await availability('NEW')).units).toEqual({ NEW: {} });
  await shop.receive('NEW', 3);
  expect((await availability('NEW')).units).toEqual({ NEW: { [warehouseId]: 3 } });
  await shop.receive('NEW', 4, elsewhere);
  pass(4_999);
  expect((await availability('NEW')).units).toEqual({ NEW: { [warehouseId]: 3 } });
  pass(1);
  expect((await availability('NEW')).units).toEqual({ NEW: { [warehouseId]: 3, [elsewhere]: 4 } });
});

test('once nothing is left at the known places, units at a further warehouse are seen at once', async () => {
  const { availability } = container();
  await shop.receive('MOVED', 3);
  expect((await availability('MOVED')).units).toEqual({ MOVED: { [warehouseId]: 3 } });
  await shop.move({ kind: 'write-off', sku: 'MOVED', warehouseId, quantity: 3 });
  await shop.receive('MOVED', 5, elsewhere);
  expect((await availability('MOVED')).units).toMatchObject({ MOVED: { [elsewhere]: 5 } });
});

test('a SKU at many warehouses is asked for by a query each time', async () => {
  const warehouses = [warehouseId, elsewhere, 'us-memphis'];
  for (const at of warehouses) await shop.receive('WIDE', 1, at);
  const { availability } = container();
  await availability('WIDE');
  const { operations, units } = await availability('WIDE');
  expect(operations).toEqual(['QueryCommand']);
  expect(Object.keys(units.WIDE ?? {})).toHaveLength(3);
});
