import { type Column, grouped, textTable } from '../../infra/cli/terminal/text-table.ts';
import { SERVICE_LIMITS } from '../../infra/local/table/partition-limit.ts';
import { ORDER_SHARDS } from '../../shared/aws/table.ts';
import { type Sale, sellOut } from './sell-out.ts';

export interface FlashSaleOptions {
  readonly units?: number;
  readonly buyers?: number;
  readonly bucketCounts?: readonly number[];
  /** The number of buyers that wait for an answer at the same time. */
  readonly atOnce?: number;
}

/** The units that an order writes to the partition of its bucket, and to the partition of its list. */
const UNITS_PER_BUCKET = 2;
const UNITS_PER_LIST = 1;

/** Buyers request this multiple of the orders that the limit allows. A buyer that the limit refuses asks again. */
const DEMAND = 2;

/** Unused units of a tenth of a second may be saved. With a whole second, the sale would end at once. */
const BURST_MS = 100;

/**
 * Sells out one SKU to more buyers than there are units, once for each number of buckets, by the real placing
 * transaction over the table engine behind the local cloud's partition limit. Buyers request {@link DEMAND} times the
 * orders a second that the limit allows. The clock advances with their requests, so the speed of the machine has no
 * effect. Reads have no limit here, because this clock stands still while readers wait. Throws an Error if the
 * table has a unit that was sold twice or an incomplete order.
 */
export async function benchFlashSale(
  print: (text: string) => void,
  options: FlashSaleOptions = {},
): Promise<void> {
  const { units = 10_000, buyers = 20_000, bucketCounts = [1, 4, 16, 64], atOnce = 96 } = options;
  const perKey = SERVICE_LIMITS.writeUnitsPerSecond ?? 0;
  const limit = { writeUnitsPerSecond: perKey, burstMs: BURST_MS };
  print(
    `${grouped(units)} units, ${grouped(buyers)} buyers, ${grouped(atOnce)} of them at once, ` +
      `${grouped(perKey)} write units a second per partition key of table and indexes\n`,
  );
  const measured: Sale[] = [];
  for (const buckets of bucketCounts) {
    const askedPerSecond = DEMAND * maxOrders(buckets, perKey);
    measured.push(await sellOut({ buckets, units, buyers, atOnce, limit, askedPerSecond }));
  }
  print(table(measured, perKey));
}

/** The orders a second that the limit allows, by the buckets and by the shards of the list of orders. */
const maxOrders = (buckets: number, perKey: number): number =>
  Math.min((buckets * perKey) / UNITS_PER_BUCKET, (ORDER_SHARDS * perKey) / UNITS_PER_LIST);

const columns: readonly Column[] = [
  ...['buckets', 'sold', 'refused', 'orders/s', 'of the limit', 'against one', 'over limit'],
  ...['write units/order', 'oversold', 'lost', 'machine s'],
].map((title) => ({ title, align: 'right' }));

function table(measured: readonly Sale[], perKey: number): string {
  const slowest = measured[0]?.ordersPerSecond ?? 1;
  const rows = measured.map((sale) => [
    ...[sale.buckets, sale.sold, sale.refused, Math.round(sale.ordersPerSecond)].map(grouped),
    `${Math.round((100 * sale.ordersPerSecond) / maxOrders(sale.buckets, perKey))} %`,
    `${tenths(sale.ordersPerSecond / slowest)} x`,
    grouped(sale.limited),
    tenths(sale.writeUnitsPerOrder),
    ...[sale.oversold, sale.lost, Math.round(sale.machineSeconds)].map(grouped),
  ]);
  return textTable(columns, rows);
}

const tenths = (figure: number): string => String(Math.round(figure * 10) / 10);

if (import.meta.main) {
  const [units, buyers, bucketCounts, atOnce] = process.argv.slice(2);
  await benchFlashSale((text) => console.log(text), {
    ...(units === undefined ? {} : { units: Number(units) }),
    ...(buyers === undefined ? {} : { buyers: Number(buyers) }),
    ...(bucketCounts === undefined ? {} : { bucketCounts: bucketCounts.split(',').map(Number) }),
    ...(atOnce === undefined ? {} : { atOnce: Number(atOnce) }),
  });
}
