import { type Counters, differencesOf, rebuildPosition, type StockRebuild } from '../stock/index.ts';
import type { Table } from './clients.ts';
import { type PlacedPosition, readPositions } from './stock-positions.ts';
import { readStockRecords } from './stock-records.ts';

/** Stock that moves while its records are read is read so often before the figures are given as they are. */
const MOST_READS = 3;

/** Builds a SKU's figures again from the records of every change, and compares them with the stored ones. */
export async function rebuildStock(table: Table, sku: string): Promise<StockRebuild | 'too-many-orders'> {
  for (let read = 1; ; read += 1) {
    const before = await storedFigures(table, sku);
    const mostEver = Math.max(1, ...before.map(({ layout }) => layout.mostEver));
    const records = await readStockRecords(table, sku, mostEver);
    if (records === 'too-many-orders') return records;
    const { movements, orders, orderMoves } = records;
    const after = await storedFigures(table, sku);
    const movedMeanwhile = differencesOf(countersBy(before), countersBy(after)).length > 0;
    if (movedMeanwhile && read < MOST_READS) continue;
    const rebuilt = rebuildPosition(sku, movements, orderMoves);
    return {
      ...{ movements: movements.length, orders, movedMeanwhile },
      differences: differencesOf(countersBy(after), rebuilt),
    };
  }
}

async function storedFigures(table: Table, sku: string): Promise<PlacedPosition[]> {
  return (await readPositions(table, [sku], { consistent: true })).get(sku) ?? [];
}

const countersBy = (positions: readonly PlacedPosition[]): Map<string, Counters> =>
  new Map(positions.map(({ position }) => [position.warehouseId, position]));
