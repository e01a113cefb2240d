import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../clients.ts';
import type { Key } from '../table.ts';

/** An attribute as the stream's event holds it, binary in base 64, or as the table gives it. */
export interface Attribute {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: string | Uint8Array | undefined;
  readonly BOOL?: boolean | undefined;
  readonly M?: Readonly<Record<string, Attribute>> | undefined;
  readonly L?: readonly Attribute[] | undefined;
}

/** The texts of an item, its numbers as texts, and its binary attributes in base 64; others are left out. */
export type Image = Readonly<Record<string, string>>;

/** The image of an item, the same whether the item comes from the stream or from the table. */
export function imageOf(item: Readonly<Record<string, Attribute>>): Image {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, { S, N, B }]) => {
      const text =
        S ?? N ?? (typeof B === 'string' || B === undefined ? B : Buffer.from(B).toString('base64'));
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** The value of an attribute that holds texts, numbers, flags, maps and lists. */
export function plainOf({ S, N, BOOL, M, L }: Attribute): unknown {
  if (N !== undefined) return Number(N);
  if (M !== undefined)
    return Object.fromEntries(Object.entries(M).map(([name, inner]) => [name, plainOf(inner)]));
  return S ?? BOOL ?? L?.map(plainOf);
}

/** The image of a stored item; undefined where there is none, for instance because it expired. */
export async function readImage(table: Table, key: Key): Promise<Image | undefined> {
  const item = await readRaw(table, key);
  return item === undefined ? undefined : imageOf(item);
}

/** A stored item as the table has it; undefined where there is none. */
export async function readRaw(
  table: Table,
  { pk, sk }: Key,
): Promise<Readonly<Record<string, Attribute>> | undefined> {
  const { Item } = await table.client.send(
    new GetItemCommand({
      TableName: table.name,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    }),
  );
  return Item as Readonly<Record<string, Attribute>> | undefined;
}
