import { type Fact, type FactName, parseFact } from '../../events/catalog.ts';
import type { Instant } from '../kernel/time.ts';
import { placeKey, type StockMovement, stockMovementSchema, stockMovesOf } from '../stock/index.ts';
import type { StockMove } from '../timeline/index.ts';
import type { Table } from './clients.ts';
import { readAll } from './read-all.ts';
import { allWideReservations, FACT_PREFIX, keys } from './table.ts';
import type { TransactItem } from './transaction.ts';

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

/** Orders whose facts are read at once. */
const AT_ONCE = 32;

/** What is read within a request: some thousand orders a second. */
const MOST_ORDERS = 20_000;

/** All that was recorded of a SKU: movements by hand, and what orders did to its stock. */
export async function readStockRecords(
  table: Table,
  sku: string,
  mostEverBuckets: number,
): Promise<{ movements: StockMovement[]; orders: number; orderMoves: StockMove[] } | 'too-many-orders'> {
  const [movements, orderIds] = await Promise.all([
    readPartition(table, keys.movementPartition(sku)),
    readOrderIds(table, sku, mostEverBuckets),
  ]);
  if (orderIds.length > MOST_ORDERS) return 'too-many-orders';
  const orderMoves: StockMove[] = [];
  const queue = [...orderIds];
  const work = async () => {
    for (let orderId = queue.pop(); orderId !== undefined; orderId = queue.pop())
      orderMoves.push(
        ...stockMovesOf([], await readStockFacts(table, orderId)).filter((move) => move.sku === sku),
      );
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    movements: movements.map(({ movement }) => stockMovementSchema.parse(movement)),
    orders: orderIds.length,
    orderMoves,
  };
}

const orderIdOf = ({ sk }: Record<string, unknown>) => String(sk).slice('ORDER#'.length);

async function readOrderIds(table: Table, sku: string, mostEverBuckets: number): Promise<string[]> {
  const [single, wide] = await Promise.all([
    Promise.all(
      Array.from({ length: mostEverBuckets }, (_, bucket) =>
        readPartition(table, keys.reservationPartition(sku, bucket)),
      ),
    ),
    Promise.all(allWideReservations.map((partition) => readPartition(table, partition))),
  ]);
  const ofMany = wide.flat().filter(({ skus }) => (skus as readonly string[]).includes(sku));
  return [...new Set([...single.flat(), ...ofMany].map(orderIdOf))];
}

function readPartition(table: Table, partition: string): Promise<Record<string, unknown>[]> {
  return readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partition },
    ConsistentRead: true,
  });
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
