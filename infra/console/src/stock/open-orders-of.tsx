import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useOpenOrders } from '../replenishment/open-orders.ts';
import { day } from '../replenishment/words.ts';
import { Failure } from '../shell/failure.tsx';
import { PageLink } from '../shell/link.tsx';
import { words } from '../shell/words.ts';

/** The open purchase and transfer orders of a product. */
export function OpenOrdersOf({ sku }: { readonly sku: string }) {
  const { orders, areAll, error, again } = useOpenOrders();
  if (error !== null) return <Failure error={error} again={again} />;
  const rows = orders.flatMap((order) =>
    order.lines.filter((line) => line.sku === sku).map((line) => ({ ...order, ...line })),
  );
  return (
    <Table
      items={rows}
      wrapLines
      trackBy="replenishmentOrderId"
      ariaLabels={{ tableLabel: 'Open orders' }}
      empty={<Box textAlign="center">Nothing of it is ordered</Box>}
      header={
        <Header
          variant="h2"
          counter={`(${rows.length})`}
          description={areAll ? undefined : 'Of the newest 300 open orders.'}
        >
          Open orders
        </Header>
      }
      columnDefinitions={[
        {
          ...{ id: 'order', header: 'Order', isRowHeader: true },
          cell: ({ replenishmentOrderId: id }) => (
            <PageLink to={`/replenishment/orders/${id}`}>{id}</PageLink>
          ),
        },
        { id: 'status', header: 'Status', cell: ({ status }) => words(status) },
        {
          ...{ id: 'from', header: 'From' },
          cell: ({ supplierId, fromWarehouseId }) => supplierId ?? fromWarehouseId ?? '–',
        },
        { id: 'to', header: 'To', cell: ({ warehouseId }) => warehouseId },
        { id: 'ordered', header: 'Ordered', cell: ({ ordered }) => ordered.toLocaleString() },
        { id: 'received', header: 'Received', cell: ({ received }) => received.toLocaleString() },
        { id: 'expected', header: 'Expected', cell: ({ expectedAt }) => day(expectedAt) },
      ]}
    />
  );
}
