import { type StockPlace, type StockPosition, stockPositionSchema, sumOf } from '../../stock/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { readItems } from '../read-together.ts';
import { keys } from '../table.ts';
import { changeCountOf, countersOf, type Layout, layoutOf, readFurther } from './buckets.ts';
import type { KnownPlaces } from './known-places.ts';

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
 * Buckets are read one by one; units that move between two of them meanwhile may be missed. Where the places of a SKU
 * are known, their items are read without a query, together with what else is asked for at the moment.
 */
export async function readPositions(
  table: Table,
  skus: readonly string[],
  { consistent = false, known }: { readonly consistent?: boolean; readonly known?: KnownPlaces } = {},
): Promise<Map<string, PlacedPosition[]>> {
  const read = new Map(skus.map((sku) => [sku, [] as PlacedPosition[]]));
  for (const { sku, warehouseId, layout, each } of await readBuckets(table, skus, { consistent, known })) {
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
    known,
  }: {
    readonly consistent: boolean;
    readonly spreadOf?: (layout: Layout) => number;
    readonly known?: KnownPlaces | undefined;
  },
): Promise<(StockPlace & { readonly layout: Layout; readonly each: (Item | undefined)[] })[]> {
  const mains = await Promise.all(
    [...new Set(skus)].map(async (sku) => {
      const items = await readMains(table, sku, { consistent, known });
      return items.map((item) => {
        const layout = layoutOf(item);
        const warehouseId = warehouseOf(item);
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

const warehouseOf = ({ sk }: Item): string => String(sk).slice('WAREHOUSE#'.length);

/** The first bucket of each of the SKU's places. */
async function readMains(
  table: Table,
  sku: string,
  { consistent, known }: { readonly consistent: boolean; readonly known: KnownPlaces | undefined },
): Promise<Item[]> {
  const warehouses = known?.of(sku);
  if (warehouses !== undefined) {
    const wanted = warehouses.map((warehouseId) => keys.stock(sku, warehouseId));
    const items = (await readItems(table, wanted, { consistent })).filter((item) => item !== undefined);
    // Without units where they were known to be, the SKU may be somewhere else by now.
    if (items.some((item) => countersOf(item).available > 0)) return items;
  }
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.stockPartition(sku) },
    ConsistentRead: consistent,
  });
  known?.remember(sku, items.map(warehouseOf));
  return items;
}
