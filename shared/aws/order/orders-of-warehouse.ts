import type { createOrderLists, ListedOrder, OrderPage } from './order-lists.ts';

/** Pages of a list that one request looks through at most. */
const MAX_PAGES = 10;

/**
 * The orders on a list that still wait for a warehouse, newest first. A list is by time alone, so that it is looked
 * through: a page may hold fewer than `limit`, even none, and a cursor to go on from. Undefined when the cursor is
 * none of ours. An order of which it is not known, placed before it was written down, is listed too.
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
    orders.push(...page.orders.filter(({ warehouses }) => warehouses?.includes(warehouseId) ?? true));
    next = page.cursor;
    if (next === undefined) break;
  }
  return { orders, cursor: next };
}
