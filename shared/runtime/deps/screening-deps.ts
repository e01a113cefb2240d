import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createOrderDetails } from '../../aws/order/order-records.ts';
import { once } from '../once.ts';
import { createRestrictedGoods } from '../restricted-goods.ts';
import { coreDeps } from './core-deps.ts';

export const screeningDeps = once(() => {
  const core = coreDeps();
  const catalogue = createCatalogueStore(core.table, core.clock);
  return {
    ...core,
    details: createOrderDetails(core.table),
    restrictedGoods: createRestrictedGoods(catalogue, { papers: true }),
  };
});
