import type { Attributes } from './expressions/operand.ts';
import { type ItemStore, named } from './item-store.ts';

/** An index of a table, as the engine keeps it. */
export interface IndexDefinition {
  /** The table of the engine's file that holds the entries. */
  readonly stored: string;
  readonly partitionKey: string;
  readonly sortKey: string | undefined;
  /** The attributes that an entry has beside all keys; `all` of the item. */
  readonly others: ReadonlySet<string> | 'all';
}

/** A table, as the engine keeps it. */
export interface TableDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly indexes: readonly IndexDefinition[];
  /** The images that its stream has of a changed item; undefined without a stream. */
  readonly images: { readonly before: boolean; readonly after: boolean } | undefined;
}

interface Row {
  readonly key_schema: string;
  readonly attribute_definitions: string;
  readonly gsi_definitions: string | null;
  readonly lsi_definitions: string | null;
  readonly stream_enabled: number;
  readonly stream_view_type: string | null;
}
type Schema = readonly { readonly AttributeName: string; readonly KeyType: string }[];
interface Index {
  readonly IndexName: string;
  readonly KeySchema: Schema;
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

/**
 * Reads the definition of a table from the engine's file. Undefined where only the engine can write it: where there is
 * no such table, where a key is no text, and where it has local indexes.
 */
export function definitionOf(store: ItemStore, name: string): TableDefinition | undefined {
  const row = store
    .statement(
      `SELECT key_schema, attribute_definitions, gsi_definitions, lsi_definitions, stream_enabled, stream_view_type
       FROM _tables WHERE table_name = ?`,
    )
    .get(name) as Row | undefined;
  if (row === undefined || (row.lsi_definitions !== null && row.lsi_definitions !== '[]')) return undefined;
  const attributes = JSON.parse(row.attribute_definitions) as { readonly AttributeType: string }[];
  const { partitionKey, sortKey } = keysOf(JSON.parse(row.key_schema));
  if (sortKey === undefined || attributes.some(({ AttributeType }) => AttributeType !== 'S'))
    return undefined;
  const view = row.stream_view_type ?? 'NEW_AND_OLD_IMAGES';
  return {
    ...{ name, partitionKey, sortKey },
    indexes: (JSON.parse(row.gsi_definitions ?? '[]') as Index[]).map((index) => ({
      stored: named(`${name}::gsi::${index.IndexName}`),
      ...keysOf(index.KeySchema),
      others:
        index.Projection.ProjectionType === 'ALL' ? 'all' : new Set(index.Projection.NonKeyAttributes ?? []),
    })),
    images:
      row.stream_enabled === 0
        ? undefined
        : { before: /OLD/.test(view), after: view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES' },
  };
}

function keysOf(schema: Schema): { readonly partitionKey: string; readonly sortKey: string | undefined } {
  const key = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { partitionKey: key('HASH') ?? '', sortKey: key('RANGE') };
}

/** What an index holds of an item; undefined when it holds nothing of it. */
export interface IndexEntry {
  readonly partition: string;
  /** Empty where the index has no sort key. */
  readonly sort: string;
  readonly attributes: Attributes;
}

/** The entry of an item in an index; undefined when the item lacks one of its keys. */
export function entryOf(
  { partitionKey, sortKey }: TableDefinition,
  index: IndexDefinition,
  item: Attributes | undefined,
): IndexEntry | undefined {
  const partition = item?.[index.partitionKey]?.S;
  const sort = index.sortKey === undefined ? '' : item?.[index.sortKey]?.S;
  if (item === undefined || typeof partition !== 'string' || typeof sort !== 'string') return undefined;
  const keys = [partitionKey, sortKey, index.partitionKey, index.sortKey];
  const { others } = index;
  const attributes = Object.entries(item).filter(
    ([name]) => others === 'all' || keys.includes(name) || others.has(name),
  );
  return { partition, sort, attributes: Object.fromEntries(attributes) };
}
