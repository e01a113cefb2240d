import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Table from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { moment, money, words } from '../shell/words.ts';
import { Approval } from './approval.tsx';

type Order = Schema<'ReplenishmentOrder'>;
type State = 'open' | 'ended';

const columns = [
  { id: 'id', header: 'Order', isRowHeader: true, cell: (order: Order) => order.replenishmentOrderId },
  { id: 'status', header: 'Status', cell: ({ status }: Order) => words(status) },
  { id: 'kind', header: 'Kind', cell: ({ kind }: Order) => words(kind) },
  { id: 'from', header: 'From', cell: (order: Order) => order.supplierId ?? order.fromWarehouseId ?? '–' },
  { id: 'to', header: 'To', cell: ({ warehouseId }: Order) => warehouseId },
  {
    ...{ id: 'goods', header: 'Units' },
    cell: ({ lines }: Order) =>
      lines.map(({ sku, ordered, received }) => `${ordered} ${sku}, ${received} received`).join('; '),
  },
  { id: 'total', header: 'Price', cell: ({ total }: Order) => (total === undefined ? '–' : money(total)) },
  { id: 'expected', header: 'Expected', cell: ({ expectedAt }: Order) => moment(expectedAt) },
];

/** Purchase and transfer orders. A proposed one is approved after its price and its units were read. */
export function ReplenishmentPage() {
  const { api, may } = useOperator();
  const [state, setState] = useState<State>('open');
  const orders = useInfiniteQuery({
    queryKey: ['replenishment', state],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      dataOf(
        api.GET('/v1/admin/replenishment/orders', {
          params: { query: { status: state, limit: 50, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    getNextPageParam: ({ cursor }) => cursor,
  });
  const again = () => void orders.refetch();
  if (orders.error !== null) return <Failure error={orders.error} again={again} />;
  const decide = {
    ...{ id: 'decide', header: 'Decide' },
    cell: (order: Order) => (order.status === 'proposed' ? <Approval order={order} decided={again} /> : '–'),
  };
  return (
    <Table
      items={orders.data?.pages.flatMap((page) => page.orders) ?? []}
      columnDefinitions={may('replenishment:approve') ? [...columns, decide] : columns}
      trackBy="replenishmentOrderId"
      wrapLines
      loading={orders.isPending}
      loadingText="Reading the orders"
      empty={<Box textAlign="center">No purchase or transfer orders here</Box>}
      filter={
        <SegmentedControl
          label="Orders that are"
          selectedId={state}
          options={[
            { id: 'open', text: 'Open' },
            { id: 'ended', text: 'Ended' },
          ]}
          onChange={({ detail }) => setState(detail.selectedId as State)}
        />
      }
      header={
        <Header
          variant="h1"
          actions={
            <Button iconName="refresh" ariaLabel="Read again" loading={orders.isRefetching} onClick={again} />
          }
        >
          Replenishment
        </Header>
      }
      footer={
        orders.hasNextPage ? (
          <Button loading={orders.isFetchingNextPage} onClick={() => void orders.fetchNextPage()}>
            Read more orders
          </Button>
        ) : undefined
      }
      ariaLabels={{ tableLabel: 'Purchase and transfer orders' }}
    />
  );
}
