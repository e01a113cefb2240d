import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
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
export function OrderTable({ title, status, warehouse, only = () => true, filter, nothing, onRead }: Props) {
  const { api } = useOperator();
  const orders = useInfiniteQuery({
    queryKey: ['orders', status, warehouse],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      dataOf(
        api.GET('/v1/admin/orders', {
          params: {
            query: {
              status,
              limit: PAGE,
              ...(warehouse ? { warehouse } : {}),
              ...(cursor ? { cursor } : {}),
            },
          },
        }),
      ),
    getNextPageParam: ({ cursor }) => cursor,
  });
  const { data } = orders;
  useEffect(() => {
    if (data !== undefined) onRead?.(data.pages.flatMap((page) => page.orders));
  }, [data, onRead]);
  if (orders.error !== null) return <Failure error={orders.error} again={() => void orders.refetch()} />;
  const read = data?.pages.flatMap((page) => page.orders) ?? [];
  const shown = read.filter(only);
  return (
    <Table
      items={shown}
      columnDefinitions={columns}
      trackBy="orderId"
      wrapLines
      loading={orders.isPending}
      loadingText="Reading the orders"
      empty={<Box textAlign="center">{nothing}</Box>}
      filter={filter}
      header={
        <Header
          variant="h1"
          counter={`(${shown.length}${orders.hasNextPage ? '+' : ''})`}
          actions={
            <Button
              iconName="refresh"
              ariaLabel="Read again"
              loading={orders.isRefetching}
              onClick={() => void orders.refetch()}
            />
          }
        >
          {title}
        </Header>
      }
      footer={
        orders.hasNextPage ? (
          <Box textAlign="center">
            <Button loading={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
              Read more orders
            </Button>
          </Box>
        ) : undefined
      }
      ariaLabels={{ tableLabel: title }}
    />
  );
}
