import type { ApiClient } from '../../infra/cli/client/api-client.ts';

/** What the check itself uses of an order. The rest of the answer is for the program that counts again. */
export interface FoundOrder {
  readonly orderId: string;
  readonly placedAt: string;
  readonly lines: readonly { readonly sku: string }[];
  readonly total: { readonly amount: number; readonly currency: string };
  /** The answer of the API as it came. */
  readonly answer: object;
}

interface Answer {
  readonly placedAt: string;
  readonly landedCost: {
    readonly totals: { readonly total: FoundOrder['total'] };
    readonly consignments: readonly { readonly lines: readonly { readonly sku: string }[] }[];
  };
}

/** Every order of a backend, as an operator sees it; the oldest first. */
export async function everyOrder(operator: ApiClient): Promise<readonly FoundOrder[]> {
  const ids = new Set<string>();
  for (const status of ['open', 'attention', 'closed'])
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const query = new URLSearchParams({ status, limit: '100', ...(cursor === '' ? {} : { cursor }) });
      const page: { orders: { orderId: string }[]; cursor?: string } = await operator.call({
        ...{ method: 'GET', path: `/v1/admin/orders?${query}` },
      });
      for (const { orderId } of page.orders) ids.add(orderId);
      cursor = page.cursor;
    }
  const orders: FoundOrder[] = [];
  for (const orderId of ids) {
    const answer = await operator.call<Answer>({ method: 'GET', path: `/v1/admin/orders/${orderId}` });
    const { totals, consignments } = answer.landedCost;
    const lines = consignments.flatMap((each) => each.lines);
    orders.push({ orderId, placedAt: answer.placedAt, lines, total: totals.total, answer });
  }
  return orders.sort((a, b) => (a.placedAt < b.placedAt ? -1 : 1));
}
