import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createOrderDetails } from '../../aws/order/order-records.ts';
import { createUnchangedRequests } from '../../aws/order/unchanged-requests.ts';
import { createRestrictedGoods } from '../../screening/index.ts';
import { coreDeps } from './core.ts';

export function screeningDeps() {
  const core = coreDeps();
  const catalogue = createCatalogueStore(core.table, core.clock);
  return {
    ...core,
    details: createOrderDetails(core.table),
    unchanged: createUnchangedRequests(core.table),
    restrictedGoods: createRestrictedGoods(catalogue, { papers: true }),
  };
}
