import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../kernel/time.ts';
import {
  type CounterChange,
  type Counters,
  counterNames,
  noUnits,
  type StockPlace,
  type TakenCounter,
} from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { readKeys } from '../read-keys.ts';
import { keys } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

type Item = Record<string, unknown>;

/**
 * How a place's stock is laid out, as its first bucket says. `spread` buckets may hold units; new orders take from
 * the first `buckets` of them, which are fewer only while the others are being emptied. `epoch` counts how often
 * somebody set out to move units between buckets; until `leasedUntil` somebody is at it.
 */
export interface Layout {
  readonly buckets: number;
  readonly spread: number;
  /** The most buckets that there ever were: orders are recorded by the bucket that they took from. */
  readonly maxEver: number;
  readonly minBuckets: number;
  readonly epoch: number;
  readonly leasedUntil: Instant | undefined;
}

/** All buckets of a place, read one after the other: a figure may be a moment older than another. */
export interface Sight {
  readonly layout: Layout;
  readonly each: readonly Counters[];
}

const number = (item: Item, name: string, otherwise: number) => Number(item[name] ?? otherwise);

/** Reads the layout off the item of the first bucket. A place without a word of it has one bucket. */
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

/** Reads the counters off a bucket's item; what was never counted is none. */
export function countersOf(item: Item | undefined): Counters {
  if (item === undefined) return noUnits;
  return Object.fromEntries(counterNames.map((name) => [name, number(item, name, 0)])) as unknown as Counters;
}

/** How often a bucket was written: by it is seen that something happened, even where the figures are as before. */
export const changeCountOf = (item: Item | undefined): number => Number(item?.changeCount ?? 0);

/** An item as a refused condition shows it, its numbers and texts taken out of their wrapping. */
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

/** Every bucket of the place. Undefined when there was never any stock of it. */
export async function look(table: Table, place: StockPlace): Promise<Sight | undefined> {
  const main = await readMain(table, place);
  if (main === undefined) return undefined;
  const layout = layoutOf(main);
  const others = await readFurther(table, [{ ...place, spread: layout.spread }], { consistent: true });
  return { layout, each: [main, ...(others[0] ?? [])].map(countersOf) };
}

/** Of each place the items of all buckets behind the first, in as few requests as there can be. */
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

/** `buckets`: units move between buckets, and there are as many of them as before. */
export type ChangedBy = 'order' | 'hand' | 'buckets';

export interface BucketUpdate extends StockPlace {
  readonly bucket: number;
  readonly counters: CounterChange;
  /** What has to be there, so that nothing goes below zero. */
  readonly needed?: { readonly counter: TakenCounter; readonly quantity: number } | undefined;
  /** Who writes it, by which those who are told of stock see whether it is something to tell. */
  readonly by: ChangedBy;
  /** Refused where the place has more buckets than one, so that somebody who does not know of them learns it. */
  readonly onlyWhenAlone?: boolean;
}

/**
 * One update of one bucket. A refusal shows the bucket as it is. The stream shows items as they become and not as they
 * were: what could be sold before is written beside, so that it tells an order that took the last unit from others.
 */
export function bucketItem(tableName: string, update: BucketUpdate): TransactItem {
  const { sku, warehouseId, bucket, counters, needed, by, onlyWhenAlone = false } = update;
  const changed = Object.entries(counters).filter(([, by]) => by !== 0);
  const conditions = [
    ...(needed === undefined ? [] : [`${needed.counter} >= :needed`]),
    ...(onlyWhenAlone ? ['(attribute_not_exists(buckets) OR buckets = :alone)'] : []),
  ];
  return {
    Update: {
      TableName: tableName,
      Key: keys.stock(sku, warehouseId, bucket),
      UpdateExpression: `SET changedBy = :by, availableBefore = if_not_exists(available, :none) ADD changeCount :change, ${changed.map(([name]) => `${name} :${name}`).join(', ')}`,
      ExpressionAttributeValues: {
        ':by': by,
        ':none': 0,
        ':change': 1,
        ...Object.fromEntries(changed.map(([name, by]) => [`:${name}`, by])),
        ...(needed === undefined ? {} : { ':needed': needed.quantity }),
        ...(onlyWhenAlone ? { ':alone': 1 } : {}),
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
