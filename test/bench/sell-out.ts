import type { PartitionUnits } from '../../infra/local/table/partition-limit.ts';
import { createOrderPlacing } from '../../shared/aws/order/order-placing.ts';
import { createStockRebalancing } from '../../shared/aws/stock/rebalancing.ts';
import { createStockStore } from '../../shared/aws/stock/stock-store.ts';
import { newId, orderIdOf } from '../../shared/kernel/ids.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import type { OrderPlacing, PlaceOrderRecord } from '../../shared/order/place-order.ts';
import { details } from '../builders/details.ts';
import { placed } from '../builders/facts.ts';
import { consignment, landedCost, line } from '../builders/landed-cost.ts';
import { type LimitClock, startTable, type TableOnEngine } from '../component/stores/table-on-engine.ts';
import { project } from '../fakes/project.ts';
import { auditSale } from './audit-sale.ts';

export interface SellOut {
  readonly buckets: number;
  readonly units: number;
  readonly buyers: number;
  /** The number of buyers that wait for an answer at the same time. */
  readonly atOnce: number;
  readonly limit: PartitionUnits;
  /** The orders that buyers request a second, by the clock of the limit. */
  readonly askedPerSecond: number;
}

export interface Sale extends Pick<SellOut, 'buckets'> {
  readonly sold: number;
  readonly refused: number;
  /** The time until the last unit was sold, by the clock of the limit. */
  readonly ordersPerSecond: number;
  /** The time of the whole sale, by the clock of the machine. */
  readonly machineSeconds: number;
  /** Transactions and reads that the limit refused. */
  readonly limited: number;
  /** All write units until then, including those of refused transactions. */
  readonly writeUnitsPerOrder: number;
  /** The units of all orders on the table minus the units that were received. */
  readonly oversold: number;
  /**
   * Orders with a positive answer that lack a head, fact or reservation on the table, and orders on the table without a
   * positive answer.
   */
  readonly lost: number;
}

const sku = 'FLASH';
const warehouseId = 'cn-shenzhen';
const clock = () => new Date();
/** Each has a separate memory, like the containers of a function. */
const CONTAINERS = 8;

/** Sells out one SKU on a separate table. Throws an Error if a sum is wrong. */
export async function sellOut(sale: SellOut): Promise<Sale> {
  const { buckets, units, buyers, atOnce, limit, askedPerSecond } = sale;
  const limitClock = clockOfDemand(askedPerSecond);
  const on = await startTable({ partitionLimit: limit, limitClock, withoutConflicts: true });
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
    const began = limitClock.open();
    let atSoldOut = { at: began, written: 0 };
    const { sold, refused } = await buyAll(on, { buyers, atOnce }, () => {
      atSoldOut = { at: limitClock.now(), written: unitsWritten() };
    });
    const measured = {
      ...{ buckets, refused, sold: sold.length, limited: on.limited() },
      machineSeconds: (performance.now() - startedAt) / 1_000,
      ordersPerSecond: (sold.length * 1_000) / (atSoldOut.at - began),
      writeUnitsPerOrder: (atSoldOut.written - writtenBefore) / sold.length,
    };
    const audited = auditSale(await on.items(), { sku, units, sold });
    const isExact =
      sold.length === Math.min(units, buyers) &&
      refused === buyers - sold.length &&
      audited.oversold === 0 &&
      audited.lost === 0 &&
      audited.wrongFigures.length === 0;
    if (!isExact) throw new Error(`the sale does not add up: ${JSON.stringify({ ...measured, ...audited })}`);
    return { ...measured, oversold: audited.oversold, lost: audited.lost };
  } finally {
    await on.stop();
  }
}

/**
 * A clock that advances with the requests to the table: each placing transaction adds its share of a second. So only
 * the limit decides how many requests pass, and the speed of the machine does not matter.
 */
function clockOfDemand(askedPerSecond: number): LimitClock & { open(): number } {
  let nowMs = 0;
  let isOpen = false;
  return {
    now: () => nowMs,
    asked(operation) {
      // Before the sale the clock does not limit anything.
      if (!isOpen) nowMs += 1_000;
      else if (operation === 'TransactWriteItems') nowMs += 1_000 / askedPerSecond;
    },
    /** Begins the sale, and gives the time of its beginning. */
    open() {
      isOpen = true;
      return nowMs;
    },
  };
}

/** Lets every buyer buy one unit. A refused buyer asks again. */
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
  const quoteId = newId('quote', clock());
  return {
    ...{ orderId: orderIdOf(quoteId), quoteId, storefrontId: 'shop' },
    ...{ idempotencyKey: quoteId, fingerprint: `${number}`, accessTokenHash: 'hash' },
    ...{ details: details(), personHash: 'hash', now: toInstant(clock()) },
    placed: placed({ landedCost: landedCost({ consignments }) }),
  };
}
