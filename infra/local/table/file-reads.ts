import type { EngineAnswer, EngineClient } from './engine-client.ts';
import type { ItemStore, StoredItem } from './item-store.ts';
import type { TableKeys } from './table-keys.ts';

type Key = Readonly<Record<string, { readonly S?: unknown } | undefined>>;

/** The keys that a request asks for in one table. */
interface Wanted {
  readonly table: string;
  readonly keys: readonly Key[];
  readonly isConsistent: boolean;
}

/** What was found for the keys of one table. */
interface Found {
  readonly table: string;
  /** One for each key. */
  readonly items: readonly (StoredItem | undefined)[];
  readonly units: number;
}

/** DynamoDB takes 100 keys in a batch. */
const MAX_KEYS = 100;
/** DynamoDB gives 16 MB at once, and says what it left out. The engine does that, for far less than that already. */
const MAX_BYTES = 1_000_000;
/** A read unit is 4 KB. */
const UNIT_BYTES = 4096;
const API = 'DynamoDB_20120810.';

/**
 * Answers reads of whole items by their keys from the engine's file, and sends everything else to the engine. A read by
 * the engine takes two messages between processes and waits for the writes that the engine works on. A read here does
 * neither. The answer and the units are the same. What is not a plain read by text keys of a known table goes to the
 * engine too, so that it answers or refuses it.
 */
export function readingFromFile(
  engine: EngineClient,
  items: ItemStore,
  tables: ReadonlyMap<string, TableKeys>,
): EngineClient {
  function find({ table, keys, isConsistent }: Wanted): Found | undefined {
    const { partitionKey, sortKey } = tables.get(table) ?? {};
    if (partitionKey === undefined || sortKey === undefined || keys.length === 0) return undefined;
    const found: (StoredItem | undefined)[] = [];
    const names = new Set<string>();
    let units = 0;
    for (const key of keys) {
      const [partition, sort] = [textOf(key[partitionKey]), textOf(key[sortKey])];
      if (partition === undefined || sort === undefined || Object.keys(key).length !== 2) return undefined;
      names.add(JSON.stringify([partition, sort]));
      const item = items.find(table, partition, sort);
      found.push(item);
      units += Math.max(1, Math.ceil((item?.bytes ?? 0) / UNIT_BYTES)) * (isConsistent ? 1 : 0.5);
    }
    return names.size === keys.length ? { table, items: found, units } : undefined;
  }

  function answer(operation: string, text: string): EngineAnswer | undefined {
    if (operation !== 'GetItem' && operation !== 'BatchGetItem') return undefined;
    const input = JSON.parse(text) as Record<string, unknown>;
    const wanted = operation === 'GetItem' ? wantedByGet(input) : wantedByBatch(input);
    const found = wanted?.map(find);
    if (found === undefined || !found.every((each) => each !== undefined)) return undefined;
    const ofAll = found.flatMap((each) => each.items).filter((item) => item !== undefined);
    if (ofAll.reduce((sum, item) => sum + item.bytes, 0) > MAX_BYTES) return undefined;
    return { status: 200, body: Buffer.from(operation === 'GetItem' ? got(found) : gotBatch(found)) };
  }

  return {
    ...engine,
    send: async (target, text) =>
      (target.startsWith(API) ? answer(target.slice(API.length), text) : undefined) ??
      engine.send(target, text),
  };
}

const textOf = (value: Key[string]): string | undefined =>
  typeof value?.S === 'string' && value.S !== '' && Object.keys(value).length === 1 ? value.S : undefined;

function wantedByGet({
  TableName,
  Key: key,
  ConsistentRead,
  ...more
}: Record<string, unknown>): Wanted[] | undefined {
  if (!asksTotal(more) || typeof TableName !== 'string' || !isObject(key)) return undefined;
  return [{ table: TableName, keys: [key as Key], isConsistent: ConsistentRead === true }];
}

function wantedByBatch({ RequestItems, ...more }: Record<string, unknown>): Wanted[] | undefined {
  if (!asksTotal(more) || !isObject(RequestItems)) return undefined;
  const wanted: Wanted[] = [];
  for (const [table, asked] of Object.entries(RequestItems)) {
    if (!isObject(asked)) return undefined;
    const { Keys, ConsistentRead, ...others } = asked;
    if (Object.keys(others).length > 0 || !Array.isArray(Keys) || !Keys.every(isObject)) return undefined;
    wanted.push({ table, keys: Keys as unknown as Key[], isConsistent: ConsistentRead === true });
  }
  const count = wanted.reduce((sum, { keys }) => sum + keys.length, 0);
  return count > 0 && count <= MAX_KEYS ? wanted : undefined;
}

/** Whether the other members of a request ask for nothing but the sum of the units. */
const asksTotal = ({ ReturnConsumedCapacity, ...others }: Record<string, unknown>): boolean =>
  ReturnConsumedCapacity === 'TOTAL' && Object.keys(others).length === 0;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const consumed = ({ table, units }: Found): string =>
  JSON.stringify({ TableName: table, CapacityUnits: units });

function got([found]: readonly Found[]): string {
  const item = found?.items[0];
  const capacity = found === undefined ? '' : `"ConsumedCapacity":${consumed(found)}`;
  return item === undefined ? `{${capacity}}` : `{${capacity},"Item":${item.json}}`;
}

function gotBatch(found: readonly Found[]): string {
  const responses = found.map(({ table, items }) => {
    const json = items.flatMap((item) => (item === undefined ? [] : [item.json]));
    return `${JSON.stringify(table)}:[${json.join(',')}]`;
  });
  const capacity = found.map(consumed).join(',');
  return `{"ConsumedCapacity":[${capacity}],"Responses":{${responses.join(',')}},"UnprocessedKeys":{}}`;
}
