import { createHash } from 'node:crypto';
import type { CallbackKind } from '../../events/callback.ts';

/**
 * Every key of the one table, with the access pattern it serves.
 *
 * | pk                           | sk                             | what                                     | read by                                    |
 * |------------------------------|--------------------------------|------------------------------------------|--------------------------------------------|
 * | ORDER#{orderId}              | ORDER                          | head: places in indexes, personal data   | get order, sweeper, screening, booking     |
 * | ORDER#{orderId}              | FACT#{000001}                  | facts of one step, journals, their call  | load timeline, lists; the stream           |
 * | QUOTE#{quoteId}              | QUOTE                          | a quote; expires                         | place order                                |
 * | QUOTE#{refusalId}            | REFUSED                        | why a basket got no quote; expires       | the stream                                 |
 * | STOCK#{sku}                  | WAREHOUSE#{id}                 | stock at one warehouse: its first bucket | quote, position, every move                |
 * | STOCK#{sku}#{bucket}         | WAREHOUSE#{id}                 | a further bucket of a SKU in demand      | the same, after the first                  |
 * | STOCK-DEMAND                 | {sku}#{id}                     | what buyers of it met; expires           | choosing the number of buckets             |
 * | MOVEMENT#{sku}               | KEY#{key}                      | a movement by hand, once per key         | idempotency, rebuilding stock              |
 * | TRANSFER#{sku}               | TRANSFER#{id}                  | units on the way between warehouses      | receiving, position                        |
 * | RESERVATION#{sku}#{bucket}   | ORDER#{orderId}                | orders that took units, when it is full  | rebuilding stock                           |
 * | PRODUCT#{sku}                | PRODUCT                        | a product                                | quote, booking, sellable products, imports |
 * | COST#PURCHASE#{sku}          | FROM#{date}                    | what a unit costs from a day on          | imports of costs, the stream               |
 * | COST#MARKETING#{storefront}  | {day}#{market}#{channel}       | what marketing cost on a day             | imports of costs, the stream               |
 * | NETWORK                      | WAREHOUSE#{id}                 | a warehouse                              | quote (all), booking (one)                 |
 * | NETWORK                      | CARRIER#{code}                 | whether a carrier is down                | quote                                      |
 * | NETWORK                      | STAMP                          | number of changes, closed warehouses     | quote, place order                         |
 * | CARRIER#{code}               | MARK#{at}#{id}                 | that it was marked so, by whom           | carrier's health                           |
 * | WORKLOAD#{shard}             | {date}#{warehouse}             | parcels to begin on a day; expires       | quote                                      |
 * | RATES                        | {kind}#{date}                  | a day's or a month's exchange rates      | quote (latest, this month's)               |
 * | RATES                        | ADDITIONAL                     | rates that the daily tables lack         | quote                                      |
 * | RULES                        | CURRENT                        | the version of the own trade rules       | quote                                      |
 * | RULES#{version}              | PART#{0001}                    | the own trade rules of a version         | quote, once a version                      |
 * | RULES#{version}              | REPORT                         | that they were imported: an event        | the stream                                 |
 * | SELLER                       | SELLER                         | the merchant's registrations             | quote, declaring                           |
 * | STOREFRONT#{hash of key}     | STOREFRONT                     | a storefront by its publishable key      | authorizer                                 |
 * | IDEMPOTENCY#{scope}#{key}    | IDEMPOTENCY                    | a request that was carried out; expires  | repeat of a write                          |
 * | QUOTE#{quoteId}              | SLOT-HOLD                      | the place that a quote holds; expires    | hold a slot, place order                   |
 * | SLOT-ZONES                   | ZONE#{zoneId}                  | a delivery zone with its slots' pattern  | list and hold slots                        |
 * | SLOTS#{zoneId}               | SLOT#{rest of id}              | who has the slot's places; expires       | list and hold slots, orders                |
 * | OPEN#{storefront}#{kind}#{g} | OPEN                           | unpaid orders, held slots; expires       | place order, hold a slot                   |
 * | OPEN#{storefront}#sku#{sku}  | OPEN                           | units of it that wait unpaid; expires    | place order, where a storefront has a share |
 * | JOB#{job}                    | LEASE, DONE                    | which run works; up to where all is done | each start of the job                      |
 * | CALLBACK#{kind}#{code}#{id}  | CALLBACK                       | a call without facts, or long; expires   | each delivery of a call; investigation     |
 * | REFERENCE#{kind}#{code}#{ref} | REFERENCE                     | a carrier's or broker's name of a parcel | callbacks                                  |
 * | ERASURE#{erasureId}          | ERASURE                        | a request to erase, its orders           | its repeat, its receipt                    |
 * | REPORT-RUNS#{report}         | {kind}#{period}#{print}        | a run of a report: asked, made, files    | reports; the job that asks for them        |
 * | REPORT-READY#{report}#{run}… | REPORT                         | that a report is there: event; expires   | the stream                                 |
 * | RECONCILIATION#{provider}    | DIFFERENCE#{id}, RUN#{at}, READ | what differs from its books; runs        | reconciliation                             |
 * | REPLENISHMENT#{id}           | ORDER, STEP#{000001}           | head of an order; facts of one step      | lists, sending, its routes; the stream     |
 * | NEED#{sku}                   | WAREHOUSE#{id}                 | its open orders that cover the SKU there | placing proposals                          |
 * | SUPPLIERS                    | SUPPLIER#{id}                  | a supplier with its offers               | proposals, sending, lists                  |
 * | SUPPLIERS                    | SETTINGS, PORT#{code}, STORED-UNITS | what approves itself; risks         | placing proposals; risks                   |
 * | SUPPLY-RISKS                 | {kind}#{subject}               | a risk of missing goods; expires         | risks, the jobs that find them             |
 * | SUPPLY-RISK#{key}#{at}       | REPORT                         | that it began or ended: event; expires   | the stream                                 |
 * | SLOTTING-MOVE#{key}#{at}     | REPORT                         | that it began or ended: event; expires   | the stream                                 |
 * | SLOTTING#{warehouse}         | ZONES, PLACE#{sku}, MOVE#{sku} | zones, what lies where, proposed moves   | its routes, the run that finds moves       |
 * | SUPPLIER#{id}                | OUTCOME#{at}#{order}           | how a delivery went                      | the supplier's score                       |
 * | REPLENISHMENT-RUNS           | DAY#{day}, BATCH#{folder}#{n}  | the run of a day; its planned batches    | runs, each step of the run                 |
 *
 * Index `due` (sparse): dueShard, dueAt. Orders that somebody must look at, oldest first, over eight shards; on a
 * shard of their own the slots that have a hold, by when the first one runs out.
 * Index `lists`: listKey, listSort. Orders on an operators' list, newest first, each list over eight shards: placing an
 * order writes one entry here, and those of a moment would all go to the same partition. Closed orders stand there by
 * when they were closed. Products by HS code and SKU. The first facts of a person's orders, by the hash of the e-mail
 * address. Calls of partners with an item of their own, by their order.
 * Index `taxes` (sparse): taxShard, taxAt. The items of facts that change what an order owes under a scheme with a
 * return, with their entries, by the month in which they were recorded, over eight shards.
 *
 * Replenishment orders are few: they have one shard of `due`, by when they are to be sent, and one of each list.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const digits = (sequence: number) => sequence.toString().padStart(6, '0');

/** DynamoDB takes 2,048 bytes in a key. */
const MAX_NAME_BYTES = 1_000;

/** A name that a partner gave, for use in a key: one that is too long is replaced by its hash. */
const shortened = (name: string) =>
  Buffer.byteLength(name) <= MAX_NAME_BYTES
    ? name
    : `sha256:${createHash('sha256').update(name).digest('hex')}`;

export const keys = {
  orderPartition: (orderId: string) => `ORDER#${orderId}`,
  head: (orderId: string): Key => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' }),
  /** The facts that one step appended, by the number of the first of them. */
  fact: (orderId: string, sequence: number): Key => ({
    pk: `ORDER#${orderId}`,
    sk: `FACT#${digits(sequence)}`,
  }),
  quote: (quoteId: string): Key => ({ pk: `QUOTE#${quoteId}`, sk: 'QUOTE' }),
  refusedQuote: (refusalId: string): Key => ({ pk: `QUOTE#${refusalId}`, sk: REFUSED_QUOTE }),
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
  movement: (sku: string, key: string): Key => ({ pk: `MOVEMENT#${sku}`, sk: `${MOVEMENT_PREFIX}${key}` }),
  transferPartition: (sku: string) => `TRANSFER#${sku}`,
  transfer: (sku: string, transferId: string): Key => ({
    pk: `TRANSFER#${sku}`,
    sk: `TRANSFER#${transferId}`,
  }),
  reservationPartition: (sku: string, bucket: number) => `${RESERVATION_PREFIX}${sku}#${bucket}`,
  /** The orders that the bucket remembered, until this order found it full. */
  reservation: (sku: string, bucket: number, orderId: string): Key => ({
    pk: `${RESERVATION_PREFIX}${sku}#${bucket}`,
    sk: `ORDER#${orderId}`,
  }),
  product: (sku: string): Key => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' }),
  purchaseCost: (sku: string, validFrom: string): Key => ({
    pk: `${PURCHASE_COST_PREFIX}${sku}`,
    sk: `FROM#${validFrom}`,
  }),
  marketingCost: (cost: {
    readonly storefrontId: string;
    readonly day: string;
    readonly market: string;
    readonly channel: string;
  }): Key => ({
    pk: `${MARKETING_COST_PREFIX}${cost.storefrontId}`,
    sk: `${cost.day}#${cost.market}#${cost.channel}`,
  }),
  network: 'NETWORK',
  carrier: (code: string): Key => ({ pk: 'NETWORK', sk: `${CARRIER_PREFIX}${code}` }),
  carrierMarkPartition: (code: string) => `CARRIER#${code}`,
  carrierMark: (code: string, markedAt: string, id: string): Key => ({
    pk: `CARRIER#${code}`,
    sk: `MARK#${markedAt}#${id}`,
  }),
  workload: (orderId: string, day: string, warehouseId: string): Key => ({
    pk: `WORKLOAD#${shardOf(orderId) % WORKLOAD_SHARDS}`,
    sk: `${day}#${warehouseId}`,
  }),
  networkStamp: { pk: 'NETWORK', sk: 'STAMP' } satisfies Key,
  warehouse: (warehouseId: string): Key => ({ pk: 'NETWORK', sk: `${WAREHOUSE_PREFIX}${warehouseId}` }),
  rates: (kind: string, dateOrMonth: string): Key => ({ pk: 'RATES', sk: `${kind}#${dateOrMonth}` }),
  additionalRates: { pk: 'RATES', sk: 'ADDITIONAL' } as Key,
  seller: { pk: 'SELLER', sk: 'SELLER' } satisfies Key,
  currentRules: { pk: 'RULES', sk: 'CURRENT' } satisfies Key,
  rulePart: (version: string, part: number): Key => ({
    pk: `RULES#${version}`,
    sk: `PART#${part.toString().padStart(4, '0')}`,
  }),
  rulesReport: (version: string): Key => ({ pk: `RULES#${version}`, sk: REPORT_KEY }),
  storefront: (keyHash: string): Key => ({ pk: `STOREFRONT#${keyHash}`, sk: 'STOREFRONT' }),
  idempotency: (scope: string, key: string): Key => ({
    pk: `IDEMPOTENCY#${scope}#${key}`,
    sk: 'IDEMPOTENCY',
  }),
  /** What a storefront's clients or a shopper have open, unpaid, is counted together. */
  openEntries: (storefrontId: string, kind: 'order' | 'free' | 'slot' | 'cash', group: string): Key => ({
    pk: `OPEN#${storefrontId}#${kind}#${group}`,
    sk: 'OPEN',
  }),
  /** The units of a SKU in the unpaid orders of a storefront. */
  unpaidUnits: (storefrontId: string, sku: string): Key => ({
    pk: `OPEN#${storefrontId}#sku#${sku}`,
    sk: 'OPEN',
  }),
  slotHold: (quoteId: string): Key => ({ pk: `QUOTE#${quoteId}`, sk: 'SLOT-HOLD' }),
  slotZones: 'SLOT-ZONES',
  slotZone: (zoneId: string): Key => ({ pk: 'SLOT-ZONES', sk: `ZONE#${zoneId}` }),
  slotPartition: (zoneId: string) => `SLOTS#${zoneId}`,
  /** A slot's id is its zone, an underscore, and the rest, which begins with its local day. */
  slot: (slotId: string): Key => {
    const [zoneId = ''] = slotId.split('_', 1);
    return { pk: `SLOTS#${zoneId}`, sk: `${SLOT_PREFIX}${slotId.slice(zoneId.length + 1)}` };
  },
  jobLease: (job: string): Key => ({ pk: `JOB#${job}`, sk: 'LEASE' }),
  callback: (kind: CallbackKind, code: string, callbackId: string): Key => ({
    pk: `CALLBACK#${kind}#${code}#${shortened(callbackId)}`,
    sk: 'CALLBACK',
  }),
  reference: (kind: string, code: string, reference: string): Key => ({
    pk: `REFERENCE#${kind}#${code}#${shortened(reference)}`,
    sk: 'REFERENCE',
  }),
  erasure: (erasureId: string): Key => ({ pk: `ERASURE#${erasureId}`, sk: 'ERASURE' }),
  reportRunPartition: (report: string) => `${REPORT_RUNS}${report}`,
  reportRun: (report: string, run: string): Key => ({ pk: `${REPORT_RUNS}${report}`, sk: run }),
  /** One for each content of a run. */
  reportReady: (report: string, run: string, digest: string): Key => ({
    pk: `REPORT-READY#${report}#${run}#${digest}`,
    sk: REPORT_KEY,
  }),
  /** Up to where the list of closed orders was read for orders to erase. */
  erasedUpTo: { pk: 'JOB#erase-expired', sk: 'DONE' } satisfies Key,
};

/** The place whose stock an item counts, in any bucket; undefined for every other item. */
export function placeOfStock({ pk, sk }: Key): { sku: string; warehouseId: string } | undefined {
  const sku = /^STOCK#([^#]+)(#\d+)?$/.exec(pk)?.[1];
  const warehouseId = /^WAREHOUSE#(.+)$/.exec(sk)?.[1];
  return sku === undefined || warehouseId === undefined ? undefined : { sku, warehouseId };
}

/** The sort key of an event that does not belong to an order: its name and data are in the item. */
export const REPORT_KEY = 'REPORT';
const REPORT_RUNS = 'REPORT-RUNS#';
/** The sort key of a refused quote. */
export const REFUSED_QUOTE = 'REFUSED';
/** The beginning of the partition keys of orders that took units of a SKU. */
export const RESERVATION_PREFIX = 'RESERVATION#';
/** The beginning of the sort keys of movements of stock by hand. */
export const MOVEMENT_PREFIX = 'KEY#';
/** The beginnings of the partition keys of what products and marketing cost. */
export const PURCHASE_COST_PREFIX = 'COST#PURCHASE#';
export const MARKETING_COST_PREFIX = 'COST#MARKETING#';
/** The beginning of the sort keys of an order's facts. */
export const FACT_PREFIX = 'FACT#';

/** The beginning of the sort keys of a replenishment order's facts. */
export const STEP_PREFIX = 'STEP#';

/** The beginning of the sort keys of carriers in the network. */
export const CARRIER_PREFIX = 'CARRIER#';

/** The beginning of the sort keys of warehouses. */
export const WAREHOUSE_PREFIX = 'WAREHOUSE#';

/** The beginning of the sort keys of a zone's slots. */
export const SLOT_PREFIX = 'SLOT#';

export const DUE_INDEX = 'due';
/** Slots with a hold that expires have a shard of the index of their own: the sweeper reads it separately. */
export const DUE_SLOTS = 'DUE#SLOTS';

/**
 * Shards of the items that every order writes. An order writes one unit to one shard of each index, so each shard
 * allows a thousand orders a second.
 */
export const ORDER_SHARDS = 8;

/** The shard of the due index for an order: derived from its id, spread evenly. */
export const dueShard = (orderId: string): string => `DUE#${shardOf(orderId)}`;

function shardOf(orderId: string): number {
  const byte = createHash('sha256').update(orderId).digest()[0] ?? 0;
  return byte % ORDER_SHARDS;
}

/** Each shard takes some thousand orders a second, and all are read together. */
const WORKLOAD_SHARDS = 4;

export const allWorkloadShards = Array.from({ length: WORKLOAD_SHARDS }, (_, shard) => `WORKLOAD#${shard}`);

export const allDueShards = Array.from({ length: ORDER_SHARDS }, (_, shard) => `DUE#${shard}`);

export const LISTS_INDEX = 'lists';

/**
 * The partition of a list for an order: derived from its id. The first has the name that the list had before it was
 * sharded.
 */
export const listKey = (list: string, orderId: string): string => listShard(list, shardOf(orderId));

const listShard = (list: string, shard: number) =>
  shard === 0 ? `ORDERS#${list}` : `ORDERS#${list}#${shard}`;

export const allListShards = (list: string): string[] =>
  Array.from({ length: ORDER_SHARDS }, (_, shard) => listShard(list, shard));

/** The list of a person's orders, by the hash of the e-mail address. */
export const PERSON_PREFIX = 'PERSON#';
export const personKey = (personHash: string): string => `${PERSON_PREFIX}${personHash}`;

/** The list of an order's calls that are items of their own. */
export const callsKey = (orderId: string): string => `CALLS#${orderId}`;

export const TAXES_INDEX = 'taxes';

/** The tax entries of a calendar month, UTC, by the instant at which they were recorded, of all schemes. */
const taxShard = (month: string, shard: number) => `TAX#${month}#${shard}`;

export const allTaxShards = (month: string): string[] =>
  Array.from({ length: ORDER_SHARDS }, (_, shard) => taxShard(month, shard));

/** The place of an order's tax entries that were recorded at this instant, UTC. */
export const taxPlace = (orderId: string, recordedAt: string) => ({
  taxShard: taxShard(recordedAt.slice(0, 7), shardOf(orderId)),
  taxAt: `${recordedAt}#${orderId}`,
});

/** The partition that lists products, sorted by HS code. */
export const PRODUCT_LIST = 'PRODUCTS';

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** TTL attribute: the second after which DynamoDB may delete the item. */
export const expiresAt = (instant: string) => seconds(instant);
