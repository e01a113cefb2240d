import { createOrderLists } from '../../aws/order/order-lists.ts';
import { createOrderRecords } from '../../aws/order/order-records.ts';
import { ordersOfWarehouse } from '../../aws/order/orders-of-warehouse.ts';
import { once } from '../once.ts';
import { coreDeps } from './core-deps.ts';

/** For showing orders, listing them and stopping them. */
export const orderDeps = once(() => {
  const core = coreDeps();
  const lists = createOrderLists(core.table);
  return {
    ...core,
    ...{ orders: createOrderRecords(core.table), lists },
    ordersOfWarehouse: (warehouseId: string, page: Parameters<typeof ordersOfWarehouse>[2]) =>
      ordersOfWarehouse(lists, warehouseId, page),
  };
});
