import { cursorAt, placeIn } from '../../kernel/cursor.ts';
import { entriesOfMovement, entriesOfOrder, type StockEntry } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { readPositions } from './positions.ts';
import { factsOfOrders, type RecordsPlace, readNamed } from './records.ts';

interface EntriesPage {
  readonly entries: readonly StockEntry[];
  readonly cursor: string | undefined;
}

/** The number of finished partitions, and the sort key reached in the next one. */
const PLACE = /^\d{1,3}#.{0,300}$/;

/**
 * The changes of a SKU's stock, some records at a time: movements by hand first, then what orders did. Those of a page
 * are sorted by time; all pages together have each change once. A place of records is not a place in time, because an
 * order's record is written when it takes units, and its later facts belong to it. Undefined for a cursor that is not
 * ours.
 */
export async function readEntries(
  table: Table,
  sku: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<EntriesPage | undefined> {
  const from = cursor === undefined ? { partition: 0 } : placeOf(cursor);
  if (from === undefined) return undefined;
  const stored = (await readPositions(table, [sku])).get(sku) ?? [];
  const maxEverBuckets = Math.max(1, ...stored.map(({ layout }) => layout.maxEver));
  const { movements, orderIds, next } = await readNamed(table, sku, { maxEverBuckets, from, max: limit });
  const orders = await factsOfOrders(table, orderIds);
  const entries = [
    ...movements.flatMap(({ movement, at }) => entriesOfMovement(movement, at)),
    ...orders.flatMap((facts) => entriesOfOrder(sku, facts)),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    entries,
    cursor: next === undefined ? undefined : cursorAt(`${next.partition}#${next.after ?? ''}`),
  };
}

function placeOf(cursor: string): RecordsPlace | undefined {
  const place = placeIn(cursor, PLACE);
  if (place === undefined) return undefined;
  const after = place.slice(place.indexOf('#') + 1);
  return { partition: Number.parseInt(place, 10), ...(after === '' ? {} : { after }) };
}
