import type { StockMove } from '../timeline/index.ts';
import { unitsOf } from './change.ts';
import { changesOf, type StockMovement } from './movement.ts';
import { type CounterChange, type Counters, counterNames, noUnits, withChange } from './position.ts';
import type { StockDifference } from './rebuilt.ts';

/**
 * The counters of one SKU by warehouse, computed only from records: movements by hand, and the facts of orders.
 * `orderMoves` are those of `stockMovesOf`; moves of other SKUs are ignored. The order of the records does not matter.
 * If they are read in parts, `onto` is the result of the earlier parts.
 */
export function rebuildPosition(
  sku: string,
  movements: readonly StockMovement[],
  orderMoves: readonly StockMove[],
  onto: ReadonlyMap<string, Counters> = new Map(),
): Map<string, Counters> {
  const rebuilt = new Map(onto);
  const add = (warehouseId: string, change: CounterChange) =>
    rebuilt.set(warehouseId, withChange(rebuilt.get(warehouseId) ?? noUnits, change));
  for (const change of movements.flatMap(changesOf)) {
    if (change.sku !== sku || unitsOf(change) === 0) continue;
    for (const { quantity, perUnit } of change.strands) {
      const counters = Object.entries(perUnit).map(([name, each]) => [name, each * quantity]);
      add(change.warehouseId, Object.fromEntries(counters));
    }
  }
  for (const { warehouseId, sku: moved, ...counters } of orderMoves)
    if (moved === sku) add(warehouseId, counters);
  return rebuilt;
}

/** Where the stored figures and those from the records differ; empty when they agree. */
export function differencesOf(
  stored: ReadonlyMap<string, Counters>,
  rebuilt: ReadonlyMap<string, Counters>,
): StockDifference[] {
  const warehouses = [...new Set([...stored.keys(), ...rebuilt.keys()])].sort();
  return warehouses.flatMap((warehouseId) => {
    const one = stored.get(warehouseId) ?? noUnits;
    const other = rebuilt.get(warehouseId) ?? noUnits;
    return counterNames
      .filter((counter) => one[counter] !== other[counter])
      .map((counter) => ({ warehouseId, counter, stored: one[counter], rebuilt: other[counter] }));
  });
}
