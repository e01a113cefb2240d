import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './clients.ts';
import { keys, LISTS_INDEX, listKey } from './table.ts';

export interface ListedOrder {
  readonly orderId: string;
  readonly status: string;
  readonly storefrontId: string;
  readonly placedAt: string;
}

export interface OrderPage {
  readonly orders: readonly ListedOrder[];
  readonly cursor: string | undefined;
}

/** A page's place in the list: opaque to the caller. */
const encode = (key: Record<string, unknown>) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Undefined for a cursor that is none of ours. */
function decode(cursor: string): Record<string, unknown> | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return typeof key === 'object' && key !== null && 'pk' in key
      ? (key as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The operators' lists, newest orders first. The index holds keys alone, so that a status change costs it nothing. */
export function createOrderLists(table: Table) {
  return {
    /** Undefined when the cursor is none of ours. */
    async page(
      list: 'open' | 'attention' | 'closed',
      limit: number,
      cursor?: string,
    ): Promise<OrderPage | undefined> {
      const start = cursor === undefined ? undefined : decode(cursor);
      if (cursor !== undefined && start === undefined) return undefined;
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: LISTS_INDEX,
          KeyConditionExpression: 'listKey = :list',
          ExpressionAttributeValues: { ':list': listKey(list) },
          ScanIndexForward: false,
          Limit: limit,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      const orderIds = Items.map((item) => String(item.pk).slice('ORDER#'.length));
      return {
        orders: await heads(table, orderIds),
        cursor: LastEvaluatedKey === undefined ? undefined : encode(LastEvaluatedKey),
      };
    },
  };
}

async function heads(table: Table, orderIds: readonly string[]): Promise<ListedOrder[]> {
  if (orderIds.length === 0) return [];
  const found = new Map<string, ListedOrder>();
  let wanted: Record<string, unknown>[] = orderIds.map(
    (orderId) => keys.head(orderId) as unknown as Record<string, unknown>,
  );
  while (wanted.length > 0) {
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: wanted } } }),
    );
    for (const item of Responses?.[table.name] ?? []) {
      const orderId = String(item.pk).slice('ORDER#'.length);
      const { status, storefrontId, placedAt } = item;
      found.set(orderId, {
        orderId,
        status: String(status),
        storefrontId: String(storefrontId),
        placedAt: String(placedAt),
      });
    }
    wanted = (UnprocessedKeys?.[table.name]?.Keys as Record<string, unknown>[] | undefined) ?? [];
  }
  return orderIds.flatMap((orderId) => found.get(orderId) ?? []);
}
