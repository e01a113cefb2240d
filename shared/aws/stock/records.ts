import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Fact, FactName } from '../../../events/all-events.ts';
import type { Instant } from '../../kernel/time.ts';
import { placeKey, type StockMovement, stockMovementSchema, stockMovesOf } from '../../stock/index.ts';
import type { StockMove } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { readFacts } from '../order/read-timeline.ts';
import { allWideReservations, keys } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

export interface Reservation {
  readonly orderId: string;
  readonly placedAt: Instant;
  readonly moves: readonly StockMove[];
  /** The bucket that each place's units come from: the records are spread like the stock. */
  readonly buckets: ReadonlyMap<string, number>;
  /** How many more items the transaction takes. */
  readonly room: number;
}

/**
 * The records that lead from a SKU to an order: one per SKU, or one for all if there are too many for the transaction.
 * Later effects of the order on stock are not repeated here, because its facts contain them.
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

/** A position in a SKU's records: the number of finished partitions, and the sort key reached in the next one. */
export interface RecordsPlace {
  readonly partition: number;
  readonly after?: string | undefined;
}

export interface RecordsPart {
  readonly movements: readonly StockMovement[];
  readonly orders: number;
  /** The orders' effects on the stock of the SKU. */
  readonly orderMoves: readonly StockMove[];
  /** Where to continue; undefined after the last record. */
  readonly next: RecordsPlace | undefined;
}

/**
 * Records of a SKU from a position on, up to the given number: movements by hand, and the orders' effects on its stock.
 * All parts together contain each record once.
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

/** The partitions of a SKU's records. Buckets come last, because their number may grow before the next part is read. */
const partitionsOf = (sku: string, maxEverBuckets: number): string[] => [
  keys.movementPartition(sku),
  ...allWideReservations,
  ...Array.from({ length: maxEverBuckets }, (_, bucket) => keys.reservationPartition(sku, bucket)),
];

/** Records of one partition after a sort key; `last` is the sort key after which there may be more. */
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

/** How many orders' facts are read in parallel. */
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

/**
 * The facts of an order that move stock, and the first, which lists the units that it took. The others are not checked
 * against their schemas.
 */
const MOVING: ReadonlySet<FactName> = new Set<FactName>([
  'order.placed',
  'order.cancelled',
  'order.expired',
  'parcel.dispatched',
  'parcel.closed',
]);

function readStockFacts(table: Table, orderId: string): Promise<readonly Fact[]> {
  return readFacts(table, orderId, { consistent: true, only: MOVING });
}
