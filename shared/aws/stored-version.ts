import { GetCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import { isWanted, type WantedVersions } from '../kernel/version.ts';
import type { Table } from './clients.ts';
import type { Key } from './table.ts';

/** The part of a write that makes it fail if the item is another one meanwhile. */
type Condition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** Where the value of an item is: the attribute with its text, and what the text says. */
interface Value {
  readonly attribute: string;
  readonly read: (text: string) => unknown;
}

/**
 * The condition under which an item may be replaced, if only these versions of it may. Undefined if another version is
 * stored, or none. A caller that names no version pays for no read, and its write has no condition.
 */
export async function onlyVersions(
  table: Table,
  key: Key,
  { attribute, read }: Value,
  wanted: WantedVersions | undefined,
): Promise<Condition | undefined> {
  if (wanted === undefined) return {};
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...key }, ConsistentRead: true }),
  );
  const text: unknown = Item?.[attribute];
  if (typeof text !== 'string' || !isWanted(read(text), wanted)) return undefined;
  return {
    ConditionExpression: '#value = :text',
    ExpressionAttributeNames: { '#value': attribute },
    ExpressionAttributeValues: { ':text': text },
  };
}
