import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './clients.ts';
import { keys, LISTS_INDEX, listKey } from './table.ts';

export interface ListedOrder {
  readonly orderId: string;
  readonly status: string;
  readonly storefrontId: string;
  readonly placedAt: string;
  /** The warehouses that still have to do something for it, where that was written down. */
  readonly warehouses: readonly string[] | undefined;
}

export interface OrderPage {
  readonly orders: readonly ListedOrder[];
  readonly cursor: string | undefined;
}

type List = 'open' | 'attention' | 'closed';

/** The place behind an order in its list, opaque to the caller: `{placedAt}#{orderId}`, by which lists are sorted. */
const encode = (listSort: string) => Buffer.from(listSort).toString('base64url');

const LIST_SORT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#(ord_[0-9A-Z]{26})$/;

/** The index key at that place; undefined for a cursor that is none of ours. */
function decode(list: List, cursor: string): Record<string, unknown> | undefined {
  const listSort = Buffer.from(cursor, 'base64url').toString('utf8');
  const orderId = LIST_SORT.exec(listSort)?.[1];
  return orderId === undefined ? undefined : { ...keys.head(orderId), listKey: listKey(list), listSort };
}

/** The operators' lists, newest orders first. The index holds keys alone, so that a status change costs it nothing. */
export function createOrderLists(table: Table) {
  return {
    /** Undefined when the cursor is none of ours. */
    async page(list: List, limit: number, cursor?: string): Promise<OrderPage | undefined> {
      const start = cursor === undefined ? undefined : decode(list, cursor);
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
        cursor: LastEvaluatedKey === undefined ? undefined : encode(String(LastEvaluatedKey.listSort)),
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
      const { status, storefrontId, placedAt, warehouses } = item;
      found.set(orderId, {
        orderId,
        status: String(status),
        storefrontId: String(storefrontId),
        placedAt: String(placedAt),
        warehouses: Array.isArray(warehouses) ? warehouses.map(String) : undefined,
      });
    }
    wanted = (UnprocessedKeys?.[table.name]?.Keys as Record<string, unknown>[] | undefined) ?? [];
  }
  return orderIds.flatMap((orderId) => found.get(orderId) ?? []);
}
