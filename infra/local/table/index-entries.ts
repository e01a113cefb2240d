import { type Action, updatedAttributes } from './table-actions.ts';
import type { KeyAttributes, TableKeys } from './table-keys.ts';

/** The attributes of an item that are keys of an index, as texts. */
type IndexAttributes = ReadonlyMap<string, string>;

const none: IndexAttributes = new Map();

export interface IndexEntries {
  /** The index partitions that a write puts an entry into or takes one out of, each as often as it does. */
  changedBy(action: Action): readonly string[];
  /** What was written is remembered. */
  remember(action: Action): void;
}

/**
 * Which entries the items of the tables have in indexes, as far as they were written since the start: an item of
 * before has none until it is written again. An entry whose keys stay as they were costs its index nothing, one whose
 * keys change is taken out and put in anew: so it is in an index of keys alone.
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

/** The item that a write is of. */
function nameOf(action: Action, { partitionKey, sortKey }: TableKeys): string {
  const item = action.Item ?? action.Key ?? {};
  return JSON.stringify([action.TableName, item[partitionKey], sortKey === undefined ? '' : item[sortKey]]);
}

/** The item's index attributes when the write is done; the same map where it says nothing of them. */
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

/** The entry in an index, whose partition and place there the attributes name; none without the partition. */
function entryOf(attributes: IndexAttributes, { partitionKey, sortKey }: KeyAttributes) {
  const partition = attributes.get(partitionKey);
  if (partition === undefined) return undefined;
  return { partition, sort: sortKey === undefined ? undefined : attributes.get(sortKey) };
}
