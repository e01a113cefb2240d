import { type Condition, readCondition } from './expressions/condition.ts';
import type { Attributes, Given, Value } from './expressions/operand.ts';
import { ForEngine } from './expressions/tokens.ts';
import { readUpdate, type Update } from './expressions/update.ts';
import { isStoredAsSent, isText, sizeOfItem } from './item-size.ts';
import type { Input } from './table-actions.ts';
import type { TableDefinition } from './table-definition.ts';

/** What a request does to one item. */
export interface PlannedWrite {
  readonly table: TableDefinition;
  readonly partition: string;
  readonly sort: string;
  /** Whether the item as it is meets the condition. Throws a ForEngine where only the engine can say it. */
  isMet(item: Attributes | undefined): boolean;
  /** The item after the write; undefined if there is none then. Throws a ForEngine where only the engine can say it. */
  after(item: Attributes | undefined): Attributes | undefined;
}

const IN_TRANSACTION = new Set(['Put', 'Update', 'Delete', 'ConditionCheck']);

/** One write of a request: its kind, and its members. */
export type Write = readonly [kind: string, members: Input];

const KINDS: Readonly<Record<string, string>> = {
  PutItem: 'Put',
  UpdateItem: 'Update',
  DeleteItem: 'Delete',
};

/** The writes of an operation; undefined for an operation that does something else. */
export function writesOf(operation: string, input: Input): Write[] | undefined {
  const kind = KINDS[operation];
  if (kind !== undefined) return [[kind, input]];
  if (operation !== 'TransactWriteItems' || !Array.isArray(input.TransactItems)) return undefined;
  const writes = input.TransactItems.map(onlyWriteOf).filter((write) => write !== undefined);
  return writes.length === input.TransactItems.length ? writes : undefined;
}

function onlyWriteOf(element: unknown): Write | undefined {
  const [write, ...others] = Object.entries(isObject(element) ? element : {});
  if (write === undefined || others.length > 0 || !IN_TRANSACTION.has(write[0])) return undefined;
  return isObject(write[1]) ? [write[0], write[1]] : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The expressions of a write with the types of what they are given. The engine checks each shape once. What it could
 * refuse in another write of the same shape is refused, or left to the engine, by what is read here.
 */
export const shapeOf = (operation: string, [kind, members]: Write): string =>
  JSON.stringify([
    ...[operation, kind, members.TableName, members.ConditionExpression, members.UpdateExpression],
    typesOf(members.ExpressionAttributeNames),
    typesOf(members.ExpressionAttributeValues),
  ]);

/** The aliases, or the values with their types, in one order. */
const typesOf = (given: unknown): unknown =>
  isObject(given)
    ? Object.entries(given)
        .map(([name, value]) => [name, ...(isObject(value) ? Object.keys(value) : [])])
        .sort()
    : given;

/** Members that are read here, or that matter only to a write that is refused. */
const MEMBERS = new Set([
  ...['TableName', 'Item', 'Key', 'ConditionExpression', 'UpdateExpression', 'ExpressionAttributeNames'],
  ...['ExpressionAttributeValues', 'ReturnValuesOnConditionCheckFailure'],
]);
const MAX_PARTITION_BYTES = 2_048;
const MAX_SORT_BYTES = 1_024;
/** DynamoDB takes 400 KB. The engine says what it does with an item near that size. */
const MAX_ITEM_BYTES = 390_000;

/** Reads the writes of requests. What is read of an expression is remembered by its text. */
export function createWritePlanner(definitionOf: (table: string) => TableDefinition | undefined) {
  const conditions = remembering<Condition>(readCondition);
  const updates = remembering<Update>(readUpdate);

  /** Throws a ForEngine where only the engine can read it. */
  return function plan([kind, members]: Write): PlannedWrite {
    if (Object.keys(members).some((member) => !MEMBERS.has(member))) throw new ForEngine();
    const table = definitionOf(String(members.TableName));
    if (table === undefined) throw new ForEngine();
    const item = isObject(members.Item) ? (members.Item as Attributes) : undefined;
    const keyed = kind === 'Put' ? item : (members.Key as Attributes | undefined);
    if (!isObject(keyed) || (kind !== 'Put' && Object.keys(keyed).length !== 2)) throw new ForEngine();
    const partition = keyOf(keyed[table.partitionKey], MAX_PARTITION_BYTES);
    const sort = keyOf(keyed[table.sortKey], MAX_SORT_BYTES);
    const given: Given = {
      names: (members.ExpressionAttributeNames ?? {}) as Given['names'],
      values: (members.ExpressionAttributeValues ?? {}) as Attributes,
    };
    checkValues(given.values);
    const condition =
      members.ConditionExpression === undefined ? undefined : conditions(members.ConditionExpression);
    const key: Attributes = {
      [table.partitionKey]: { S: partition },
      [table.sortKey]: { S: sort },
    };
    return {
      ...{ table, partition, sort },
      isMet: (before) => condition === undefined || condition(before ?? {}, given),
      after: resultOf(kind, { table, item, key, given, update: members.UpdateExpression }),
    };
  };

  interface Parts {
    readonly table: TableDefinition;
    readonly item: Attributes | undefined;
    readonly key: Attributes;
    readonly given: Given;
    readonly update: unknown;
  }

  function resultOf(kind: string, { table, item, key, given, update }: Parts): PlannedWrite['after'] {
    if (kind === 'ConditionCheck') return (before) => before;
    if (kind === 'Delete') return () => undefined;
    if (kind === 'Put' && item !== undefined) {
      checkValues(item);
      checkItem(table, item);
      return () => item;
    }
    if (kind !== 'Update') throw new ForEngine();
    const updated = updates(update);
    return (before) => {
      const from = before ?? key;
      const after = updated(from, given);
      // An update that writes a key is refused, even where it writes the same.
      if (Object.keys(key).some((name) => after[name] !== from[name])) throw new ForEngine();
      checkItem(table, after);
      return after;
    };
  }
}

function remembering<Read>(read: (text: string) => Read): (text: unknown) => Read {
  const known = new Map<string, Read | ForEngine>();
  return (text) => {
    if (typeof text !== 'string') throw new ForEngine();
    let found = known.get(text);
    if (found === undefined) {
      found = readOrNot(read, text);
      known.set(text, found);
    }
    if (found instanceof ForEngine) throw found;
    return found;
  };
}

function readOrNot<Read>(read: (text: string) => Read, text: string): Read | ForEngine {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof ForEngine) return error;
    throw error;
  }
}

function keyOf(value: Value | undefined, maxBytes: number): string {
  const text = value?.S;
  if (!isText(text) || text === '' || Object.keys(value ?? {}).length !== 1) throw new ForEngine();
  if (Buffer.byteLength(text) > maxBytes) throw new ForEngine();
  return text;
}

function checkValues(values: Attributes): void {
  for (const [name, value] of Object.entries(values))
    if (!isText(name) || !isStoredAsSent(value)) throw new ForEngine();
}

/** The keys of an index are texts with at least one character. */
function checkItem({ indexes }: TableDefinition, item: Attributes): void {
  if (sizeOfItem(item) > MAX_ITEM_BYTES) throw new ForEngine();
  for (const { partitionKey, sortKey } of indexes)
    for (const name of [partitionKey, sortKey]) {
      const value = name === undefined ? undefined : item[name];
      if (value !== undefined && (typeof value.S !== 'string' || value.S === '')) throw new ForEngine();
    }
}
