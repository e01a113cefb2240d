import { nameOf } from './item-locks.ts';
import type { Action, Input } from './table-actions.ts';
import type { TableKeys } from './table-keys.ts';

/** A single write in the form that a transaction takes. */
export interface JoinableWrite {
  readonly table: string;
  /** The item by its table and both keys. */
  readonly item: string;
  /** JSON of one element of `TransactItems`. */
  readonly action: string;
}

const IN_TRANSACTION: Readonly<Record<string, string>> = {
  PutItem: 'Put',
  UpdateItem: 'Update',
  DeleteItem: 'Delete',
};

/** Members of a single write that mean the same within a transaction. */
const SAME = new Set([
  'TableName',
  'Item',
  'Key',
  'UpdateExpression',
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
]);
/** Members that may say that nothing is asked for. A transaction doesn't have them. */
const ABOUT_THE_ANSWER = new Set(['ReturnValues', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']);

/**
 * Gives a single write in the form of a transaction. Undefined where a transaction can't give its answer, such as the
 * item of before, where it has members that a transaction does not know, and where it is no write of one item.
 */
export function joinableWrite(
  operation: string,
  input: Input,
  tables: ReadonlyMap<string, TableKeys>,
): JoinableWrite | undefined {
  const name = IN_TRANSACTION[operation];
  if (name === undefined || (name === 'Update' && typeof input.UpdateExpression !== 'string'))
    return undefined;
  const members: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(input)) {
    if (SAME.has(member)) members[member] = value;
    else if (!ABOUT_THE_ANSWER.has(member) || value !== 'NONE') return undefined;
  }
  const item = nameOf(members as unknown as Action, tables);
  if (item === undefined) return undefined;
  return { table: String(members.TableName), item, action: JSON.stringify({ [name]: members }) };
}
