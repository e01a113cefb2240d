import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rebuildStock } from '../../../shared/aws/stock/rebuild.ts';
import { noUnits, type StockMovement, sumOf } from '../../../shared/stock/index.ts';
import { costOf, openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

const from = 'cn-shenzhen';
const to = 'pl-poznan';
const expectedAt = '2026-12-20T10:00:00.000Z';

const dispatch = (sku: string, quantity: number, transferId = 'T-1'): StockMovement => ({
  ...{
    kind: 'dispatch-transfer',
    sku,
    warehouseId: from,
    toWarehouseId: to,
    transferId,
    quantity,
    expectedAt,
  },
});
const receive = (sku: string, quantity: number, lost = 0, transferId = 'T-1'): StockMovement => ({
  ...{ kind: 'receive-transfer', sku, warehouseId: to, transferId, quantity },
  ...(lost === 0 ? {} : { writeOff: { quantity: lost, reason: 'crushed on the way' } }),
});
const transfer = (over: object = {}) => ({
  ...{ transferId: 'T-1', fromWarehouseId: from, toWarehouseId: to, quantity: 6, received: 0, writtenOff: 0 },
  ...{ open: 6, dispatchedAt: shop.now(), expectedAt, ...over },
});

test('a transfer leaves one warehouse, is in transit, and arrives at the other; missing units are written off', async () => {
  const sku = 'MOVED';
  await shop.receive(sku, 10, from);
  expect(await shop.move(dispatch(sku, 6))).toBe('moved');
  const left = { ...noUnits, buckets: 1, onHand: 4, available: 4, received: 10, transferredOut: 6 };
  const coming = { ...noUnits, buckets: 1, inTransit: 6, transferredIn: 6 };
  expect(await shop.positionOf(sku, from)).toEqual({ warehouseId: from, ...left });
  expect(await shop.positionOf(sku, to)).toEqual({ warehouseId: to, ...coming });
  expect(await shop.stock.openTransfers(sku)).toEqual([transfer()]);

  expect(await shop.move(receive(sku, 3))).toBe('moved');
  const partly = { ...coming, inTransit: 3, onHand: 3, available: 3 };
  expect(await shop.positionOf(sku, to)).toEqual({ warehouseId: to, ...partly });
  expect(await shop.stock.openTransfers(sku)).toEqual([transfer({ open: 3, received: 3 })]);

  expect(await shop.move(receive(sku, 1, 1))).toBe('moved');
  expect(await shop.move(receive(sku, 0, 1))).toBe('moved');
  expect(await shop.positionOf(sku, to)).toEqual({
    ...{ warehouseId: to, ...coming, inTransit: 0, onHand: 4, available: 4, writtenOff: 2 },
  });
  expect(await shop.stock.openTransfers(sku)).toEqual([]);
  const total = sumOf(await shop.stock.positions(sku));
  expect(total.received).toBe(total.onHand + total.inTransit + total.shipped + total.writtenOff);
  expect(await rebuildStock(on.table, sku)).toMatchObject({ movements: 5, differences: [] });
});

describe('an impossible transfer writes nothing', () => {
  const unchanged = async (movement: StockMovement) => {
    const before = await on.items();
    const outcome = await shop.move(movement);
    expect(await on.items()).toEqual(before);
    return outcome;
  };

  test('if more than the available units leave, if it is repeated, or if more arrive than are in transit', async () => {
    const sku = 'REFUSED';
    await shop.receive(sku, 5, from);
    await shop.buy(costOf([{ sku, quantity: 2 }], from));
    expect(await unchanged(dispatch(sku, 4))).toBe('not-enough');
    expect(await shop.move(dispatch(sku, 3))).toBe('moved');
    expect(await unchanged(dispatch(sku, 1))).toBe('transfer-exists');
    expect(await unchanged(receive(sku, 4))).toBe('not-enough');
    expect(await unchanged(receive(sku, 2, 2))).toBe('not-enough');
    expect(await shop.move(receive(sku, 2, 1))).toBe('moved');
    expect(await unchanged(receive(sku, 1))).toBe('not-enough');
  });

  test('if more arrive than the transfer has, although others are in transit too', async () => {
    const sku = 'TWO-TRANSFERS';
    await shop.receive(sku, 10, from);
    for (const transferId of ['T-1', 'T-2'])
      expect(await shop.move(dispatch(sku, 3, transferId))).toBe('moved');
    expect(await shop.positionOf(sku, to)).toMatchObject({ inTransit: 6 });
    expect(await unchanged(receive(sku, 4))).toBe('not-enough');
    expect(await unchanged(receive(sku, 3, 1))).toBe('not-enough');
    expect(await shop.move(receive(sku, 3))).toBe('moved');
    expect((await shop.stock.openTransfers(sku)).map(({ transferId }) => transferId)).toEqual(['T-2']);
  });

  test('if the transfer never left, or goes to another warehouse', async () => {
    const sku = 'LOST-WAY';
    await shop.receive(sku, 5, from);
    expect(await unchanged(receive(sku, 1))).toBe('transfer-unknown');
    await shop.move(dispatch(sku, 3));
    expect(await unchanged({ ...receive(sku, 1), warehouseId: from })).toBe('transfer-elsewhere');
    // Another SKU may travel under the same number.
    await shop.receive('COMPANION', 5, from);
    expect(await shop.move(dispatch('COMPANION', 3))).toBe('moved');
    expect(await shop.move(receive('COMPANION', 3))).toBe('moved');
    expect(await shop.positionOf(sku, to)).toMatchObject({ inTransit: 3, onHand: 0 });
  });
});

test('a movement is recognised by its key, whatever became of the transfer', async () => {
  const sku = 'AGAIN';
  await shop.receive(sku, 5, from);
  const leaving = dispatch(sku, 3);
  expect(await shop.stock.hasMoved(leaving, 'leaving')).toBe(false);
  expect(await shop.move(leaving, 'leaving')).toBe('moved');
  expect(await shop.move(leaving, 'leaving')).toBe('already-moved');
  expect(await shop.move(receive(sku, 3), 'arriving')).toBe('moved');
  expect(await shop.move(receive(sku, 3), 'arriving')).toBe('already-moved');
  expect(await shop.move(receive(sku, 2), 'arriving')).toBe('key-reused');
  expect(await shop.stock.hasMoved(leaving, 'leaving')).toBe(true);
  expect(await shop.stock.hasMoved(dispatch(sku, 2), 'leaving')).toBe(false);
  expect(await shop.positionOf(sku, to)).toMatchObject({ onHand: 3, inTransit: 0 });
});

test('many simultaneous arrivals never exceed the units in transit', async () => {
  const sku = 'AT-ONCE';
  await shop.receive(sku, 10, from);
  await shop.move(dispatch(sku, 10));
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => shop.move(receive(sku, 3))));
  expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(3);
  expect(outcomes.filter((outcome) => outcome === 'not-enough')).toHaveLength(5);
  expect(await shop.positionOf(sku, to)).toMatchObject({ onHand: 9, inTransit: 1 });
});

test('units leave from several buckets, and arrive where buyers of a spread SKU find them', async () => {
  const sku = 'SPREAD';
  await shop.receive(sku, 20, from);
  await shop.receive(sku, 4, to);
  for (const warehouseId of [from, to]) await shop.rebalancing.setBuckets({ sku, warehouseId }, 8);
  expect(await shop.move(dispatch(sku, 21))).toBe('not-enough');
  expect(await shop.move(dispatch(sku, 17))).toBe('moved');
  expect(await shop.positionOf(sku, from)).toMatchObject({ available: 3, transferredOut: 17 });
  expect(await shop.move(receive(sku, 17))).toBe('moved');
  expect(await shop.positionOf(sku, to)).toMatchObject({
    available: 21,
    inTransit: 0,
    onHand: 21,
    buckets: 8,
  });
  // The removed buckets keep no units.
  await shop.rebalancing.setBuckets({ sku, warehouseId: to }, 1);
  expect(await shop.positionOf(sku, to)).toMatchObject({ available: 21, transferredIn: 17, buckets: 1 });
  expect(await rebuildStock(on.table, sku)).toMatchObject({ differences: [] });
});
