import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { ApiClient } from '../../client/api-client.ts';

/** The orders of one answer, which has a cursor if there are more. */
const PAGE = 50;

/**
 * The purchase orders and transfer orders, newest first, page by page. A caller that has seen enough reads no further
 * page.
 */
export async function* listOrders(
  client: ApiClient,
  status: 'open' | 'ended',
): AsyncGenerator<ReplenishmentOrderView> {
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      ...{ status, limit: String(PAGE) },
      ...(cursor === undefined ? {} : { cursor }),
    });
    const page = await client.call<{
      readonly orders: readonly ReplenishmentOrderView[];
      readonly cursor?: string;
    }>({ method: 'GET', path: `/v1/admin/replenishment/orders?${query}` });
    yield* page.orders;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** The orders that the run of a day placed, in whatever state they are now. `startedAt`: when the run began. */
export async function ordersOfRun(
  client: ApiClient,
  { day, startedAt }: { readonly day: string; readonly startedAt: string },
): Promise<ReplenishmentOrderView[]> {
  const found: ReplenishmentOrderView[] = [];
  for (const status of ['open', 'ended'] as const)
    for await (const order of listOrders(client, status)) {
      if (order.proposedAt < startedAt) break;
      if (order.runId.startsWith(`daily-${day}.`)) found.push(order);
    }
  return found;
}
