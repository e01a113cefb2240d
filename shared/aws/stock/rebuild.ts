import { fingerprint } from '../../kernel/hash.ts';
import { type Counters, differencesOf, rebuildPosition, type StockRebuilt } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { type PlacedPosition, readPositions } from './positions.ts';
import { decodeProgress, encodeProgress, type RebuildProgress } from './rebuild-cursor.ts';
import { readRecords } from './records.ts';

/** Stock that moves while its records are read is read so often before the figures are given as they are. */
const MAX_READS = 3;

/** Records that are read within one request: of some thousand orders a second the facts can be read. */
const MAX_RECORDS = 5_000;

export interface RebuildOptions {
  /** Where the part before ended. */
  readonly cursor?: string | undefined;
  readonly maxRecords?: number;
}

/**
 * Builds a SKU's figures again from the records of every change, and compares them with the stored ones. Where there
 * are more records than are read at once it gives a cursor in place of the comparison; it holds the sums so far, and
 * the last part compares. The cursor is not signed: who alters it deceives nobody but the operator who holds it.
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

/** Another one after every change of the SKU's stock, also after two that leave the figures as they were. */
const markOf = (stored: readonly PlacedPosition[]): string =>
  fingerprint(
    stored.map(({ position, layout, changes }) => [position.warehouseId, layout.epoch, changes]),
  ).slice(0, 16);

const countersBy = (positions: readonly PlacedPosition[]): Map<string, Counters> =>
  new Map(positions.map(({ position }) => [position.warehouseId, position]));
