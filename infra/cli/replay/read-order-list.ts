import type { ApiClient } from '../client/api-client.ts';
import { callAgain } from './call-again.ts';

export type List = 'open' | 'attention' | 'closed';

interface Page {
  readonly orders: readonly {
    readonly orderId: string;
    readonly status: string;
    readonly placedAt: string;
  }[];
  readonly cursor?: string;
}

export interface ListReading {
  readonly operator: ApiClient;
  readonly orderIds: ReadonlySet<string>;
  /** Orders from before this time (RFC 3339, UTC) are not read. */
  readonly since: string;
}

/**
 * The orders that are on a list, with their status. A list is sorted from new to old, so the reading ends at an older
 * order.
 */
export async function readOrderList(
  { operator, orderIds, since }: ListReading,
  list: List,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      status: list,
      limit: '100',
      ...(cursor === undefined ? {} : { cursor }),
    });
    const page = await callAgain(() =>
      operator.call<Page>({ method: 'GET', path: `/v1/admin/orders?${query}` }),
    );
    for (const { orderId, status } of page.orders) if (orderIds.has(orderId)) found.set(orderId, status);
    cursor = page.orders.some(({ placedAt }) => placedAt < since) ? undefined : page.cursor;
  } while (cursor !== undefined);
  return found;
}
