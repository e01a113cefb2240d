import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { changeOfMove, stockMovesOf } from '../../../shared/stock/index.ts';
import {
  cancelled,
  dispatched,
  expired,
  otherParcelId,
  parcelId,
  placed,
  untilDispatched,
  untilFulfilling,
  untilPaid,
} from '../../builders/facts.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

function movesOf(before: readonly NewFact[], ...added: NewFact[]) {
  const { facts } = timelineOf([...before, ...added]);
  return stockMovesOf(facts.slice(0, before.length), facts.slice(before.length));
}

const here = { sku: 'TEA-TOWEL', warehouseId: 'cn-shenzhen' };
const there = { sku: 'TEA-TOWEL', warehouseId: 'pl-poznan' };
const still = { available: 0, reserved: 0, onHand: 0, shipped: 0, writtenOff: 0 };

test('placing an order reserves its units', () => {
  expect(movesOf([], placed())).toEqual([{ ...here, ...still, available: -2, reserved: 2 }]);
});

test('the same SKU on two lines gives one move of the sum', () => {
  const lines = [line({ quantity: 2 }), line({ lineId: '2', quantity: 3 })];
  const order = placed({ landedCost: landedCost({ consignments: [consignment({ lines })] }) });
  expect(movesOf([], order)).toEqual([{ ...here, ...still, available: -5, reserved: 5 }]);
});

test('the same SKU in two warehouses gives a move for each of them', () => {
  const [order = placed()] = forTwoParcels([placed()]);
  expect(movesOf([], order)).toEqual([
    { ...here, ...still, available: -2, reserved: 2 },
    { ...there, ...still, available: -2, reserved: 2 },
  ]);
});

describe('reserved units that did not leave become free again', () => {
  test.each([
    ['cancelled', untilPaid(), cancelled()],
    ['expired', [placed()], expired()],
  ] as const)('%s', (_, before, end) => {
    expect(movesOf(before, end)).toEqual([{ ...here, ...still, available: 2, reserved: -2 }]);
  });

  test('for two parcels, only the parcel that stayed becomes free', () => {
    const before = [...forTwoParcels(untilFulfilling()), dispatched({ parcelId: otherParcelId })];
    expect(movesOf(before, cancelled())).toEqual([{ ...here, ...still, available: 2, reserved: -2 }]);
  });
});

test('handing over ships the units', () => {
  expect(movesOf(untilFulfilling(), dispatched())).toEqual([
    { ...here, ...still, reserved: -2, onHand: -2, shipped: 2 },
  ]);
  const two = forTwoParcels(untilFulfilling());
  expect(movesOf(two, dispatched({ parcelId: otherParcelId }))).toEqual([
    { ...there, ...still, reserved: -2, onHand: -2, shipped: 2 },
  ]);
});

describe('closing a parcel', () => {
  const closed = (
    of: string,
    outcome: 'lost' | 'returned' | 'stopped',
    sellable = 0,
    writtenOff = 0,
  ): NewFact => ({
    name: 'parcel.closed',
    data: {
      ...{ parcelId: of, outcome, refund: 'none' },
      ...(sellable + writtenOff === 0 ? {} : { restock: [{ sku: 'TEA-TOWEL', sellable, writtenOff }] }),
    },
  });
  const left = () => forTwoParcels(untilDispatched());

  test('moves no unit if the parcel is lost', () => {
    expect(movesOf(left(), closed(parcelId, 'lost'))).toEqual([]);
  });

  test('puts the sellable units of a returned parcel on sale, and writes the others off', () => {
    expect(movesOf(left(), closed(parcelId, 'returned', 1, 1))).toEqual([
      { ...here, ...still, available: 1, onHand: 1, shipped: -2, writtenOff: 1 },
    ]);
  });

  test('releases the units of a stopped parcel, once', () => {
    const stopped = [...left(), closed(otherParcelId, 'stopped')];
    expect(movesOf(left(), closed(otherParcelId, 'stopped'))).toEqual([
      { ...there, ...still, available: 2, reserved: -2 },
    ]);
    expect(movesOf(stopped, closed(parcelId, 'lost'))).toEqual([]);
  });

  test('moves its units directly to their final state if it happens in the step of the hand-over', () => {
    const moves = movesOf(untilFulfilling(), dispatched(), closed(parcelId, 'returned', 1, 1));
    expect(moves.map(changeOfMove)).toEqual([
      {
        ...here,
        strands: [
          { quantity: 1, perUnit: { reserved: -1, onHand: -1, writtenOff: 1 } },
          { quantity: 1, perUnit: { reserved: -1, available: 1 } },
        ],
      },
    ]);
  });
});

test('no other fact moves stock', () => {
  const [, ...rest] = untilDispatched().slice(0, -1);
  expect(movesOf([placed()], ...rest)).toEqual([]);
});

test('in every course of an order, the units that left are on hand neither as available nor as reserved', () => {
  for (const journey of [untilDispatched(), [...untilPaid(), cancelled()], [placed(), expired()]]) {
    const [move = { ...here, ...still }] = movesOf([], ...journey);
    expect(move.onHand).toBe(move.available + move.reserved);
    expect(move.reserved).toBe(0);
    expect(move.shipped + move.onHand).toBe(0);
  }
});
