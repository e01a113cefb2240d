import type { createOrderLists, ListedOrder, OrderPage } from './order-lists.ts';

/** The most pages of a list that one request reads. */
const MAX_PAGES = 10;

/**
 * The orders on a list that still wait for a warehouse, newest first. A list is sorted by time, so it is searched: a
 * page may hold fewer than `limit` orders, even none, and still have a cursor. Undefined when the cursor isn't ours.
 */
export async function ordersOfWarehouse(
  lists: ReturnType<typeof createOrderLists>,
  warehouseId: string,
  {
    list,
    limit,
    cursor,
  }: { list: Parameters<typeof lists.page>[0]; limit: number; cursor?: string | undefined },
): Promise<OrderPage | undefined> {
  const orders: ListedOrder[] = [];
  let next = cursor;
  for (let pages = 0; pages < MAX_PAGES && orders.length < limit; pages += 1) {
    const page = await lists.page(list, limit - orders.length, next);
    if (page === undefined) return undefined;
    orders.push(...page.orders.filter(({ warehouses }) => warehouses.includes(warehouseId)));
    next = page.cursor;
    if (next === undefined) break;
  }
  return { orders, cursor: next };
}
