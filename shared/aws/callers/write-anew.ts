import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../clients.ts';
import type { Key } from '../table.ts';
import { type Item, versionOf } from './group-item.ts';

/** Writes a counted item anew, in the place of the one that was read. False if another wrote it in between. */
export async function writeAnew(
  table: Table,
  key: Key,
  found: Item,
  attributes: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const version = versionOf(found);
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...key, ...attributes, version: version + 1 },
        ConditionExpression: 'version = :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
