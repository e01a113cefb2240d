import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { fresh } from '../../aws/fresh.ts';
import { createOrderDetails, createReferences } from '../../aws/order/order-records.ts';
import { storedSeller, warehouseNamed } from '../../catalogue/index.ts';
import { coreDeps } from './core.ts';

/**
 * The dependencies of the stages that move goods: warehouses, the merchant, the consignee, and references to parcels.
 */
export function networkDeps() {
  const core = coreDeps();
  const catalogue = createCatalogueStore(core.table, core.clock);
  const warehouses = fresh(core.clock, async () => (await catalogue.network()).warehouses);
  return {
    ...core,
    catalogue,
    details: createOrderDetails(core.table),
    references: createReferences(core.table),
    warehouseById: async (warehouseId: string) => warehouseNamed(await warehouses.get(), warehouseId),
    seller: async () => storedSeller(await catalogue.seller()),
  };
}
