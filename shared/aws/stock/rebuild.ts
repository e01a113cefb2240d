import { fingerprint } from '../../kernel/hash.ts';
import { type Counters, differencesOf, rebuildPosition, type StockRebuilt } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { type PlacedPosition, readPositions } from './positions.ts';
import { decodeProgress, encodeProgress, type RebuildProgress } from './rebuild-cursor.ts';
import { readRecords } from './records.ts';

/**
 * If stock moves while its records are read, they are read up to this number of times before the figures are returned.
 */
const MAX_READS = 3;

/** The most records that one request reads; it can read the facts of some thousand orders a second. */
const MAX_RECORDS = 5_000;

export interface RebuildOptions {
  /** Where the part before ended. */
  readonly cursor?: string | undefined;
  readonly maxRecords?: number;
}

/**
 * Rebuilds a SKU's figures from the records of every change, and compares them with the stored ones. If there are more
 * records than one request reads, it returns a cursor instead of the comparison. The cursor holds the sums so far, and
 * the last part compares. The cursor is not signed: an operator who changes it only falsifies that operator's own
 * answer.
 */
export async function rebuildStock(
  table: Table,
  sku: string,
  { cursor, maxRecords = MAX_RECORDS }: RebuildOptions = {},
): Promise<StockRebuilt | 'unknown-cursor'> {
  const begun = cursor === undefined ? undefined : decodeProgress(sku, cursor);
  if (cursor !== undefined && begun === undefined) return 'unknown-cursor';
  for (let read = 1; ; read += 1) {
    const before = await storedStock(table, sku);
    const from = begun ?? atFirst(before);
    const maxEverBuckets = Math.max(1, ...before.map(({ layout }) => layout.maxEver));
    const part = await readRecords(table, sku, { maxEverBuckets, from: from.place, max: maxRecords });
    const movements = from.movements + part.movements.length;
    const orders = from.orders + part.orders;
    const sums = rebuildPosition(sku, part.movements, part.orderMoves, from.sums);
    if (part.next !== undefined) {
      const progress = { place: part.next, movements, orders, mark: from.mark, sums };
      return { movements, orders, cursor: encodeProgress(sku, progress) };
    }
    const after = await storedStock(table, sku);
    const movedMeanwhile = markOf(after) !== from.mark;
    if (movedMeanwhile && begun === undefined && read < MAX_READS) continue;
    return { movements, orders, movedMeanwhile, differences: differencesOf(countersBy(after), sums) };
  }
}

const atFirst = (stored: readonly PlacedPosition[]): RebuildProgress => ({
  place: { partition: 0 },
  movements: 0,
  orders: 0,
  mark: markOf(stored),
  sums: new Map(),
});

async function storedStock(table: Table, sku: string): Promise<PlacedPosition[]> {
  return (await readPositions(table, [sku], { consistent: true })).get(sku) ?? [];
}

/** Changes with every change of the SKU's stock, even if two changes cancel each other out. */
const markOf = (stored: readonly PlacedPosition[]): string =>
  fingerprint(
    stored.map(({ position, layout, changes }) => [position.warehouseId, layout.epoch, changes]),
  ).slice(0, 16);

const countersBy = (positions: readonly PlacedPosition[]): Map<string, Counters> =>
  new Map(positions.map(({ position }) => [position.warehouseId, position]));
