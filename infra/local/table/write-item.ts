import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Attributes } from './expressions/operand.ts';
import { sizeOfItem } from './item-size.ts';
import { type ItemStore, keyText, named } from './item-store.ts';
import { entryOf, type IndexDefinition, type IndexEntry, type TableDefinition } from './table-definition.ts';

/** An item before and after a write. Undefined: there is none. */
export interface ItemWrite {
  readonly partition: string;
  readonly sort: string;
  readonly before: Attributes | undefined;
  readonly after: Attributes | undefined;
}

/** What a write costs in write units of 1 KB. */
export interface WriteUnits {
  readonly table: number;
  readonly indexes: number;
}

/**
 * Writes an item into the engine's file as the engine does: the item, its entries in the indexes, and the record of
 * the table's stream. To be called within a transaction of the file. Gives the units that the engine would report.
 */
export function writeItem(
  store: ItemStore,
  table: TableDefinition,
  write: ItemWrite,
  nowMs: number,
): WriteUnits {
  const { before, after } = write;
  const key = [keyText(write.partition), keyText(write.sort)] as const;
  if (after === undefined)
    store.statement(`DELETE FROM ${named(table.name)} WHERE pk = ? AND sk = ?`).run(...key);
  else
    store
      .statement(
        `INSERT INTO ${named(table.name)} (pk, sk, item_json, item_size, hash_prefix) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (pk, sk) DO UPDATE SET item_json = excluded.item_json, item_size = excluded.item_size`,
      )
      .run(...key, JSON.stringify(after), sizeOfItem(after), hashPrefix(write.partition));
  const indexes = table.indexes.reduce((sum, index) => sum + writeEntry(store, table, index, write), 0);
  recordChange(store, table, write, nowMs);
  return { table: unitsOf(before, after), indexes };
}

/** The units of a write: of the larger of the two items. A write of nothing is one unit. */
export const unitsOf = (...items: readonly (Attributes | undefined)[]): number =>
  Math.max(1, ...items.map((item) => (item === undefined ? 0 : Math.ceil(sizeOfItem(item) / 1024))));

/** The engine scans a table in parallel by the first digits of this sum. */
const hashPrefix = (partition: string): string =>
  createHash('md5').update(`Outliers${partition}`).digest('hex').slice(0, 6);

/** Changes the entry of an index where the item's entry changes. Gives the units. */
function writeEntry(
  store: ItemStore,
  table: TableDefinition,
  index: IndexDefinition,
  { partition, sort, before, after }: ItemWrite,
): number {
  const [left, entered] = [entryOf(table, index, before), entryOf(table, index, after)];
  const isMoved = left?.partition !== entered?.partition || left?.sort !== entered?.sort;
  if (!isMoved && sameEntry(left, entered)) return 0;
  const key = [keyText(partition), keyText(sort)] as const;
  if (left !== undefined && isMoved)
    store.statement(`DELETE FROM ${index.stored} WHERE table_pk = ? AND table_sk = ?`).run(...key);
  if (entered !== undefined)
    store
      .statement(
        `INSERT OR REPLACE INTO ${index.stored} (gsi_pk, gsi_sk, table_pk, table_sk, item_json)
         VALUES (?, ?, ?, ?, ?)`,
      )
      .run(
        keyText(entered.partition),
        index.sortKey === undefined ? '' : keyText(entered.sort),
        ...key,
        JSON.stringify(entered.attributes),
      );
  if (!isMoved) return unitsOf(left?.attributes, entered?.attributes);
  return [left, entered].reduce(
    (sum, entry) => sum + (entry === undefined ? 0 : unitsOf(entry.attributes)),
    0,
  );
}

/** Whether both hold the same. Sets and the members of maps have no order. */
function sameEntry(a: IndexEntry | undefined, b: IndexEntry | undefined): boolean {
  const [before, after] = [a, b].map((entry) => JSON.stringify(entry?.attributes ?? null));
  return before === after || isDeepStrictEqual(withSortedSets(before), withSortedSets(after));
}

const withSortedSets = (json = 'null') =>
  JSON.parse(json, (name, value) =>
    /^[SNB]S$/.test(name) && Array.isArray(value) ? value.toSorted() : value,
  );

function recordChange(
  store: ItemStore,
  { name, partitionKey, sortKey, images }: TableDefinition,
  { partition, sort, before, after }: ItemWrite,
  nowMs: number,
): void {
  if (images === undefined || (before === undefined && after === undefined)) return;
  const event = after === undefined ? 'REMOVE' : before === undefined ? 'INSERT' : 'MODIFY';
  const json = (isAsked: boolean, item: Attributes | undefined) =>
    isAsked && item !== undefined ? JSON.stringify(item) : null;
  store
    .statement(
      `INSERT INTO _stream_records
         (table_name, event_name, keys_json, new_image, old_image, sequence_number, shard_id, created_at)
       SELECT ?1, ?2, ?3, ?4, ?5, CAST(COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 AS TEXT), ?6, ?7
       FROM _stream_records WHERE table_name = ?1`,
    )
    .run(
      ...[name, event, JSON.stringify({ [partitionKey]: { S: partition }, [sortKey]: { S: sort } })],
      ...[json(images.after, after), json(images.before, before)],
      ...[`shardId-00000001-${name}`, Math.floor(nowMs / 1000)],
    );
}
