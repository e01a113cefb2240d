import { type StockPlace, type StockPosition, stockPositionSchema, sumOf } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { keys } from '../table.ts';
import { changeCountOf, countersOf, type Layout, layoutOf, readFurther } from './buckets.ts';

type Item = Record<string, unknown>;

/** A position, with the layout of its units. */
export interface PlacedPosition {
  readonly position: StockPosition;
  readonly layout: Layout;
  /** How often its buckets were written. */
  readonly changes: number;
}

/**
 * Every warehouse's position of each SKU: one query per SKU, and one request for all further buckets, if there are any.
 * Buckets are read one by one; units that move between two of them meanwhile may be missed.
 */
export async function readPositions(
  table: Table,
  skus: readonly string[],
  { consistent = false }: { readonly consistent?: boolean } = {},
): Promise<Map<string, PlacedPosition[]>> {
  const read = new Map(skus.map((sku) => [sku, [] as PlacedPosition[]]));
  for (const { sku, warehouseId, layout, each } of await readBuckets(table, skus, { consistent })) {
    const all = sumOf(each.map(countersOf));
    const changes = each.reduce((sum, item) => sum + changeCountOf(item), 0);
    const position = stockPositionSchema.parse({ warehouseId, ...all, buckets: layout.buckets });
    read.get(sku)?.push({ position, layout, changes });
  }
  return read;
}

/** The buckets of each SKU's places: those that may hold units, or as many as `spreadOf` says. */
export async function readBuckets(
  table: Table,
  skus: readonly string[],
  {
    consistent,
    spreadOf = ({ spread }) => spread,
  }: { readonly consistent: boolean; readonly spreadOf?: (layout: Layout) => number },
): Promise<(StockPlace & { readonly layout: Layout; readonly each: (Item | undefined)[] })[]> {
  const mains = await Promise.all(
    [...new Set(skus)].map(async (sku) => {
      const items = await readAll(table, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.stockPartition(sku) },
        ConsistentRead: consistent,
      });
      return items.map((item) => {
        const layout = layoutOf(item);
        const warehouseId = String(item.sk).slice('WAREHOUSE#'.length);
        return { sku, warehouseId, layout, spread: spreadOf(layout), main: item };
      });
    }),
  );
  const places = mains.flat();
  const further = await readFurther(table, places, { consistent });
  return places.map(({ sku, warehouseId, layout, main }, index) => ({
    ...{ sku, warehouseId, layout },
    each: [main, ...(further[index] ?? [])],
  }));
}
