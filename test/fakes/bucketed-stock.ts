import {
  type Counters,
  changeOfMove,
  changesOf,
  neededOf,
  noUnits,
  planEvening,
  planGathering,
  planTakes,
  type Random,
  type StockChange,
  type StockMovement,
  splitChange,
  sumOf,
  type UnitsMove,
  unitsOf,
} from '../../shared/stock/index.ts';
import { withChange } from '../../shared/stock/position.ts';
import type { StockMove } from '../../shared/timeline/index.ts';

/** The stock of one SKU in memory. Each warehouse has buckets, and the rules of the real store change them. */
export function createBucketedStock(sku: string, random: Random) {
  const places = new Map<string, Counters[]>();
  const movements: StockMovement[] = [];
  const orderMoves: StockMove[] = [];
  const bucketsAt = (warehouseId: string) => places.get(warehouseId) ?? [noUnits];

  /** Applies all changes, or none of them. */
  function apply(changes: readonly StockChange[]): boolean {
    const parts = changes.map((change) => {
      const needed = neededOf(change);
      const main = [{ bucket: 0, quantity: unitsOf(change) }];
      if (needed === undefined) return splitChange(change, main);
      const held = bucketsAt(change.warehouseId).map((counters) => counters[needed.counter]);
      const takes = change.onMain
        ? (held[0] ?? 0) >= needed.quantity
          ? main
          : undefined
        : planTakes(held, needed.quantity, random);
      return takes === undefined ? undefined : splitChange(change, takes);
    });
    if (parts.includes(undefined)) return false;
    for (const [index, change] of changes.entries()) {
      const buckets = [...bucketsAt(change.warehouseId)];
      for (const { bucket, counters } of parts[index] ?? [])
        buckets[bucket] = withChange(buckets[bucket] ?? noUnits, counters);
      places.set(change.warehouseId, buckets);
    }
    return true;
  }

  function moveUnits(warehouseId: string, moves: readonly UnitsMove[]): void {
    const buckets = [...bucketsAt(warehouseId)];
    for (const { from, to, quantity } of moves) {
      const units = (count: number) => ({ available: count, onHand: count });
      buckets[from] = withChange(buckets[from] ?? noUnits, units(-quantity));
      buckets[to] = withChange(buckets[to] ?? noUnits, units(quantity));
    }
    places.set(warehouseId, buckets);
  }

  return {
    movements,
    orderMoves,
    warehouses: () => [...places.keys()].sort(),
    bucketsAt,
    positionAt: (warehouseId: string) => sumOf(bucketsAt(warehouseId)),
    /** Gives whether there were enough units. */
    move(movement: StockMovement): boolean {
      const moved = apply(changesOf(movement));
      if (moved) movements.push(movement);
      return moved;
    },
    /** Reserves, releases or ships units for an order. */
    order(warehouseId: string, counters: Partial<StockMove>): boolean {
      const move = {
        sku,
        warehouseId,
        available: 0,
        reserved: 0,
        onHand: 0,
        shipped: 0,
        writtenOff: 0,
        ...counters,
      };
      const moved = apply([changeOfMove(move)]);
      if (moved) orderMoves.push(move);
      return moved;
    },
    /** Spreads the units over that number of buckets. Surplus buckets hand over all their counters. */
    spread(warehouseId: string, count: number): void {
      const buckets = [...bucketsAt(warehouseId)];
      while (buckets.length < count) buckets.push(noUnits);
      for (const [index, counters] of buckets.splice(count).entries())
        buckets[index % count] = withChange(buckets[index % count] ?? noUnits, counters);
      places.set(warehouseId, buckets);
      moveUnits(
        warehouseId,
        planEvening(
          buckets.map(({ available }) => available),
          count,
        ),
      );
    },
    gather: (warehouseId: string, quantity: number) =>
      moveUnits(
        warehouseId,
        planGathering(
          bucketsAt(warehouseId).map(({ available }) => available),
          quantity,
        ),
      ),
  };
}
