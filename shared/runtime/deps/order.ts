import { createOrderLists } from '../../aws/order/order-lists.ts';
import { createOrderRecords } from '../../aws/order/order-records.ts';
import { ordersOfWarehouse } from '../../aws/order/orders-of-warehouse.ts';
import { coreDeps, project } from './core.ts';

/** For showing orders, listing them and stopping them. */
export function orderDeps() {
  const core = coreDeps();
  const lists = createOrderLists(core.table, project);
  return {
    ...core,
    orders: createOrderRecords(core.table),
    lists,
    ordersOfWarehouse: (warehouseId: string, page: Parameters<typeof ordersOfWarehouse>[2]) =>
      ordersOfWarehouse(lists, warehouseId, page),
  };
}
