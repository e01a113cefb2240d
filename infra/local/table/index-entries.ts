import { type Action, updatedAttributes } from './table-actions.ts';
import type { KeyAttributes, TableKeys } from './table-keys.ts';

/** The attributes of an item that are keys of an index, each as text. */
type IndexAttributes = ReadonlyMap<string, string>;

const none: IndexAttributes = new Map();

export interface IndexEntries {
  /**
   * The index partitions in which a write adds or removes an entry. A partition is listed once for each such entry.
   */
  changedBy(action: Action): readonly string[];
  /** Remembers the item that was written. */
  remember(action: Action): void;
}

/**
 * The entries that the tables' items have in indexes. Only items that were written since the start are known. When
 * the keys of an entry do not change, a write costs the index nothing. When they change, the old entry is removed and
 * a new one is added. This holds for an index that projects keys only.
 */
export function createIndexEntries(tables: ReadonlyMap<string, TableKeys>): IndexEntries {
  const known = new Map<string, IndexAttributes>();

  return {
    changedBy(action) {
      const { TableName } = action;
      const table = tables.get(TableName);
      if (table === undefined || table.indexes.size === 0) return [];
      const before = known.get(nameOf(action, table)) ?? none;
      const after = attributesAfter(action, table, before);
      if (after === before) return [];
      return [...table.indexes].flatMap(([indexName, index]) => {
        const [left, entered] = [entryOf(before, index), entryOf(after, index)];
        if (left?.partition === entered?.partition && left?.sort === entered?.sort) return [];
        return [left, entered].flatMap((entry) =>
          entry === undefined ? [] : [`${TableName}/${indexName}/${entry.partition}`],
        );
      });
    },

    remember(action) {
      const table = tables.get(action.TableName);
      if (table === undefined || table.indexes.size === 0) return;
      const name = nameOf(action, table);
      const after = attributesAfter(action, table, known.get(name) ?? none);
      if (after.size === 0) known.delete(name);
      else known.set(name, after);
    },
  };
}

/** The name of the item that an action writes. */
function nameOf(action: Action, { partitionKey, sortKey }: TableKeys): string {
  const item = action.Item ?? action.Key ?? {};
  return JSON.stringify([action.TableName, item[partitionKey], sortKey === undefined ? '' : item[sortKey]]);
}

/** The item's index attributes after the write. The same map is returned when the write changes none of them. */
function attributesAfter(action: Action, table: TableKeys, before: IndexAttributes): IndexAttributes {
  if (action.isDelete === true) return none;
  const names = [...table.indexes.values()].flatMap(({ partitionKey, sortKey }) => [
    partitionKey,
    ...(sortKey === undefined ? [] : [sortKey]),
  ]);
  if (action.Item !== undefined) {
    const { Item } = action;
    return new Map(names.flatMap((name) => (name in Item ? [[name, JSON.stringify(Item[name])]] : [])));
  }
  const updated = [...updatedAttributes(action)].filter(([name]) => names.includes(name));
  if (updated.length === 0) return before;
  const after = new Map(before);
  for (const [name, value] of updated)
    if (value === undefined) after.delete(name);
    else after.set(name, JSON.stringify(value));
  return after;
}

/**
 * The item's entry in an index: its partition and its place there; undefined when the item lacks the partition key.
 */
function entryOf(attributes: IndexAttributes, { partitionKey, sortKey }: KeyAttributes) {
  const partition = attributes.get(partitionKey);
  if (partition === undefined) return undefined;
  return { partition, sort: sortKey === undefined ? undefined : attributes.get(sortKey) };
}
