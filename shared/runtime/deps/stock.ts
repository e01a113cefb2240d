import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { knownWarehouses } from '../../aws/catalogue/known-warehouses.ts';
import { createStockDemand } from '../../aws/stock/demand.ts';
import { readEntries } from '../../aws/stock/entries.ts';
import { createStockRebalancing } from '../../aws/stock/rebalancing.ts';
import { type RebuildOptions, rebuildStock } from '../../aws/stock/rebuild.ts';
import { createStockStore } from '../../aws/stock/stock-store.ts';
import { coreDeps } from './core.ts';
import { ownTable } from './table.ts';

/** For positions, movements and buckets of stock. */
export function stockDeps() {
  const core = coreDeps();
  const { table, clock } = core;
  return {
    ...core,
    stock: createStockStore(table, { clock }),
    rebalancing: createStockRebalancing({ table, clock }),
    demand: createStockDemand(table),
    rebuild: (sku: string, options: RebuildOptions) => rebuildStock(table, sku, options),
    knownWarehouses: (warehouseIds: readonly string[]) => knownWarehouses(table, warehouseIds),
  };
}

/** For the list of stock: products and their positions. */
export function stockListDeps() {
  const table = ownTable();
  const clock = () => new Date();
  return {
    catalogue: createCatalogueStore(table, clock),
    stock: createStockStore(table, { clock }),
  };
}

/** For the changes of a SKU's stock. */
export function stockEntriesDeps() {
  const table = ownTable();
  return {
    entries: (sku: string, page: { readonly limit: number; readonly cursor?: string | undefined }) =>
      readEntries(table, sku, page),
  };
}
