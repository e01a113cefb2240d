import { SERVICE_LIMITS } from '../../infra/local/table/partition-limit.ts';
import { type Column, grouped, textTable } from '../../infra/replay/text-table.ts';
import { type Sale, sellOut } from './sell-out.ts';

export interface FlashSaleOptions {
  readonly units?: number;
  readonly buyers?: number;
  readonly bucketCounts?: readonly number[];
  /** Buyers who wait for their answer at any moment. */
  readonly atOnce?: number;
}

/** The limit divided by this, so that it is what slows the sale down and not this machine. */
const SCALE = 10;

/**
 * Sells out one SKU to more buyers than there are units, once for each number of buckets, by the real placing
 * transaction over the table engine behind the local cloud's partition limit: the whole sale at DynamoDB's own limit,
 * then a smaller one at a tenth of it. Throws an Error when a unit was sold twice or an order has no reservation.
 */
export async function benchFlashSale(
  print: (text: string) => void,
  options: FlashSaleOptions = {},
): Promise<void> {
  const { units = 10_000, buyers = 20_000, bucketCounts = [1, 4, 16, 64], atOnce = 96 } = options;
  const writeUnits = SERVICE_LIMITS.writeUnitsPerSecond ?? 0;

  print(
    `${grouped(units)} units, ${grouped(buyers)} buyers, ${grouped(writeUnits)} write units a second per key`,
  );
  print(
    `(one bucket: ${grouped(writeUnits / 2)} orders a second at most; this machine may be slower than that)\n`,
  );
  print(table(await sales({ units, buyers, bucketCounts, atOnce, limit: SERVICE_LIMITS })));

  const fewer = { units: Math.ceil(units / SCALE), buyers: Math.ceil(buyers / SCALE) };
  const limit = { ...SERVICE_LIMITS, writeUnitsPerSecond: writeUnits / SCALE };
  print(
    `\n${grouped(fewer.units)} units, ${grouped(fewer.buyers)} buyers, a tenth of the limit: what buckets are worth`,
  );
  print(
    `where the limit and not the machine decides (one bucket: ${writeUnits / SCALE / 2} orders a second)\n`,
  );
  print(table(await sales({ ...fewer, bucketCounts, atOnce, limit })));
}

async function sales({
  bucketCounts,
  ...sale
}: Required<FlashSaleOptions> & { readonly limit: typeof SERVICE_LIMITS }): Promise<Sale[]> {
  const measured: Sale[] = [];
  for (const buckets of bucketCounts) measured.push(await sellOut({ ...sale, buckets }));
  return measured;
}

const columns: readonly Column[] = [
  ...['buckets', 'sold', 'refused', 'orders/s', 'against one', 'over limit', 'write units/order'],
  ...['oversold', 'lost'],
].map((title) => ({ title, align: 'right' }));

function table(measured: readonly Sale[]): string {
  const slowest = measured[0]?.ordersPerSecond ?? 1;
  const rows = measured.map((sale) => [
    ...[sale.buckets, sale.sold, sale.refused, Math.round(sale.ordersPerSecond)].map(grouped),
    `${tenths(sale.ordersPerSecond / slowest)} x`,
    grouped(sale.limited),
    tenths(sale.writeUnitsPerOrder),
    ...[sale.oversold, sale.lost].map(grouped),
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
