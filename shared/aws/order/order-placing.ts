import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Fact } from '../../../events/all-events.ts';
import type { NewId } from '../../kernel/ids.ts';
import { type Clock, dayMs, later } from '../../kernel/time.ts';
import type { OrderPlacing, PlaceOrderRecord, PlacingOutcome } from '../../order/place-order.ts';
import { changeOfMove, type Random } from '../../stock/index.ts';
import type { Consequences, Project } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { bookingItem } from '../slots/slot-items.ts';
import { createStockRebalancing } from '../stock/rebalancing.ts';
import { reservationItems } from '../stock/records.ts';
import { createStockTaking } from '../stock/taking.ts';
import { expiresAt, keys } from '../table.ts';
import { backOff, MAX_ITEMS, type TransactItem, type TransactOutcome, transact } from '../transaction.ts';
import { enveloped, factItems, headAttributes } from './timeline-items.ts';

// The fixed places of the transaction's first items, by which a refusal is told.
const IDEMPOTENCY = 0;
const CONSUMPTION = 1;

/** How long a repeat of the request is known as one. */
const REPEAT_DAYS = 45;

/** How often an order looks for its units anew while others take them, and waits while others write them. */
const MAX_ATTEMPTS = 24;

export interface OrderPlacingOptions {
  readonly table: Table;
  readonly project: Project;
  readonly newId: NewId;
  /** Chooses buckets of stock. */
  readonly random?: Random;
  readonly clock?: Clock;
  /** Is told of what went wrong after the order was placed: it stands all the same. */
  readonly onAfterthought?: (error: unknown, orderId: string) => void;
}

/** Places orders: quote consumed, stock reserved, order and facts written, request claimed, in one transaction. */
export function createOrderPlacing(options: OrderPlacingOptions): OrderPlacing {
  const { table, project, newId, random = Math.random, clock = () => new Date() } = options;
  const { onAfterthought = () => {} } = options;
  const { gather } = createStockRebalancing({ table, clock });
  const take = createStockTaking({ table, random, gather });
  return {
    async place(record) {
      const { orderId, now } = record;
      const cause = { by: 'shopper' } as const;
      const [placed] = enveloped([record.placed], { orderId, from: 0, cause, now, newId });
      if (placed === undefined) throw new Error('an order is placed by one fact');
      const consequences = project([], [placed]);
      const slot = bookedSlot(table.name, record);
      const order = orderItems(table.name, record, { placed, consequences });
      const own = [
        idempotencyItem(table.name, record),
        consumptionItem(table.name, record),
        ...order,
        ...slot,
      ];
      // The last place is for the record that names all SKUs, where there are too many for one each.
      const room = MAX_ITEMS - own.length - 1;
      const taking = await take(consequences.stock.map(changeOfMove), {
        now,
        room,
        by: 'order',
        counted: true,
      });
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const stock = await taking.items();
        if (stock === undefined) return { outcome: 'contended' };
        const records = reservationItems(table.name, {
          ...{ orderId, placedAt: now, moves: consequences.stock, buckets: taking.firstBuckets() },
          room: room + 1 - stock.length,
        });
        const result = await transact(table, [...own, ...stock, ...records]);
        const inStock = <At extends { index: number }>(at: At) => ({ ...at, index: at.index - own.length });
        if (result.outcome === 'written') {
          await taking.done().catch((error: unknown) => onAfterthought(error, orderId));
          return { outcome: 'placed', timeline: { orderId, facts: [placed] } };
        }
        if (result.outcome === 'condition') {
          const refused = refusal(record, result, slot.length === 0 ? -1 : own.length - 1);
          if (refused !== undefined) return refused;
          const { short, isUnclear } = await taking.refused(result.failed.map(inStock));
          if (short.length > 0)
            return { outcome: 'stock-gone', skus: [...new Set(short.map(({ sku }) => sku))] };
          if (isUnclear) return { outcome: 'contended' };
        } else {
          await taking.contended(result.contended.map((index) => index - own.length));
          await backOff(Math.floor(attempt / 2));
        }
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

/** The quote is used up. It was read a moment ago; that it was is what nobody else may write too. */
function consumptionItem(tableName: string, record: PlaceOrderRecord): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: {
        ...keys.consumption(record.quoteId),
        consumedBy: record.orderId,
        expiresAt: expiresAt(later(record.now, REPEAT_DAYS * dayMs)),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function orderItems(
  tableName: string,
  { orderId, accessTokenHash, details }: PlaceOrderRecord,
  { placed, consequences }: { readonly placed: Fact; readonly consequences: Consequences },
): TransactItem[] {
  const put = (item: Record<string, unknown>): TransactItem => ({
    Put: { TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
  });
  return [
    put({
      ...keys.head(orderId),
      ...headAttributes(orderId, consequences.head, 1),
      accessTokenHash,
    }),
    put({ ...keys.details(orderId), details }),
    ...factItems(tableName, [placed], consequences),
  ];
}

/** The held place becomes the order's. */
function bookedSlot(tableName: string, { slotHold, quoteId, now }: PlaceOrderRecord): TransactItem[] {
  return slotHold === undefined ? [] : [bookingItem(tableName, { ...slotHold, quoteId, now })];
}

/** Which refusal it is: a repeat explains every other one, then the quote, then the slot; else it is the stock. */
function refusal(
  record: PlaceOrderRecord,
  { failed }: Extract<TransactOutcome, { outcome: 'condition' }>,
  slot: number,
): PlacingOutcome | undefined {
  const claimed = failed.find(({ index }) => index === IDEMPOTENCY)?.item;
  if (claimed !== undefined) {
    const read = (name: string) => (claimed[name] as { S?: string } | undefined)?.S ?? String(claimed[name]);
    return read('fingerprint') === record.fingerprint
      ? { outcome: 'repeated', orderId: read('orderId') }
      : { outcome: 'key-reused' };
  }
  if (failed.some(({ index }) => index === CONSUMPTION)) return { outcome: 'quote-consumed' };
  return failed.some(({ index }) => index === slot) ? { outcome: 'slot-hold-expired' } : undefined;
}
