import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { fresh } from '../../aws/fresh.ts';
import { createOrderDetails, createReferences } from '../../aws/order/order-records.ts';
import type { Seller, Warehouse } from '../../catalogue/index.ts';
import { once } from '../once.ts';
import { coreDeps } from './core-deps.ts';

/** What the stages that move goods share: who sends from where, to whom, and whose parcel it is. */
export const networkDeps = once(() => {
  const core = coreDeps();
  const catalogue = createCatalogueStore(core.table, core.clock);
  const warehouses = fresh(core.clock, async () => (await catalogue.network()).warehouses);
  return {
    ...core,
    catalogue,
    details: createOrderDetails(core.table),
    references: createReferences(core.table),
    /** Throws for a warehouse that an order names and the network has not. */
    async warehouseById(warehouseId: string): Promise<Warehouse> {
      const warehouse = (await warehouses.get()).find((candidate) => candidate.warehouseId === warehouseId);
      if (warehouse === undefined) throw new Error(`the network has no warehouse ${warehouseId}`);
      return warehouse;
    },
    /** Throws until the merchant's registrations were stored. */
    async seller(): Promise<Seller> {
      const seller = await catalogue.seller();
      if (seller === undefined) throw new Error("the merchant's registrations are not stored");
      return seller;
    },
  };
});
