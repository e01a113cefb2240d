import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Fact } from '../../../events/all-events.ts';
import { isQuoteId, type NewId, orderIdOf } from '../../kernel/ids.ts';
import { type Clock, dayMs, later } from '../../kernel/time.ts';
import type { OrderPlacing, PlaceOrderRecord, PlacingOutcome } from '../../order/place-order.ts';
import { changeOfMove, type Random } from '../../stock/index.ts';
import type { Consequences, Project } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { pack } from '../pack.ts';
import { bookingItem } from '../slots/slot-items.ts';
import { createStockRebalancing } from '../stock/rebalancing.ts';
import { createStockTaking } from '../stock/taking.ts';
import { type StockWritten, writeWithStock } from '../stock/write-with-stock.ts';
import { expiresAt, keys, personKey } from '../table.ts';
import type { TransactItem } from '../transaction.ts';
import { publishedFacts } from './published-facts.ts';
import { enveloped, factItem, headAttributes, type IsPublished, NOT_YET_WRITTEN } from './timeline-items.ts';

/** How long a repeat of the request is recognised. */
const REPEAT_DAYS = 45;

/** An order looks for its units again while others take them, and waits while others write them. */
const PATIENCE = { maxAttempts: 24, attemptsPerStep: 2, waitsForRoom: false } as const;

type Part = 'idempotency' | 'order' | 'slot';

export interface OrderPlacingOptions {
  readonly table: Table;
  readonly project: Project;
  readonly newId: NewId;
  /** The facts that the relay gets: those that a function waits for where it is left out. */
  readonly isPublished?: IsPublished;
  /** Chooses buckets of stock. */
  readonly random?: Random;
  readonly clock?: Clock;
  /** Called when something fails after the order was placed. The order stands. */
  readonly onAfterthought?: (error: unknown, orderId: string) => void;
}

/**
 * Places orders: stock reserved, order written, request claimed, in one transaction. An order has the number of its
 * quote: the condition that its first fact does not exist makes sure that a quote is ordered once.
 */
export function createOrderPlacing(options: OrderPlacingOptions): OrderPlacing {
  const { table, project, newId, random = Math.random, clock = () => new Date() } = options;
  const { onAfterthought = () => {}, isPublished = publishedFacts({ all: false }) } = options;
  const { gather } = createStockRebalancing({ table, clock });
  const writer = { table, take: createStockTaking({ table, random, gather }) };
  return {
    async place(record) {
      const { orderId, now } = record;
      const cause = { by: 'shopper' } as const;
      const [placed] = enveloped([record.placed], { orderId, from: 0, cause, now, newId });
      if (placed === undefined) throw new Error('an order is placed by one fact');
      const consequences = project([], [placed]);
      const written = await writeWithStock(writer, {
        parts: [
          { name: 'idempotency', items: isKeyOfQuote(record) ? [] : [idempotencyItem(table.name, record)] },
          { name: 'order', items: orderItems(table.name, record, { placed, consequences, isPublished }) },
          { name: 'slot', items: bookedSlot(table.name, record) },
        ],
        changes: consequences.stock.map(changeOfMove),
        taking: { now, by: 'order', counted: true, orderId },
        patience: PATIENCE,
      });
      if (written.outcome === 'written') {
        await written.noteDemand().catch((error: unknown) => onAfterthought(error, orderId));
        return { outcome: 'placed', timeline: { orderId, facts: [placed] } };
      }
      return refusal(record, written);
    },

    async repeated(scope, key) {
      const ofQuote = isQuoteId(key) ? await requestOf(table, orderIdOf(key)) : undefined;
      if (ofQuote !== undefined) return ofQuote;
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.idempotency(scope, key), ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      return { orderId: String(Item.orderId), fingerprint: String(Item.fingerprint) };
    },
  };
}

/**
 * Whether the request's key is the id of its quote. An order has the number of its quote, so that its first fact can
 * hold the request, and no item of its own is needed. Every other request with such a key is refused.
 */
const isKeyOfQuote = ({ idempotencyKey, quoteId }: PlaceOrderRecord): boolean => idempotencyKey === quoteId;

/** The request that placed the order under the id of its quote; undefined for every other order. */
async function requestOf(table: Table, orderId: string) {
  const { Item } = await table.client.send(
    new GetCommand({
      TableName: table.name,
      Key: keys.fact(orderId, 1),
      ProjectionExpression: 'fingerprint',
      ConsistentRead: true,
    }),
  );
  return Item?.fingerprint === undefined ? undefined : { orderId, fingerprint: String(Item.fingerprint) };
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

/**
 * The head, with the customer's data, and the first fact. The fact's key is free until its quote is ordered. An entry
 * of an index leads from the person to the fact.
 */
function orderItems(
  tableName: string,
  record: PlaceOrderRecord,
  {
    placed,
    consequences,
    isPublished,
  }: { readonly placed: Fact; readonly consequences: Consequences; readonly isPublished: IsPublished },
): TransactItem[] {
  const { orderId, accessTokenHash, details, fingerprint, personHash, now } = record;
  const { head, journals, taxEntries } = consequences;
  const put = (item: Record<string, unknown>): TransactItem => ({
    Put: { TableName: tableName, Item: item },
  });
  return [
    {
      Put: {
        TableName: tableName,
        Item: {
          ...factItem({ facts: [placed], journals, taxEntries }, isPublished),
          ...(isKeyOfQuote(record) ? { fingerprint } : {}),
          listKey: personKey(personHash),
          listSort: `${now}#${orderId}`,
        },
        ConditionExpression: NOT_YET_WRITTEN,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    put({
      ...keys.head(orderId),
      ...headAttributes(orderId, head),
      accessTokenHash,
      details: pack(details),
    }),
  ];
}

/** The held place becomes the order's. */
function bookedSlot(tableName: string, { slotHold, quoteId, now }: PlaceOrderRecord): TransactItem[] {
  return slotHold === undefined ? [] : [bookingItem(tableName, { ...slotHold, quoteId, now })];
}

function refusal(
  record: PlaceOrderRecord,
  refused: Exclude<StockWritten<Part>, { outcome: 'written' }>,
): PlacingOutcome {
  if (refused.outcome === 'refused') return whyRefused(record, refused.parts);
  if (refused.outcome === 'short')
    return { outcome: 'stock-gone', skus: [...new Set(refused.places.map(({ sku }) => sku))] };
  return { outcome: 'contended' };
}

/** A repeat of the request takes precedence over every other refusal, then the quote, then the slot. */
function whyRefused(
  record: PlaceOrderRecord,
  parts: ReadonlyMap<Part, Record<string, unknown> | undefined>,
): PlacingOutcome {
  const claimed = parts.get('idempotency');
  if (claimed !== undefined)
    return textOf(claimed, 'fingerprint') === record.fingerprint
      ? { outcome: 'repeated', orderId: textOf(claimed, 'orderId') ?? '' }
      : { outcome: 'key-reused' };
  const request = textOf(parts.get('order'), 'fingerprint');
  if (request !== undefined && isKeyOfQuote(record))
    return request === record.fingerprint
      ? { outcome: 'repeated', orderId: record.orderId }
      : { outcome: 'key-reused' };
  if (parts.has('order')) return { outcome: 'quote-consumed' };
  return parts.has('slot') ? { outcome: 'slot-hold-expired' } : { outcome: 'contended' };
}

/** A text of an item that a refused transaction returns. */
function textOf(item: Record<string, unknown> | undefined, name: string): string | undefined {
  const value = item?.[name];
  return value === undefined ? undefined : ((value as { S?: string }).S ?? String(value));
}
