import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noUnits, type StockMovement } from '../../../shared/stock/index.ts';
import { costOf, openShop, type Shop, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

const none = { ...noUnits, buckets: 1 };
type Kind = 'receive' | 'write-off' | 'quarantine' | 'release-from-quarantine';
const movement = (kind: Kind, sku: string, quantity: number): StockMovement => ({
  ...{ kind, sku, warehouseId, quantity },
});
const adjustment = (sku: string, quantity: number): StockMovement => ({
  ...{ kind: 'adjust', sku, warehouseId, quantity, reason: 'counted' },
});

describe('each kind of movement', () => {
  test('changes the position: received units are the sum of present, shipped and lost units', async () => {
    const sku = 'KINDS';
    const steps: readonly [StockMovement, Partial<typeof none>][] = [
      [movement('receive', sku, 10), { onHand: 10, available: 10, received: 10 }],
      [movement('quarantine', sku, 4), { onHand: 10, available: 6, quarantined: 4, received: 10 }],
      [
        movement('release-from-quarantine', sku, 1),
        { onHand: 10, available: 7, quarantined: 3, received: 10 },
      ],
      [
        movement('write-off', sku, 2),
        { onHand: 8, available: 5, quarantined: 3, received: 10, writtenOff: 2 },
      ],
      [adjustment(sku, -1), { onHand: 7, available: 4, quarantined: 3, received: 10, writtenOff: 3 }],
      [adjustment(sku, 5), { onHand: 12, available: 9, quarantined: 3, received: 10, writtenOff: -2 }],
    ];
    for (const [step, position] of steps) {
      expect(await shop.move(step)).toBe('moved');
      expect(await shop.positionOf(sku)).toEqual({ warehouseId, ...none, ...position });
    }
  });

  test('applies to one warehouse, and the positions of a SKU are those of all warehouses', async () => {
    await shop.receive('SPREAD', 3, 'pl-poznan');
    await shop.receive('SPREAD', 5);
    const positions = await shop.stock.positions('SPREAD');
    expect(positions.map((position) => [position.warehouseId, position.available])).toEqual([
      ['cn-shenzhen', 5],
      ['pl-poznan', 3],
    ]);
    expect(await shop.stock.availability(['SPREAD', 'NEVER'])).toEqual(
      new Map([
        [
          'SPREAD',
          new Map([
            ['cn-shenzhen', 5],
            ['pl-poznan', 3],
          ]),
        ],
        ['NEVER', new Map()],
      ]),
    );
  });
});

describe('a movement of more units than there are', () => {
  test.each([
    movement('write-off', 'FEW', 4),
    movement('quarantine', 'FEW', 4),
    movement('release-from-quarantine', 'FEW', 1),
    adjustment('FEW', -4),
  ])('is refused: $kind', async (step) => {
    if ((await shop.positionOf('FEW')) === undefined) await shop.receive('FEW', 3);
    const before = await on.items();
    expect(await shop.move(step)).toBe('not-enough');
    expect(await on.items()).toEqual(before);
  });

  test('is refused for a SKU that was never received', async () => {
    expect(await shop.move(movement('write-off', 'NEVER-CAME', 1))).toBe('not-enough');
    expect(await shop.stock.positions('NEVER-CAME')).toEqual([]);
  });

  test('does not take units that an order holds', async () => {
    await shop.receive('HELD', 3);
    await shop.buy(costOf([{ sku: 'HELD', quantity: 2 }]));
    expect(await shop.move(movement('write-off', 'HELD', 2))).toBe('not-enough');
    expect(await shop.move(movement('write-off', 'HELD', 1))).toBe('moved');
    expect(await shop.positionOf('HELD')).toMatchObject({ available: 0, reserved: 2, onHand: 2 });
  });

  test('is accepted with the same key after the units arrived', async () => {
    const step = movement('write-off', 'RETRIED', 1);
    expect(await shop.move(step, 'retried')).toBe('not-enough');
    await shop.receive('RETRIED', 1);
    expect(await shop.move(step, 'retried')).toBe('moved');
  });
});

describe('the idempotency key of a movement', () => {
  test('moves once, even if the request is repeated at the same time', async () => {
    const step = movement('receive', 'ONCE', 5);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => shop.move(step, 'once')));
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'already-moved'), 'moved']);
    expect(await shop.positionOf('ONCE')).toMatchObject({ onHand: 5, received: 5 });
  });

  test('is recognised even if the movement would no longer be possible', async () => {
    await shop.receive('EMPTIED', 2);
    const step = movement('write-off', 'EMPTIED', 2);
    expect(await shop.move(step, 'emptied')).toBe('moved');
    expect(await shop.move(step, 'emptied')).toBe('already-moved');
    expect(await shop.positionOf('EMPTIED')).toMatchObject({ onHand: 0, writtenOff: 2 });
  });

  test.each([
    ['quantity', movement('receive', 'REUSED', 6)],
    ['kind', movement('write-off', 'REUSED', 5)],
    ['warehouse', { ...movement('receive', 'REUSED', 5), warehouseId: 'pl-poznan' }],
    ['SKU', movement('receive', 'REUSED-ELSEWHERE', 5)],
  ])('with another %s is refused', async (_what, step) => {
    await shop.move(movement('receive', 'REUSED', 5), 'reused');
    const before = await on.items();
    expect(await shop.move(step, 'reused')).toBe('key-reused');
    expect(await on.items()).toEqual(before);
  });
});

test('movements and buyers at the same time keep the sum exact', async () => {
  const sku = 'BUSY';
  await shop.receive(sku, 10);
  const quotes = await Promise.all(
    Array.from({ length: 12 }, () => shop.quote(costOf([{ sku, quantity: 1 }]))),
  );
  const outcomes = await Promise.all([
    ...quotes.map(async ({ quoteId }) => ((await shop.place(quoteId)).ok ? 'sold' : 'refused')),
    ...Array.from({ length: 4 }, () => shop.move(movement('write-off', sku, 1))),
    ...Array.from({ length: 3 }, () => shop.move(movement('quarantine', sku, 1))),
    ...Array.from({ length: 3 }, () => shop.move(movement('receive', sku, 2))),
  ]);
  const sold = outcomes.filter((outcome) => outcome === 'sold').length;
  const position = await shop.positionOf(sku);
  if (position === undefined) throw new Error('the position is there');
  const { onHand, available, reserved, quarantined, received, shipped, writtenOff } = position;
  expect(reserved).toBe(sold);
  expect(received).toBe(16);
  expect(onHand).toBe(available + reserved + quarantined);
  expect(received).toBe(onHand + shipped + writtenOff);
});
