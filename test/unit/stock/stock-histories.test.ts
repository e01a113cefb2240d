import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  counterNames,
  differencesOf,
  rebuildPosition,
  type StockMovement,
} from '../../../shared/stock/index.ts';
import { createBucketedStock } from '../../fakes/bucketed-stock.ts';

const sku = 'TEA';
const places = ['cn-shenzhen', 'pl-poznan'] as const;
const expectedAt = '2026-12-01T10:00:00.000Z';

const place = fc.constantFrom(...places);
const few = fc.integer({ min: 1, max: 9 });
const event = fc.oneof(
  fc.record({ what: fc.constant('receive' as const), place, count: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    what: fc.constantFrom('write-off' as const, 'quarantine' as const, 'release-from-quarantine' as const),
    place,
    count: few,
  }),
  fc.record({
    what: fc.constant('adjust' as const),
    place,
    count: fc.integer({ min: -9, max: 9 }).filter((count) => count !== 0),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('reserve' as const),
      place,
      count: fc.integer({ min: 1, max: 25 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('release' as const, 'ship' as const), count: fc.nat(99) }),
  },
  fc.record({ what: fc.constant('dispatch' as const), place, count: few }),
  fc.record({ what: fc.constant('arrive' as const), count: fc.nat(9), lost: fc.nat(3), which: fc.nat(99) }),
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('spread' as const),
      place,
      count: fc.oneof(fc.constantFrom(1, 4, 16, 64), fc.integer({ min: 1, max: 64 })),
    }),
  },
  fc.record({ what: fc.constant('gather' as const), place, count: few }),
);

test('any history keeps every sum exact and every counter at zero or above, and can be rebuilt from its records', () => {
  let refused = 0;
  let fromSeveral = 0;
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 20, maxLength: 80 }),
      fc.infiniteStream(fc.nat(999)),
      (events, chance) => {
        const stock = createBucketedStock(sku, () => Number(chance.next().value) / 1000);
        const held: { at: string; count: number }[] = [];
        const transfers: { id: string; to: string; open: number }[] = [];
        const sold = () => held.reduce((sum, { count }) => sum + count, 0);
        for (const [index, happened] of events.entries()) {
          const before = new Map(places.map((at) => [at, stock.positionAt(at)]));
          switch (happened.what) {
            case 'reserve': {
              const { place: at, count } = happened;
              const spread = Math.max(...stock.bucketsAt(at).map(({ available }) => available));
              const isEnough = (before.get(at)?.available ?? 0) >= count;
              expect(stock.order(at, { available: -count, reserved: count })).toBe(isEnough);
              if (isEnough) held.push({ at, count });
              if (isEnough && spread < count) fromSeveral += 1;
              if (!isEnough) refused += 1;
              break;
            }
            case 'release':
            case 'ship': {
              const [order] = held.splice(happened.count % Math.max(held.length, 1), 1);
              if (order === undefined) break;
              const { at, count } = order;
              const change =
                happened.what === 'ship'
                  ? { reserved: -count, onHand: -count, shipped: count }
                  : { reserved: -count, available: count };
              // The units that an order reserved can always be shipped, for any history of the buckets.
              expect(stock.order(at, change)).toBe(true);
              break;
            }
            case 'dispatch': {
              const [from, to] = happened.place === places[0] ? places : [places[1], places[0]];
              const id = `T${index}`;
              const left = stock.move({
                ...{ kind: 'dispatch-transfer', sku, warehouseId: from, toWarehouseId: to, transferId: id },
                ...{ quantity: happened.count, expectedAt },
              });
              expect(left).toBe((before.get(from)?.available ?? 0) >= happened.count);
              if (left) transfers.push({ id, to, open: happened.count });
              break;
            }
            case 'arrive': {
              const transfer = transfers[happened.which % Math.max(transfers.length, 1)];
              if (transfer === undefined) break;
              const quantity = Math.min(happened.count, transfer.open);
              const lost = Math.min(happened.lost, transfer.open - quantity);
              if (quantity + lost === 0) break;
              transfer.open -= quantity + lost;
              expect(
                stock.move({
                  ...{
                    kind: 'receive-transfer',
                    sku,
                    warehouseId: transfer.to,
                    transferId: transfer.id,
                    quantity,
                  },
                  ...(lost === 0 ? {} : { writeOff: { quantity: lost, reason: 'crushed' } }),
                }),
              ).toBe(true);
              break;
            }
            case 'spread':
              stock.spread(happened.place, happened.count);
              expect(stock.positionAt(happened.place)).toEqual(before.get(happened.place));
              break;
            case 'gather':
              stock.gather(happened.place, happened.count);
              expect(stock.positionAt(happened.place)).toEqual(before.get(happened.place));
              break;
            default: {
              const { what: kind, place: warehouseId, count: quantity } = happened;
              const movement = (
                kind === 'adjust'
                  ? { kind, sku, warehouseId, quantity, reason: 'counted' }
                  : { kind, sku, warehouseId, quantity }
              ) as StockMovement;
              if (!stock.move(movement)) refused += 1;
            }
          }
          checkSums(stock);
          expect(places.reduce((sum, at) => sum + stock.positionAt(at).reserved, 0)).toBe(sold());
          expect(places.reduce((sum, at) => sum + stock.positionAt(at).inTransit, 0)).toBe(
            transfers.reduce((sum, { open }) => sum + open, 0),
          );
        }
        const stored = new Map(stock.warehouses().map((at) => [at, stock.positionAt(at)]));
        expect(differencesOf(stored, rebuildPosition(sku, stock.movements, stock.orderMoves))).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
  // The histories contained shortages, and orders that no single bucket could serve.
  expect(refused).toBeGreaterThan(20);
  expect(fromSeveral).toBeGreaterThan(5);
});

function checkSums(stock: ReturnType<typeof createBucketedStock>): void {
  for (const at of places) {
    const all = stock.positionAt(at);
    expect(all.onHand).toBe(all.available + all.reserved + all.quarantined);
    expect(all.received + all.transferredIn).toBe(
      all.onHand + all.inTransit + all.shipped + all.writtenOff + all.transferredOut,
    );
    for (const counters of stock.bucketsAt(at)) {
      // Written-off units may be below zero after a count found more units.
      const isBelow = counterNames.some((name) => name !== 'writtenOff' && counters[name] < 0);
      const { available, reserved, quarantined, onHand } = counters;
      if (isBelow || onHand !== available + reserved + quarantined) expect.fail(JSON.stringify(counters));
    }
  }
}
