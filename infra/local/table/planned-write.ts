import { type Condition, readCondition } from './expressions/condition.ts';
import type { Attributes, Given, Value } from './expressions/operand.ts';
import { Unread } from './expressions/tokens.ts';
import { readUpdate, type Update } from './expressions/update.ts';
import { isStoredAsSent, sizeOfItem } from './item-size.ts';
import type { Input } from './table-actions.ts';
import type { TableDefinition } from './table-definition.ts';

/** What a request does to one item. */
export interface PlannedWrite {
  readonly table: TableDefinition;
  readonly partition: string;
  readonly sort: string;
  /** Whether the item as it is meets the condition. Throws an Unread where only the engine can say it. */
  isMet(item: Attributes | undefined): boolean;
  /** The item after the write; undefined if there is none then. Throws an Unread where only the engine can say it. */
  after(item: Attributes | undefined): Attributes | undefined;
}

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
  return (input.TransactItems as Record<string, Input>[]).flatMap((each) => Object.entries(each));
}

/** The text of a write without what it is given. Two writes with one text are both valid, or both not. */
export const shapeOf = ([kind, members]: Write): string =>
  JSON.stringify([
    ...[kind, members.TableName, members.ConditionExpression, members.UpdateExpression],
    ...[members.ExpressionAttributeNames, members.ExpressionAttributeValues].map((given) =>
      Object.keys((given ?? {}) as object).sort(),
    ),
  ]);

/** Members that are read here, or that change no answer of a write that succeeds. */
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

  /** Throws an Unread where only the engine can read it. */
  return function plan([kind, members]: Write): PlannedWrite {
    if (Object.keys(members).some((member) => !MEMBERS.has(member))) throw new Unread();
    const table = definitionOf(String(members.TableName));
    if (table === undefined) throw new Unread();
    const item = members.Item as Attributes | undefined;
    const keys = members.Key as Attributes | undefined;
    const named = kind === 'Put' ? item : keys;
    if (named === undefined || (kind !== 'Put' && Object.keys(named).length !== 2)) throw new Unread();
    const partition = keyOf(named[table.partitionKey], MAX_PARTITION_BYTES);
    const sort = keyOf(named[table.sortKey], MAX_SORT_BYTES);
    const given: Given = {
      names: (members.ExpressionAttributeNames ?? {}) as Given['names'],
      values: (members.ExpressionAttributeValues ?? {}) as Attributes,
    };
    checkValues(given.values);
    const isMet =
      members.ConditionExpression === undefined ? undefined : conditions(members.ConditionExpression);
    const key: Attributes = {
      [table.partitionKey]: { S: partition },
      [table.sortKey]: { S: sort },
    };
    return {
      ...{ table, partition, sort },
      isMet: (before) => isMet === undefined || isMet(before ?? {}, given),
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
    if (kind !== 'Update') throw new Unread();
    const updated = updates(update);
    return (before) => {
      const after = updated(before ?? key, given);
      if (Object.entries(key).some(([name, { S }]) => after[name]?.S !== S)) throw new Unread();
      checkItem(table, after);
      return after;
    };
  }
}

function remembering<Read>(read: (text: string) => Read): (text: unknown) => Read {
  const known = new Map<string, Read | Unread>();
  return (text) => {
    if (typeof text !== 'string') throw new Unread();
    let found = known.get(text);
    if (found === undefined) {
      found = readOrNot(read, text);
      known.set(text, found);
    }
    if (found instanceof Unread) throw found;
    return found;
  };
}

function readOrNot<Read>(read: (text: string) => Read, text: string): Read | Unread {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof Unread) return error;
    throw error;
  }
}

function keyOf(value: Value | undefined, maxBytes: number): string {
  const text = value?.S;
  if (typeof text !== 'string' || text === '' || Object.keys(value ?? {}).length !== 1) throw new Unread();
  if (Buffer.byteLength(text) > maxBytes) throw new Unread();
  return text;
}

function checkValues(values: Attributes): void {
  if (!Object.values(values).every((value) => isStoredAsSent(value))) throw new Unread();
}

/** The keys of an index are texts with at least one character. */
function checkItem({ indexes }: TableDefinition, item: Attributes): void {
  if (sizeOfItem(item) > MAX_ITEM_BYTES) throw new Unread();
  for (const { partitionKey, sortKey } of indexes)
    for (const name of [partitionKey, sortKey]) {
      const value = name === undefined ? undefined : item[name];
      if (value !== undefined && (typeof value.S !== 'string' || value.S === '')) throw new Unread();
    }
}
