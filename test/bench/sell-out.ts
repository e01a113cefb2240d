import type { PartitionUnits } from '../../infra/local/table/partition-limit.ts';
import { createOrderPlacing } from '../../shared/aws/order-placing.ts';
import { readAll } from '../../shared/aws/read-all.ts';
import { createStockRebalancing } from '../../shared/aws/stock-rebalancing.ts';
import { createStockStore } from '../../shared/aws/stock-store.ts';
import { keys } from '../../shared/aws/table.ts';
import { newId } from '../../shared/kernel/ids.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import type { OrderPlacing, PlaceOrderRecord } from '../../shared/order/place-order.ts';
import { details } from '../builders/details.ts';
import { placed } from '../builders/facts.ts';
import { consignment, landedCost, line } from '../builders/landed-cost.ts';
import { startTable, type TableOnEngine } from '../component/stores/table-on-engine.ts';
import { project } from '../fakes/project.ts';

export interface SellOut {
  readonly buckets: number;
  readonly units: number;
  readonly buyers: number;
  /** Buyers who wait for their answer at any moment. */
  readonly atOnce: number;
  readonly limit: PartitionUnits;
}

export interface Sale {
  readonly buckets: number;
  readonly sold: number;
  readonly refused: number;
  /** Until the last unit was sold. */
  readonly ordersPerSecond: number;
  /** Transactions and reads that the limit refused. */
  readonly limited: number;
  /** All that was written until then, what was refused included. */
  readonly writeUnitsPerOrder: number;
  readonly oversold: number;
  /** Orders that were answered as placed and have no reservation. */
  readonly lost: number;
}

const sku = 'FLASH';
const warehouseId = 'cn-shenzhen';
const clock = () => new Date();
/** Each with a memory of its own, as the containers of a function have. */
const CONTAINERS = 8;

/** Sells one SKU out on a table of its own. Throws an Error when anything of it does not add up. */
export async function sellOut(sale: SellOut): Promise<Sale> {
  const { buckets, units, buyers, atOnce, limit } = sale;
  const on = await startTable({ partitionLimit: limit });
  try {
    const stock = createStockStore(on.table);
    await stock.move({ kind: 'receive', sku, warehouseId, quantity: units }, 'received', toInstant(clock()));
    await createStockRebalancing({ table: on.table, clock }).setBuckets(
      { sku, warehouseId },
      buckets,
      buckets,
    );
    const unitsWritten = () => on.counts()['dynamodb.writeUnits'] ?? 0;
    const writtenBefore = unitsWritten();
    const startedAt = performance.now();
    let atSoldOut = { at: startedAt, written: 0 };
    const { sold, refused } = await buyAll(on, { buyers, atOnce }, () => {
      atSoldOut = { at: performance.now(), written: unitsWritten() };
    });
    const [position] = await stock.positions(sku);
    const reserved = await reservedOrders(on, buckets);
    const measured = {
      ...{ buckets, refused, sold: sold.length, limited: on.limited() },
      ordersPerSecond: (sold.length * 1_000) / (atSoldOut.at - startedAt),
      writeUnitsPerOrder: (atSoldOut.written - writtenBefore) / sold.length,
      oversold: Math.max(0, sold.length - units),
      lost: sold.filter((orderId) => !reserved.has(orderId)).length,
    };
    const wanted = { available: units - sold.length, reserved: sold.length, onHand: units };
    const isExact =
      sold.length === Math.min(units, buyers) &&
      reserved.size === sold.length &&
      measured.lost === 0 &&
      Object.entries(wanted).every(([name, count]) => position?.[name as keyof typeof wanted] === count);
    if (!isExact) throw new Error(`the sale does not add up: ${JSON.stringify({ ...measured, position })}`);
    return measured;
  } finally {
    await on.stop();
  }
}

/** Lets every buyer buy one unit, however often it has to ask. */
async function buyAll(
  on: TableOnEngine,
  { buyers, atOnce }: { readonly buyers: number; readonly atOnce: number },
  onSold: () => void,
): Promise<{ sold: string[]; refused: number }> {
  const { table } = on;
  const containers = Array.from({ length: CONTAINERS }, () => createOrderPlacing({ table, project, newId }));
  const sold: string[] = [];
  let refused = 0;
  let next = 0;
  const buy = async (number: number): Promise<void> => {
    const record = recordOf(number);
    for (;;) {
      const { outcome } = await (containers[number % CONTAINERS] as OrderPlacing).place(record);
      if (outcome === 'contended') continue;
      if (outcome === 'stock-gone') refused += 1;
      else if (outcome === 'placed') {
        sold.push(record.orderId);
        onSold();
      } else throw new Error(`nobody else buys on this quote: ${outcome}`);
      return;
    }
  };
  const buyer = async () => {
    for (let number = next++; number < buyers; number = next++) await buy(number);
  };
  await Promise.all(Array.from({ length: atOnce }, buyer));
  return { sold, refused };
}

function recordOf(number: number): PlaceOrderRecord {
  const consignments = [consignment({ warehouseId, lines: [line({ sku, quantity: 1 })] })];
  return {
    ...{ orderId: newId('order', clock()), quoteId: newId('quote', clock()), storefrontId: 'shop' },
    ...{ idempotencyKey: `buyer-${number}`, fingerprint: `${number}`, accessTokenHash: 'hash' },
    ...{ details: details(), now: toInstant(clock()) },
    placed: placed({ landedCost: landedCost({ consignments }) }),
  };
}

/** The orders that have a reservation on record. */
async function reservedOrders({ table }: TableOnEngine, buckets: number): Promise<Set<string>> {
  const records = await Promise.all(
    Array.from({ length: buckets }, (_, bucket) =>
      readAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.reservationPartition(sku, bucket) },
        ConsistentRead: true,
      }),
    ),
  );
  return new Set(records.flat().map(({ sk }) => String(sk).slice('ORDER#'.length)));
}
