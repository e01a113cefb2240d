import { createHash } from 'node:crypto';
import type { CallbackKind } from '../../events/callback.ts';

/**
 * Every key of the one table, with the access pattern it serves.
 *
 * | pk                        | sk                | what                                    | read by                         |
 * |---------------------------|-------------------|-----------------------------------------|---------------------------------|
 * | ORDER#{orderId}           | ORDER             | head: status, version, deadline, list   | get order, sweeper, lists       |
 * | ORDER#{orderId}           | FACT#{000001}     | one fact: timeline and outbox in one    | load timeline; the stream       |
 * | ORDER#{orderId}           | JOURNAL#{000001}  | a journal, numbered as its fact         | get order for an operator       |
 * | ORDER#{orderId}           | DETAILS           | customer and addresses                  | screening, booking, declaring   |
 * | QUOTE#{quoteId}           | QUOTE             | a quote; expires                        | place order                     |
 * | QUOTE#{quoteId}           | CONSUMED          | the order that used the quote; expires  | place order                     |
 * | STOCK#{sku}               | WAREHOUSE#{id}    | stock at one warehouse: its first bucket | quote, position, every move    |
 * | STOCK#{sku}#{bucket}      | WAREHOUSE#{id}    | a further bucket of a SKU in demand     | the same, after the first       |
 * | STOCK-DEMAND              | {sku}#{id}        | what buyers of it met; expires          | choosing the number of buckets  |
 * | MOVEMENT#{sku}            | KEY#{key}         | a movement by hand, once per key        | idempotency, rebuilding stock   |
 * | TRANSFER#{sku}            | TRANSFER#{id}     | units on the way between warehouses     | receiving, position             |
 * | RESERVATION#{sku}#{bucket} | ORDER#{orderId}  | an order that took units from it        | rebuilding stock                |
 * | WIDE-RESERVATION#{shard}  | ORDER#{orderId}   | an order of very many SKUs, all of them | rebuilding stock                |
 * | PRODUCT#{sku}             | PRODUCT           | a product                               | quote, booking                  |
 * | NETWORK                   | WAREHOUSE#{id}    | a warehouse                             | quote (all), booking (one)      |
 * | RATES                     | {kind}#{date}     | a day's or a month's exchange rates     | quote (latest, this month's)    |
 * | RULES                     | CURRENT           | the version of the own trade rules      | quote                           |
 * | RULES#{version}           | PART#{0001}       | the own trade rules of a version        | quote, once a version           |
 * | RULES#{version}           | TOLD              | that they were imported: an event       | the stream                      |
 * | SELLER                    | SELLER            | the merchant's registrations            | quote, declaring                |
 * | STOREFRONT#{hash of key}  | STOREFRONT        | a storefront by its publishable key     | authorizer                      |
 * | IDEMPOTENCY#{scope}#{key} | IDEMPOTENCY       | a request that was carried out; expires | repeat of a write               |
 * | QUOTE#{quoteId}           | SLOT-HOLD         | the place that a quote holds; expires   | hold a slot, place order        |
 * | SLOT-ZONES                | ZONE#{zoneId}     | a delivery zone with its slots' pattern | list and hold slots             |
 * | SLOTS#{zoneId}            | SLOT#{rest of id} | who has the slot's places; expires      | list and hold slots, orders     |
 * | CALLBACK#{kind}#{code}#{id} | CALLBACK        | a partner's call, raw; expires          | the stream; interpretation      |
 * | REFERENCE#{kind}#{ref}    | REFERENCE         | a partner's reference to our parcel     | callbacks                       |
 *
 * Index `due` (sparse): dueShard, dueAt. Orders that somebody must look at, oldest first, over eight shards; on a
 * shard of their own the slots that have a hold, by when the first one runs out.
 * Index `lists`: listKey, listSort. Orders on an operators' list, newest first; products by their HS code and SKU.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const digits = (sequence: number) => sequence.toString().padStart(6, '0');

export const keys = {
  orderPartition: (orderId: string) => `ORDER#${orderId}`,
  head: (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' }),
  fact: (orderId: string, sequence: number): Key => ({
    pk: `ORDER#${orderId}`,
    sk: `FACT#${digits(sequence)}`,
  }),
  journal: (orderId: string, sequence: number): Key => ({
    pk: `ORDER#${orderId}`,
    sk: `JOURNAL#${digits(sequence)}`,
  }),
  details: (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: 'DETAILS' }),
  quote: (quoteId: string): Key => ({ pk: `QUOTE#${quoteId}`, sk: 'QUOTE' }),
  /** By itself, so that the quote is never written again, which would cost as much as it is large. */
  consumption: (quoteId: string): Key => ({ pk: `QUOTE#${quoteId}`, sk: 'CONSUMED' }),
  stockPartition: (sku: string) => `STOCK#${sku}`,
  /** A bucket of the SKU's stock at a warehouse. Each but the first has a partition key of its own. */
  stock: (sku: string, warehouseId: string, bucket = 0): Key => ({
    pk: bucket === 0 ? `STOCK#${sku}` : `STOCK#${sku}#${bucket}`,
    sk: `WAREHOUSE#${warehouseId}`,
  }),
  stockDemandPartition: 'STOCK-DEMAND',
  stockDemand: (sku: string, warehouseId: string): Key => ({
    pk: 'STOCK-DEMAND',
    sk: `${sku}#${warehouseId}`,
  }),
  movementPartition: (sku: string) => `MOVEMENT#${sku}`,
  movement: (sku: string, key: string): Key => ({ pk: `MOVEMENT#${sku}`, sk: `KEY#${key}` }),
  transferPartition: (sku: string) => `TRANSFER#${sku}`,
  transfer: (sku: string, transferId: string): Key => ({
    pk: `TRANSFER#${sku}`,
    sk: `TRANSFER#${transferId}`,
  }),
  reservationPartition: (sku: string, bucket: number) => `RESERVATION#${sku}#${bucket}`,
  reservation: (sku: string, bucket: number, orderId: string): Key => ({
    pk: `RESERVATION#${sku}#${bucket}`,
    sk: `ORDER#${orderId}`,
  }),
  wideReservation: (orderId: string): Key => ({
    pk: `WIDE-RESERVATION#${shardOf(orderId)}`,
    sk: `ORDER#${orderId}`,
  }),
  product: (sku: string): Key => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' }),
  network: 'NETWORK',
  warehouse: (warehouseId: string): Key => ({ pk: 'NETWORK', sk: `WAREHOUSE#${warehouseId}` }),
  rates: (kind: string, dateOrMonth: string): Key => ({ pk: 'RATES', sk: `${kind}#${dateOrMonth}` }),
  seller: { pk: 'SELLER', sk: 'SELLER' } satisfies Key,
  currentRules: { pk: 'RULES', sk: 'CURRENT' } satisfies Key,
  rulePart: (version: string, part: number): Key => ({
    pk: `RULES#${version}`,
    sk: `PART#${part.toString().padStart(4, '0')}`,
  }),
  rulesTold: (version: string): Key => ({ pk: `RULES#${version}`, sk: TOLD }),
  storefront: (keyHash: string): Key => ({ pk: `STOREFRONT#${keyHash}`, sk: 'STOREFRONT' }),
  idempotency: (scope: string, key: string): Key => ({
    pk: `IDEMPOTENCY#${scope}#${key}`,
    sk: 'IDEMPOTENCY',
  }),
  slotHold: (quoteId: string): Key => ({ pk: `QUOTE#${quoteId}`, sk: 'SLOT-HOLD' }),
  slotZones: 'SLOT-ZONES',
  slotZone: (zoneId: string): Key => ({ pk: 'SLOT-ZONES', sk: `ZONE#${zoneId}` }),
  slotPartition: (zoneId: string) => `SLOTS#${zoneId}`,
  /** A slot's id is its zone, an underscore, and what it is in the zone: its local day first. */
  slot: (slotId: string): Key => {
    const [zoneId = ''] = slotId.split('_', 1);
    return { pk: `SLOTS#${zoneId}`, sk: `${SLOT_PREFIX}${slotId.slice(zoneId.length + 1)}` };
  },
  callback: (kind: CallbackKind, code: string, callbackId: string): Key => ({
    pk: `CALLBACK#${kind}#${code}#${callbackId}`,
    sk: 'CALLBACK',
  }),
  reference: (kind: string, reference: string): Key => ({
    pk: `REFERENCE#${kind}#${reference}`,
    sk: 'REFERENCE',
  }),
};

/** The sort key of an event that is not an order's: its name and data are beside it. */
export const TOLD = 'TOLD';
/** What begins the sort key of an order's facts. */
export const FACT_PREFIX = 'FACT#';
export const JOURNAL_PREFIX = 'JOURNAL#';

/** What begins the sort key of a zone's slots. */
export const SLOT_PREFIX = 'SLOT#';

export const DUE_INDEX = 'due';
/** Slots with a hold that runs out have a shard of the index to themselves: the sweeper looks at it apart. */
export const DUE_SLOTS = 'DUE#SLOTS';
export const DUE_SHARDS = 8;

/** The shard of the due index that an order is on: fixed by its id, spread evenly. */
export const dueShard = (orderId: string): string => `DUE#${shardOf(orderId)}`;

function shardOf(orderId: string): number {
  const byte = createHash('sha256').update(orderId).digest()[0] ?? 0;
  return byte % DUE_SHARDS;
}

/** Where the orders of very many SKUs are found, whatever the SKU. */
export const allWideReservations = Array.from(
  { length: DUE_SHARDS },
  (_, shard) => `WIDE-RESERVATION#${shard}`,
);

export const allDueShards = Array.from({ length: DUE_SHARDS }, (_, shard) => `DUE#${shard}`);

export const LISTS_INDEX = 'lists';
export const listKey = (list: string) => `ORDERS#${list}`;
/** Where products are listed, the goods of one heading of the tariff one after another. */
export const PRODUCT_LIST = 'PRODUCTS';

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** TTL attribute: the second after which DynamoDB may delete the item. */
export const expiresAt = (instant: string) => seconds(instant);
