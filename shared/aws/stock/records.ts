import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Fact, FactName } from '../../../events/all-events.ts';
import type { Instant } from '../../kernel/time.ts';
import { type StockMovement, stockMovementSchema, stockMovesOf } from '../../stock/index.ts';
import type { StockMove } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { readFacts } from '../order/read-timeline.ts';
import { keys, RESERVATION_PREFIX } from '../table.ts';
import { MAX_TAKERS, takersOf } from './buckets.ts';
import { readBuckets } from './positions.ts';

/** A position in a SKU's records: the number of finished partitions, and the sort key reached in the next one. */
export interface RecordsPlace {
  readonly partition: number;
  readonly after?: string | undefined;
}

/** A movement by hand, and when it was recorded. */
interface RecordedMovement {
  readonly movement: StockMovement;
  readonly at: Instant;
}

/** What a part of the records names; `orderIds` are the orders that took units. */
interface NamedPart {
  readonly movements: readonly RecordedMovement[];
  readonly orderIds: readonly string[];
  /** Where to continue; undefined after the last record. */
  readonly next: RecordsPlace | undefined;
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
 * Records of a SKU from a position on, up to some more than the given number: movements by hand, and the orders'
 * effects on its stock. All parts together contain each record once.
 */
export async function readRecords(table: Table, sku: string, wanted: WantedRecords): Promise<RecordsPart> {
  const { movements, orderIds, next } = await readNamed(table, sku, wanted);
  const facts = await factsOfOrders(table, orderIds);
  return {
    movements: movements.map(({ movement }) => movement),
    orders: orderIds.length,
    orderMoves: facts.flatMap((each) => stockMovesOf([], each).filter((move) => move.sku === sku)),
    next,
  };
}

export interface WantedRecords {
  readonly maxEverBuckets: number;
  readonly from: RecordsPlace;
  readonly max: number;
}

/** The same records as {@link readRecords}, before the facts of the orders are read. */
export async function readNamed(
  table: Table,
  sku: string,
  { maxEverBuckets, from, max }: WantedRecords,
): Promise<NamedPart> {
  const partitions = partitionsOf(sku, maxEverBuckets);
  const movements: RecordedMovement[] = [];
  const orderIds: string[] = [];
  let place: RecordsPlace = from;
  while (place.partition <= partitions.length && movements.length + orderIds.length < max) {
    const pk = partitions[place.partition];
    if (pk === undefined) {
      orderIds.push(...(await rememberedOrders(table, sku)));
      place = { partition: place.partition + 1 };
      break;
    }
    const page = await readPage(table, {
      pk,
      after: place.after,
      max: max - movements.length - orderIds.length,
    });
    for (const { movement, recordedAt, orders } of page.items)
      if (movement === undefined) orderIds.push(...(orders as Iterable<string>));
      else movements.push({ movement: stockMovementSchema.parse(movement), at: String(recordedAt) });
    place =
      page.last === undefined ? { partition: place.partition + 1 } : { ...place, after: String(page.last) };
  }
  return { movements, orderIds, next: place.partition <= partitions.length ? place : undefined };
}

/**
 * The partitions of a SKU's records. Buckets come last, because their number may grow before the next part is read.
 * After them come the orders that the buckets themselves remember.
 */
const partitionsOf = (sku: string, maxEverBuckets: number): string[] => [
  keys.movementPartition(sku),
  ...Array.from({ length: maxEverBuckets }, (_, bucket) => keys.reservationPartition(sku, bucket)),
];

/** The orders that no record holds yet. Buckets that are given up may still remember some. */
async function rememberedOrders(table: Table, sku: string): Promise<readonly string[]> {
  const places = await readBuckets(table, [sku], { consistent: true, spreadOf: ({ maxEver }) => maxEver });
  return places.flatMap(({ each }) => each.flatMap(takersOf));
}

/** Records of one partition after a sort key; `last` is the sort key after which there may be more. */
async function readPage(
  table: Table,
  { pk, after, max }: { pk: string; after: string | undefined; max: number },
): Promise<{ items: Record<string, unknown>[]; last: unknown }> {
  const isOfOrders = pk.startsWith(RESERVATION_PREFIX);
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: `pk = :pk${after === undefined ? '' : ' AND sk > :after'}`,
      ExpressionAttributeValues: { ':pk': pk, ...(after === undefined ? {} : { ':after': after }) },
      ConsistentRead: true,
      Limit: isOfOrders ? Math.ceil(max / (MAX_TAKERS + 1)) : max,
    }),
  );
  return { items: Items, last: LastEvaluatedKey?.sk };
}

/** How many orders' facts are read in parallel. */
const AT_ONCE = 32;

/** The facts of each order that move stock. */
export async function factsOfOrders(
  table: Table,
  orderIds: readonly string[],
): Promise<readonly (readonly Fact[])[]> {
  const read: (readonly Fact[])[] = [];
  const queue = [...orderIds];
  const work = async () => {
    for (let orderId = queue.pop(); orderId !== undefined; orderId = queue.pop())
      read.push(await readStockFacts(table, orderId));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return read;
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
