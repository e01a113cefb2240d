import { useQuery } from '@tanstack/react-query';
import { dataOf, type Schema } from '../api/client.ts';
import { useOperator } from '../shell/operator.tsx';

type Order = Schema<'ReplenishmentOrder'>;

/** Orders of the newest pages; further ones are left out and named. */
const MAX_PAGES = 6;

/** The open purchase and transfer orders. Empty where the operator may not read them. */
export function useOpenOrders() {
  const { api, may } = useOperator();
  const query = useQuery({
    queryKey: ['replenishment', 'open-orders'],
    queryFn: async () => {
      const orders: Order[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const of = { status: 'open', limit: 50, ...(cursor ? { cursor } : {}) } as const;
        const read = await dataOf(api.GET('/v1/admin/replenishment/orders', { params: { query: of } }));
        orders.push(...read.orders);
        cursor = read.cursor;
        if (cursor === undefined) break;
      }
      return { orders, areAll: cursor === undefined };
    },
    enabled: may('replenishment:read'),
  });
  return {
    orders: query.data?.orders ?? [],
    areAll: query.data?.areAll ?? true,
    error: query.error,
    again: () => void query.refetch(),
  };
}
