import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { versionOf, type WantedVersions } from '../kernel/version.ts';
import type { Table } from './clients.ts';
import { onlyVersions } from './stored-version.ts';
import type { Key } from './table.ts';

/** An item whose value is JSON in one attribute. */
interface Written {
  readonly item: Key & Readonly<Record<string, unknown>>;
  readonly attribute: string;
  readonly read: (text: string) => unknown;
}

/**
 * Puts an item, if one of the wanted versions is stored or the caller named none, and gives its version. Undefined if
 * another one is stored.
 */
export async function putVersion(
  table: Table,
  { item, attribute, read }: Written,
  wanted: WantedVersions | undefined,
): Promise<string | undefined> {
  const { pk, sk } = item;
  const condition = await onlyVersions(table, { pk, sk }, { attribute, read }, wanted);
  if (condition === undefined) return undefined;
  try {
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...item }, ...condition }));
    return versionOf(read(String(item[attribute])));
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
