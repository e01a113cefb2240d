import { expect, test } from 'vitest';
import { reservationItems } from '../../../shared/aws/stock/records.ts';
import { keys } from '../../../shared/aws/table.ts';

const orderId = 'ord_1';
const placedAt = '2026-11-23T10:00:00.000Z';

/** The records of an order of two SKUs, in a transaction with room for `room` more items. */
const recordsWithRoom = (room: number) =>
  reservationItems('Records', {
    ...{ orderId, placedAt, room, buckets: new Map() },
    moves: ['TEA', 'CUP'].map((sku) => ({
      ...{ sku, warehouseId: 'cn-shenzhen', available: -1, reserved: 1 },
      ...{ onHand: 0, shipped: 0, writtenOff: 0 },
    })),
  }).map(({ Put }) => Put?.Item);

test('an order has one record for each SKU if they just fit the transaction', () => {
  expect(recordsWithRoom(2)).toEqual([
    { ...keys.reservation('TEA', 0, orderId), placedAt },
    { ...keys.reservation('CUP', 0, orderId), placedAt },
  ]);
});

test('an order has one record for all SKUs if one item too many would be in the transaction', () => {
  expect(recordsWithRoom(1)).toEqual([{ ...keys.wideReservation(orderId), placedAt, skus: ['TEA', 'CUP'] }]);
});
