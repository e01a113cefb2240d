import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { WantedVersions } from '../kernel/version.ts';
import type { Table } from './clients.ts';
import { onlyVersions } from './stored-version.ts';
import type { Key } from './table.ts';

/** An item whose value is JSON in one attribute. */
interface Written {
  readonly item: Key & Readonly<Record<string, unknown>>;
  readonly attribute: string;
  readonly read: (text: string) => unknown;
}

/** Puts an item, if one of the wanted versions is stored or the caller named none. False if another one is stored. */
export async function putVersion(
  table: Table,
  { item, attribute, read }: Written,
  wanted: WantedVersions | undefined,
): Promise<boolean> {
  const { pk, sk } = item;
  const condition = await onlyVersions(table, { pk, sk }, { attribute, read }, wanted);
  if (condition === undefined) return false;
  try {
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...item }, ...condition }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
