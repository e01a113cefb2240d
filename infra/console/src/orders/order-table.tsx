import type { ReactNode } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { moment, words } from '../shell/words.ts';
import { OrderStatus } from './order-status.tsx';

type Listed = Schema<'ListedOrder'>;

interface Props {
  readonly title: string;
  readonly status: 'open' | 'attention' | 'closed';
  readonly warehouse?: string;
  /** Shows only some of the orders that were read. */
  readonly only?: (order: Listed) => boolean;
  readonly filter?: ReactNode;
  readonly nothing: string;
  /** Receives the orders that were read. It has to be the same at every drawing. */
  readonly onRead?: (orders: readonly Listed[]) => void;
}

const PAGE = 50;

const columns = [
  {
    ...{ id: 'order', header: 'Order', isRowHeader: true },
    cell: ({ orderId }: Listed) => <PageLink to={`/orders/${orderId}`}>{orderId}</PageLink>,
  },
  { id: 'status', header: 'Status', cell: ({ status }: Listed) => <OrderStatus status={status} /> },
  {
    ...{ id: 'attention', header: 'A person has to look' },
    cell: ({ attention }: Listed) => attention.map(({ reason }) => words(reason)).join(', ') || '–',
  },
  { id: 'placed', header: 'Placed', cell: ({ placedAt }: Listed) => moment(placedAt) },
  { id: 'storefront', header: 'Storefront', cell: ({ storefrontId }: Listed) => storefrontId },
  { id: 'warehouses', header: 'Warehouses', cell: ({ warehouses }: Listed) => warehouses.join(', ') },
];

/** Orders of a work list, a page at a time. */
export function OrderTable({ status, warehouse, ...shown }: Props) {
  const { api } = useOperator();
  return (
    <PagedTable
      {...shown}
      queryKey={['orders', status, warehouse]}
      read={async (cursor) => {
        const of = { ...(warehouse ? { warehouse } : {}), ...(cursor ? { cursor } : {}) };
        const query = { status, limit: PAGE, ...of };
        const page = await dataOf(api.GET('/v1/admin/orders', { params: { query } }));
        return { rows: page.orders, cursor: page.cursor };
      }}
      columns={columns}
      trackBy={({ orderId }) => orderId}
    />
  );
}
