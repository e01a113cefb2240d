import { knownWarehouses } from '../../aws/catalogue/known-warehouses.ts';
import { createStockDemand } from '../../aws/stock/demand.ts';
import { createStockRebalancing } from '../../aws/stock/rebalancing.ts';
import { type RebuildOptions, rebuildStock } from '../../aws/stock/rebuild.ts';
import { createStockStore } from '../../aws/stock/stock-store.ts';
import { coreDeps } from './core.ts';

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
