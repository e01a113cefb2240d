import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './clients.ts';
import type { Key } from './table.ts';

type Item = Record<string, unknown>;

interface Asked {
  readonly key: Key;
  readonly answer: (item: Item | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** The most items that one request reads. */
const MAX_AT_ONCE = 100;

/** What is asked at this moment, by client and kind of read. */
const asked = new WeakMap<Table['client'], Map<boolean, Asked[]>>();

/**
 * The item with this key; undefined if there is none. Items that are asked for at the same moment, before anything is
 * waited for, are read by one call: a call costs more than an item. What a batch leaves out is read by itself, with the
 * repeats and the errors of a single read.
 */
export function readItem(
  table: Table,
  key: Key,
  { consistent }: { readonly consistent: boolean },
): Promise<Item | undefined> {
  return new Promise((answer, fail) => {
    const kinds = asked.get(table.client) ?? new Map<boolean, Asked[]>();
    asked.set(table.client, kinds);
    const waiting = kinds.get(consistent);
    if (waiting !== undefined) waiting.push({ key, answer, fail });
    else {
      kinds.set(consistent, [{ key, answer, fail }]);
      queueMicrotask(() => {
        const all = kinds.get(consistent) ?? [];
        kinds.delete(consistent);
        for (let from = 0; from < all.length; from += MAX_AT_ONCE)
          void readAllOf(table, all.slice(from, from + MAX_AT_ONCE), consistent);
      });
    }
  });
}

/** The items with these keys, in their order, with undefined where there is none. Like {@link readItem}. */
export const readItems = (
  table: Table,
  keys: readonly Key[],
  options: { readonly consistent: boolean },
): Promise<(Item | undefined)[]> => Promise.all(keys.map((key) => readItem(table, key, options)));

async function readAllOf(table: Table, wanted: readonly Asked[], consistent: boolean): Promise<void> {
  try {
    const found = wanted.length === 1 ? undefined : await readBatch(table, wanted, consistent);
    await Promise.all(
      wanted.map(async ({ key, answer }) => {
        const name = nameOf(key);
        answer(found?.has(name) === true ? found.get(name) : await readOne(table, key, consistent));
      }),
    );
  } catch (error) {
    // Those that have their answer are not changed by this.
    for (const { fail } of wanted) fail(error);
  }
}

const nameOf = ({ pk, sk }: Item | Key) => `${String(pk)} ${String(sk)}`;

async function readOne(table: Table, key: Key, consistent: boolean): Promise<Item | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: consistent }),
  );
  return Item;
}

/** The items by name, with undefined for those that do not exist. What was not processed is left out. */
async function readBatch(
  table: Table,
  wanted: readonly Asked[],
  consistent: boolean,
): Promise<ReadonlyMap<string, Item | undefined>> {
  const byName = new Map(wanted.map(({ key }) => [nameOf(key), { ...key }]));
  const { Responses, UnprocessedKeys } = await table.client.send(
    new BatchGetCommand({
      RequestItems: { [table.name]: { Keys: [...byName.values()], ConsistentRead: consistent } },
    }),
  );
  const found = new Map<string, Item | undefined>([...byName.keys()].map((name) => [name, undefined]));
  for (const item of Responses?.[table.name] ?? []) found.set(nameOf(item), item);
  for (const key of UnprocessedKeys?.[table.name]?.Keys ?? []) found.delete(nameOf(key));
  return found;
}
