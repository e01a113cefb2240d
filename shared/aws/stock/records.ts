import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Fact, type FactName, parseFact } from '../../../events/all-events.ts';
import type { Instant } from '../../kernel/time.ts';
import { placeKey, type StockMovement, stockMovementSchema, stockMovesOf } from '../../stock/index.ts';
import type { StockMove } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { allWideReservations, FACT_PREFIX, keys } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

export interface Reservation {
  readonly orderId: string;
  readonly placedAt: Instant;
  readonly moves: readonly StockMove[];
  /** The bucket that each place's units come from: the records are spread as the stock is. */
  readonly buckets: ReadonlyMap<string, number>;
  /** How many items of the transaction are left. */
  readonly room: number;
}

/**
 * The records by which an order is found from a SKU: one a SKU, or one for all where there are too many for the
 * transaction. What the order did to the stock since is not written here again: its facts say it.
 */
export function reservationItems(tableName: string, reservation: Reservation): TransactItem[] {
  const { orderId, placedAt, moves, buckets, room } = reservation;
  const bySku = new Map<string, number>();
  for (const move of moves) {
    if (!bySku.has(move.sku)) bySku.set(move.sku, buckets.get(placeKey(move)) ?? 0);
  }
  const put = (item: Record<string, unknown>): TransactItem => ({
    Put: { TableName: tableName, Item: item },
  });
  if (bySku.size > room)
    return [put({ ...keys.wideReservation(orderId), placedAt, skus: [...bySku.keys()] })];
  return [...bySku].map(([sku, bucket]) => put({ ...keys.reservation(sku, bucket, orderId), placedAt }));
}

/** How far a SKU's records were read: so many of their partitions, and the next up to this sort key. */
export interface RecordsPlace {
  readonly partition: number;
  readonly after?: string | undefined;
}

export interface RecordsPart {
  readonly movements: readonly StockMovement[];
  readonly orders: number;
  /** What the orders did to the stock of the SKU. */
  readonly orderMoves: readonly StockMove[];
  /** Where to go on; undefined behind the last record. */
  readonly next: RecordsPlace | undefined;
}

/**
 * What was recorded of a SKU from a place on, at most so many records: movements by hand, and what orders did to its
 * stock. All parts together are all records, each once.
 */
export async function readRecords(
  table: Table,
  sku: string,
  { maxEverBuckets, from, max }: { maxEverBuckets: number; from: RecordsPlace; max: number },
): Promise<RecordsPart> {
  const partitions = partitionsOf(sku, maxEverBuckets);
  const records: Record<string, unknown>[] = [];
  let place: RecordsPlace = from;
  while (place.partition < partitions.length && records.length < max) {
    const pk = partitions[place.partition] ?? '';
    const page = await readPage(table, sku, { pk, after: place.after, max: max - records.length });
    records.push(...page.items);
    place =
      page.last === undefined ? { partition: place.partition + 1 } : { ...place, after: String(page.last) };
  }
  const movements = records.filter((record) => 'movement' in record);
  const orderIds = records.filter((record) => !('movement' in record)).map(orderIdOf);
  return {
    movements: movements.map(({ movement }) => stockMovementSchema.parse(movement)),
    orders: orderIds.length,
    orderMoves: await readOrderMoves(table, sku, orderIds),
    next: place.partition < partitions.length ? place : undefined,
  };
}

/**
 * Where a SKU's records are. Buckets are last, since there may be more of them by the time that the next part is
 * read.
 */
const partitionsOf = (sku: string, maxEverBuckets: number): string[] => [
  keys.movementPartition(sku),
  ...allWideReservations,
  ...Array.from({ length: maxEverBuckets }, (_, bucket) => keys.reservationPartition(sku, bucket)),
];

/** Records of one partition behind a sort key; `last` is the sort key behind which there may be more. */
async function readPage(
  table: Table,
  sku: string,
  { pk, after, max }: { pk: string; after: string | undefined; max: number },
): Promise<{ items: Record<string, unknown>[]; last: unknown }> {
  const isWide = allWideReservations.includes(pk);
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: `pk = :pk${after === undefined ? '' : ' AND sk > :after'}`,
      ...(isWide ? { FilterExpression: 'contains(skus, :sku)' } : {}),
      ExpressionAttributeValues: {
        ':pk': pk,
        ...(after === undefined ? {} : { ':after': after }),
        ...(isWide ? { ':sku': sku } : {}),
      },
      ConsistentRead: true,
      Limit: max,
    }),
  );
  return { items: Items, last: LastEvaluatedKey?.sk };
}

const orderIdOf = ({ sk }: Record<string, unknown>) => String(sk).slice('ORDER#'.length);

/** Orders whose facts are read at once. */
const AT_ONCE = 32;

async function readOrderMoves(
  table: Table,
  sku: string,
  orderIds: readonly string[],
): Promise<readonly StockMove[]> {
  const orderMoves: StockMove[] = [];
  const queue = [...orderIds];
  const work = async () => {
    for (let orderId = queue.pop(); orderId !== undefined; orderId = queue.pop())
      orderMoves.push(
        ...stockMovesOf([], await readStockFacts(table, orderId)).filter((move) => move.sku === sku),
      );
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return orderMoves;
}

/** The facts of an order that move stock, and the first, which says what it took. The others are left unread. */
const MOVING: ReadonlySet<FactName> = new Set<FactName>([
  'order.placed',
  'order.cancelled',
  'order.expired',
  'parcel.dispatched',
]);

async function readStockFacts(table: Table, orderId: string): Promise<Fact[]> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :facts)',
    ExpressionAttributeValues: { ':pk': keys.orderPartition(orderId), ':facts': FACT_PREFIX },
    ConsistentRead: true,
  });
  return items
    .map((item) => JSON.parse(String(item.fact)) as Fact)
    .filter(({ name }) => MOVING.has(name))
    .map((fact) => parseFact(fact));
}
