import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { NewId } from '../kernel/ids.ts';
import { dayMs, later } from '../kernel/time.ts';
import type { OrderPlacing, PlaceOrderRecord, PlacingOutcome } from '../order/place-order.ts';
import type { Project } from '../timeline/index.ts';
import type { Table } from './clients.ts';
import { bookingItem } from './slot-items.ts';
import { expiresAt, keys } from './table.ts';
import { enveloped, factItems, headAttributes, stockItems } from './timeline-items.ts';
import { backOff, type TransactItem, type TransactOutcome, transact } from './transaction.ts';

// The fixed places of the transaction's first items, by which a refusal is told.
const IDEMPOTENCY = 0;
const QUOTE = 1;

/** How long a repeat of the request is known as one. */
const REPEAT_DAYS = 45;

export interface OrderPlacingOptions {
  readonly table: Table;
  readonly project: Project;
  readonly newId: NewId;
}

/** Places orders: quote consumed, stock reserved, order and facts written, request claimed, in one transaction. */
export function createOrderPlacing({ table, project, newId }: OrderPlacingOptions): OrderPlacing {
  return {
    async place(record) {
      const [placed] = enveloped([record.placed], {
        orderId: record.orderId,
        from: 0,
        cause: { by: 'shopper' },
        now: record.now,
        newId,
      });
      if (placed === undefined) throw new Error('an order is placed by one fact');
      const consequences = project([], [placed]);
      const put = (item: Record<string, unknown>): TransactItem => ({
        Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
      });
      const stock = stockItems(table.name, consequences);
      const items: TransactItem[] = [
        idempotencyItem(table.name, record),
        quoteItem(table.name, record),
        ...stock,
        put({
          ...keys.head(record.orderId),
          ...headAttributes(record.orderId, consequences.head, 1),
          accessTokenHash: record.accessTokenHash,
        }),
        put({ ...keys.details(record.orderId), details: record.details }),
        ...factItems(table.name, [placed], consequences),
        ...slotItems(table.name, record),
      ];
      const slot = record.slotHold === undefined ? -1 : items.length - 1;
      for (let attempt = 0; attempt < 12; attempt += 1) {
        const result = await transact(table, items);
        if (result.outcome === 'written')
          return { outcome: 'placed', timeline: { orderId: record.orderId, facts: [placed] } };
        if (result.outcome === 'condition') {
          const lacking = (index: number) => consequences.stock[index - 2]?.sku;
          return refusal(record, result, { lacking, slot });
        }
        await backOff(attempt);
      }
      return { outcome: 'contended' };
    },

    async repeated(scope, key) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.idempotency(scope, key), ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      return { orderId: String(Item.orderId), fingerprint: String(Item.fingerprint) };
    },
  };
}

function idempotencyItem(tableName: string, record: PlaceOrderRecord): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...keys.idempotency(record.storefrontId, record.idempotencyKey),
        fingerprint: record.fingerprint,
        orderId: record.orderId,
        expiresAt: expiresAt(later(record.now, REPEAT_DAYS * dayMs)),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function quoteItem(tableName: string, record: PlaceOrderRecord): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: keys.quote(record.quoteId),
      UpdateExpression: 'SET consumedBy = :order',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(consumedBy)',
      ExpressionAttributeValues: { ':order': record.orderId },
    },
  };
}

/** The held place becomes the order's. */
function slotItems(tableName: string, { slotHold, quoteId, now }: PlaceOrderRecord): TransactItem[] {
  return slotHold === undefined ? [] : [bookingItem(tableName, { ...slotHold, quoteId, now })];
}

/** Which refusal it is: a repeat explains every other one, then the quote, then the slot, then the stock. */
function refusal(
  record: PlaceOrderRecord,
  { failed }: Extract<TransactOutcome, { outcome: 'condition' }>,
  { lacking, slot }: { lacking: (index: number) => string | undefined; slot: number },
): PlacingOutcome {
  const claimed = failed.find(({ index }) => index === IDEMPOTENCY)?.item;
  if (claimed !== undefined) {
    const read = (name: string) => (claimed[name] as { S?: string } | undefined)?.S ?? String(claimed[name]);
    return read('fingerprint') === record.fingerprint
      ? { outcome: 'repeated', orderId: read('orderId') }
      : { outcome: 'key-reused' };
  }
  if (failed.some(({ index }) => index === QUOTE)) return { outcome: 'quote-consumed' };
  if (failed.some(({ index }) => index === slot)) return { outcome: 'slot-hold-expired' };
  return { outcome: 'stock-gone', skus: [...new Set(failed.flatMap(({ index }) => lacking(index) ?? []))] };
}
