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
 * | STOCK#{sku}               | WAREHOUSE#{id}    | the position at one warehouse           | quote, position, every move     |
 * | MOVEMENT#{sku}            | KEY#{key}         | a movement by hand, once per key        | idempotency, rebuilding stock   |
 * | PRODUCT#{sku}             | PRODUCT           | a product                               | quote, booking                  |
 * | NETWORK                   | WAREHOUSE#{id}    | a warehouse                             | quote (all), booking (one)      |
 * | RATES                     | {kind}#{date}     | a day's or a month's exchange rates     | quote (latest, this month's)    |
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
 * Index `lists`: listKey, listSort. Orders on an operators' list, newest first.
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
  stockPartition: (sku: string) => `STOCK#${sku}`,
  stock: (sku: string, warehouseId: string): Key => ({ pk: `STOCK#${sku}`, sk: `WAREHOUSE#${warehouseId}` }),
  movement: (sku: string, key: string): Key => ({ pk: `MOVEMENT#${sku}`, sk: `KEY#${key}` }),
  product: (sku: string): Key => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' }),
  network: 'NETWORK',
  warehouse: (warehouseId: string): Key => ({ pk: 'NETWORK', sk: `WAREHOUSE#${warehouseId}` }),
  rates: (kind: string, dateOrMonth: string): Key => ({ pk: 'RATES', sk: `${kind}#${dateOrMonth}` }),
  seller: { pk: 'SELLER', sk: 'SELLER' } satisfies Key,
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
export function dueShard(orderId: string): string {
  const byte = createHash('sha256').update(orderId).digest()[0] ?? 0;
  return `DUE#${byte % DUE_SHARDS}`;
}

export const allDueShards = Array.from({ length: DUE_SHARDS }, (_, shard) => `DUE#${shard}`);

export const LISTS_INDEX = 'lists';
export const listKey = (list: string) => `ORDERS#${list}`;

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** TTL attribute: the second after which DynamoDB may delete the item. */
export const expiresAt = (instant: string) => seconds(instant);
