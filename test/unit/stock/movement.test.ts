import { describe, expect, test } from 'vitest';
import {
  differencesOf,
  noUnits,
  rebuildPosition,
  type StockMovement,
  senselessFields,
  stockMovementSchema,
  warehousesOf,
} from '../../../shared/stock/index.ts';

const now = '2026-11-23T10:00:00.000Z';
const here = { sku: 'TEA', warehouseId: 'cn-shenzhen' };
const dispatch = {
  ...{ kind: 'dispatch-transfer', ...here, toWarehouseId: 'pl-poznan', transferId: 'T-1', quantity: 5 },
  expectedAt: '2026-12-20T10:00:00.000Z',
} satisfies StockMovement;
const arrival = {
  ...{ kind: 'receive-transfer', sku: 'TEA', warehouseId: 'pl-poznan', transferId: 'T-1', quantity: 3 },
} satisfies StockMovement;
const adjust = { kind: 'adjust', ...here, quantity: -1, reason: 'counted' } satisfies StockMovement;

describe('a movement that is refused', () => {
  const pointersOf = (movement: object) => {
    const parsed = stockMovementSchema.safeParse(movement);
    return parsed.success ? [] : parsed.error.issues.map(({ path }) => `/${path.join('/')}`);
  };

  test.each<[string, object, string]>([
    ['kind', { ...adjust, kind: 'steal' }, '/kind'],
    ['SKU with a hash', { ...adjust, sku: 'TEA#1' }, '/sku'],
    ['SKU that is too long', { ...adjust, sku: 'T'.repeat(41) }, '/sku'],
    ['warehouse in capitals', { ...adjust, warehouseId: 'PL-POZNAN' }, '/warehouseId'],
    ['a quantity of zero', { ...adjust, quantity: 0 }, '/quantity'],
    ['half a unit', { ...adjust, quantity: 1.5 }, '/quantity'],
    ['a quantity in words', { ...adjust, quantity: '3' }, '/quantity'],
    ['more than a million', { ...adjust, quantity: 1_000_001 }, '/quantity'],
    ['no reason', { ...adjust, reason: ' ' }, '/reason'],
    ['a negative receipt', { kind: 'receive', ...here, quantity: -1 }, '/quantity'],
    ['an invalid warehouse', { ...dispatch, toWarehouseId: 'p' }, '/toWarehouseId'],
    ['a transfer without a number', { ...dispatch, transferId: '' }, '/transferId'],
    ['a transfer number with a blank', { ...dispatch, transferId: 'T 1' }, '/transferId'],
    ['a transfer of zero units', { ...dispatch, quantity: 0 }, '/quantity'],
    ['an arrival without a time of day', { ...dispatch, expectedAt: '2026-12-20' }, '/expectedAt'],
    ['a negative arrival', { ...arrival, quantity: -1 }, '/quantity'],
    ['a difference of zero', { ...arrival, writeOff: { quantity: 0, reason: 'lost' } }, '/writeOff/quantity'],
    ['a difference without a reason', { ...arrival, writeOff: { quantity: 1 } }, '/writeOff/reason'],
    ['a field of another kind', { ...arrival, expectedAt: dispatch.expectedAt }, '/'],
  ])('%s', (_, movement, pointer) => {
    expect(pointersOf(movement)).toEqual([pointer]);
  });

  test('also includes a movement that makes no sense', () => {
    const pointers = (movement: StockMovement) =>
      senselessFields(movement, now).map(({ pointer }) => pointer);
    expect(pointers(dispatch)).toEqual([]);
    expect(pointers({ ...dispatch, toWarehouseId: here.warehouseId, expectedAt: now })).toEqual([
      '/toWarehouseId',
      '/expectedAt',
    ]);
    expect(pointers({ ...arrival, quantity: 0 })).toEqual(['/quantity']);
    expect(pointers({ ...arrival, quantity: 0, writeOff: { quantity: 1, reason: 'lost' } })).toEqual([]);
  });
});

test('both warehouses of a transfer are checked, each by the field that names it', () => {
  expect(warehousesOf(dispatch)).toEqual([
    { pointer: '/warehouseId', warehouseId: 'cn-shenzhen' },
    { pointer: '/toWarehouseId', warehouseId: 'pl-poznan' },
  ]);
  expect(warehousesOf(arrival)).toEqual([{ pointer: '/warehouseId', warehouseId: 'pl-poznan' }]);
});

describe('stock positions built from records', () => {
  const orderMove = { ...here, available: -2, reserved: 2, onHand: 0, shipped: 0, writtenOff: 0 };

  test('include movements by hand and orders, with the figures worked out in the test', () => {
    const movements: StockMovement[] = [
      { kind: 'receive', ...here, quantity: 20 },
      { kind: 'quarantine', ...here, quantity: 4 },
      { kind: 'release-from-quarantine', ...here, quantity: 1 },
      { kind: 'write-off', ...here, quantity: 2 },
      adjust,
      dispatch,
      arrival,
      { ...arrival, quantity: 0, writeOff: { quantity: 1, reason: 'crushed' } },
    ];
    const rebuilt = rebuildPosition('TEA', movements, [orderMove, { ...orderMove, sku: 'OTHER' }]);
    expect(rebuilt).toEqual(
      new Map([
        [
          'cn-shenzhen',
          // 20 arrived, 4 - 1 are quarantined, 2 + 1 written off, 5 transferred, and 2 reserved for an order.
          {
            ...noUnits,
            ...{ received: 20, onHand: 12, available: 7, reserved: 2, quarantined: 3 },
            ...{ writtenOff: 3, transferredOut: 5 },
          },
        ],
        [
          'pl-poznan',
          // Of the 5 units in transit, 3 arrived, 1 was written off, and 1 is still in transit.
          { ...noUnits, onHand: 3, available: 3, inTransit: 1, transferredIn: 5, writtenOff: 1 },
        ],
      ]),
    );
  });

  test('give differences that name the place and the figure', () => {
    const rebuilt = rebuildPosition('TEA', [{ kind: 'receive', ...here, quantity: 2 }], []);
    const stored = new Map([['pl-poznan', { ...noUnits, reserved: 1 }]]);
    expect(differencesOf(stored, rebuilt)).toEqual([
      { warehouseId: 'cn-shenzhen', counter: 'available', stored: 0, rebuilt: 2 },
      { warehouseId: 'cn-shenzhen', counter: 'onHand', stored: 0, rebuilt: 2 },
      { warehouseId: 'cn-shenzhen', counter: 'received', stored: 0, rebuilt: 2 },
      { warehouseId: 'pl-poznan', counter: 'reserved', stored: 1, rebuilt: 0 },
    ]);
    expect(differencesOf(rebuilt, rebuilt)).toEqual([]);
  });
});
