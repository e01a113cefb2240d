import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../kernel/time.ts';
import {
  type CounterChange,
  type Counters,
  counterNames,
  type NeededUnits,
  noUnits,
  type StockPlace,
} from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { readKeys } from '../read-keys.ts';
import { keys } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

type Item = Record<string, unknown>;

/**
 * The layout of a place's stock, from its first bucket. `spread` buckets may hold units; new orders take from the first
 * `buckets` of them. `buckets` is smaller only while the others are being emptied. `epoch` counts how often a process
 * began to move units between buckets; until `leasedUntil` one is doing so.
 */
export interface Layout {
  readonly buckets: number;
  readonly spread: number;
  /** The most buckets that there have ever been: orders are recorded under the bucket that they took from. */
  readonly maxEver: number;
  readonly minBuckets: number;
  readonly epoch: number;
  readonly leasedUntil: Instant | undefined;
}

/** All buckets of a place, read one by one: their figures may be from slightly different moments. */
export interface Sight {
  readonly layout: Layout;
  readonly each: readonly Counters[];
  /** How often each bucket was written. */
  readonly changeCounts: readonly number[];
}

const number = (item: Item, name: string, otherwise: number) => Number(item[name] ?? otherwise);

/** Reads the layout from the item of the first bucket. A place without a layout has one bucket. */
export function layoutOf(item: Item): Layout {
  const buckets = number(item, 'buckets', 1);
  const spread = number(item, 'spread', buckets);
  return {
    buckets,
    spread,
    maxEver: number(item, 'maxEver', spread),
    minBuckets: number(item, 'minBuckets', 1),
    epoch: number(item, 'epoch', 0),
    leasedUntil: item.leasedUntil === undefined ? undefined : String(item.leasedUntil),
  };
}

/** Reads the counters from a bucket's item; missing counters are zero. */
export function countersOf(item: Item | undefined): Counters {
  if (item === undefined) return noUnits;
  return Object.fromEntries(counterNames.map((name) => [name, number(item, name, 0)])) as unknown as Counters;
}

/** How often a bucket was written: it shows that something happened, even if the figures are the same. */
export const changeCountOf = (item: Item | undefined): number => Number(item?.changeCount ?? 0);

/**
 * The most orders that a bucket remembers: an item of less than a kilobyte. The next order that takes units there files
 * them all in one record, and its own id with them.
 */
export const MAX_TAKERS = 16;

/** The ids of the orders that took units from a bucket since the last record, from its item, wrapped or not. */
export function takersOf(item: Item | undefined): readonly string[] {
  const takers = item?.takenBy as Iterable<string> | { readonly SS: readonly string[] } | undefined;
  if (takers === undefined) return [];
  return 'SS' in takers ? takers.SS : [...takers];
}

/** An item of a refused condition, with its numbers and texts as plain values. */
export function unwrapped(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      const wrapped = value as { N?: string; S?: string } | null;
      return [name, wrapped?.N !== undefined ? Number(wrapped.N) : (wrapped?.S ?? value)];
    }),
  );
}

/** The first bucket's item. */
export async function readMain(table: Table, { sku, warehouseId }: StockPlace): Promise<Item | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { ...keys.stock(sku, warehouseId) }, ConsistentRead: true }),
  );
  return Item;
}

/** Every bucket of the place. Undefined when there was never any stock. */
export async function look(table: Table, place: StockPlace): Promise<Sight | undefined> {
  const main = await readMain(table, place);
  if (main === undefined) return undefined;
  const layout = layoutOf(main);
  const others = await readFurther(table, [{ ...place, spread: layout.spread }], { consistent: true });
  const items = [main, ...(others[0] ?? [])];
  return { layout, each: items.map(countersOf), changeCounts: items.map(changeCountOf) };
}

/** For each place, the items of all buckets after the first, in as few requests as possible. */
export async function readFurther(
  table: Table,
  places: readonly (StockPlace & { readonly spread: number })[],
  options: { readonly consistent: boolean },
): Promise<(Item | undefined)[][]> {
  const keysOf = ({ sku, warehouseId, spread }: StockPlace & { spread: number }) =>
    Array.from({ length: spread - 1 }, (_, index) => keys.stock(sku, warehouseId, index + 1));
  const wanted = places.flatMap(keysOf);
  if (wanted.length === 0) return places.map(() => []);
  const items = await readKeys(table, wanted, options);
  const byKey = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  return places.map((place) => keysOf(place).map(({ pk, sk }) => byKey.get(`${pk} ${sk}`)));
}

/** `buckets`: units move between buckets, and their total stays the same. */
export type ChangedBy = 'order' | 'hand' | 'buckets';

/** How a bucket remembers the order that takes units from it. */
interface TakerNote {
  readonly orderId: string;
  /** The remembered orders that a record of the same transaction holds, with this one: the bucket forgets them. */
  readonly filed?: readonly string[];
  /** Whether the bucket remembers the order even if it remembers many: the transaction has no room for a record. */
  readonly isForced?: boolean;
}

export interface BucketUpdate extends StockPlace {
  readonly bucket: number;
  readonly counters: CounterChange;
  /** The units that must be there, so that no counter goes below zero. */
  readonly needed?: NeededUnits | undefined;
  /** The kind of writer, so that readers of the stream know whether to publish the change. */
  readonly by: ChangedBy;
  /** Fails if the place has more than one bucket, so that a caller with a stale layout reloads it. */
  readonly onlyWhenAlone?: boolean;
  /** The order that takes the units, if the bucket has to remember it. */
  readonly taker?: TakerNote | undefined;
}

/**
 * One update of one bucket. A refusal returns the bucket as it is. The stream shows only the new item, so the earlier
 * number of available units is stored in it too. The reader can then recognise an order that took the last unit.
 */
export function bucketItem(tableName: string, update: BucketUpdate): TransactItem {
  const { sku, warehouseId, bucket, counters, needed, by, onlyWhenAlone = false } = update;
  const taker = update.taker === undefined ? undefined : notedTaker(update.taker);
  const changed = Object.entries(counters).filter(([, by]) => by !== 0);
  const conditions = [
    ...(needed === undefined ? [] : [`${needed.counter} >= :needed`]),
    ...(onlyWhenAlone ? ['(attribute_not_exists(buckets) OR buckets = :alone)'] : []),
    ...(taker?.condition === undefined ? [] : [taker.condition]),
  ];
  return {
    Update: {
      TableName: tableName,
      Key: keys.stock(sku, warehouseId, bucket),
      UpdateExpression: `SET changedBy = :by, availableBefore = if_not_exists(available, :none) ADD changeCount :change, ${changed.map(([name]) => `${name} :${name}`).join(', ')}${taker?.update ?? ''}`,
      ExpressionAttributeValues: {
        ':by': by,
        ':none': 0,
        ':change': 1,
        ...Object.fromEntries(changed.map(([name, by]) => [`:${name}`, by])),
        ...(needed === undefined ? {} : { ':needed': needed.quantity }),
        ...(onlyWhenAlone ? { ':alone': 1 } : {}),
        ...taker?.values,
      },
      ...(conditions.length === 0
        ? {}
        : {
            ConditionExpression: conditions.join(' AND '),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
    },
  };
}

/**
 * The part of an update that concerns the remembered orders. Those that are filed are forgotten together or not at all:
 * if another order filed them in between, they are gone, and the update is refused.
 */
function notedTaker({ orderId, filed, isForced = false }: TakerNote) {
  const [one] = filed ?? [];
  if (filed !== undefined && one !== undefined)
    return {
      update: ' DELETE takenBy :filed',
      condition: 'contains(takenBy, :one)',
      values: { ':filed': new Set(filed), ':one': one },
    };
  return {
    update: ', takenBy :taker',
    condition: isForced ? undefined : '(attribute_not_exists(takenBy) OR size(takenBy) < :most)',
    values: { ':taker': new Set([orderId]), ...(isForced ? {} : { ':most': MAX_TAKERS }) },
  };
}

/**
 * The record of orders that a bucket remembered, with the one that files them. An order is found from each of its SKUs:
 * a bucket from which it took units remembers it, or one of these records holds it. Later effects of the order on stock
 * are not repeated here, because its facts contain them.
 */
export function takersRecord(
  tableName: string,
  {
    sku,
    bucket,
    orderId,
    others,
  }: {
    readonly sku: string;
    /** The records are spread like the stock. */
    readonly bucket: number;
    readonly orderId: string;
    readonly others: readonly string[];
  },
): TransactItem {
  const item = { ...keys.reservation(sku, bucket, orderId), orders: new Set([...others, orderId]) };
  return { Put: { TableName: tableName, Item: item } };
}
