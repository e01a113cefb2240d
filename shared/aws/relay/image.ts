import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../clients.ts';
import type { Key } from '../table.ts';

/** An attribute as the stream's event holds it, binary in base 64, or as the table gives it. */
interface Attribute {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: string | Uint8Array | undefined;
}

/** The texts of an item, its numbers as texts, and its binary attributes in base 64; others are left out. */
export type Image = Readonly<Record<string, string>>;

/** The image of an item, the same whether the item comes from the stream or from the table. */
export function imageOf(item: Readonly<Record<string, Attribute | AttributeValue>>): Image {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, { S, N, B }]) => {
      const text =
        S ?? N ?? (typeof B === 'string' || B === undefined ? B : Buffer.from(B).toString('base64'));
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** The image of a stored item; undefined where there is none, for instance because it expired. */
export async function readImage(table: Table, { pk, sk }: Key): Promise<Image | undefined> {
  const { Item } = await table.client.send(
    new GetItemCommand({
      TableName: table.name,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    }),
  );
  return Item === undefined ? undefined : imageOf(Item);
}
