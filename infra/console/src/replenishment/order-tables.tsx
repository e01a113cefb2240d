import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { moment, money, words } from '../shell/words.ts';

type Order = Schema<'ReplenishmentOrder'>;

/** The products of an order: what was ordered, what came, and what is open. */
export function OrderLines({ order }: { readonly order: Order }) {
  return (
    <Table
      items={order.lines}
      wrapLines
      trackBy="sku"
      ariaLabels={{ tableLabel: 'Products of the order' }}
      header={
        <Header variant="h2" counter={`(${order.lines.length})`}>
          Products
        </Header>
      }
      columnDefinitions={[
        {
          ...{ id: 'sku', header: 'Product', isRowHeader: true },
          cell: ({ sku }) => <PageLink to={`/stock/${encodeURIComponent(sku)}`}>{sku}</PageLink>,
        },
        { id: 'ordered', header: 'Ordered', cell: ({ ordered }) => ordered.toLocaleString() },
        { id: 'received', header: 'Received', cell: ({ received }) => received.toLocaleString() },
        { id: 'open', header: 'Open', cell: ({ open }) => open.toLocaleString() },
        { id: 'onTheWay', header: 'On the way', cell: ({ onTheWay }) => onTheWay.toLocaleString() },
        { id: 'damaged', header: 'Damaged', cell: ({ damaged }) => damaged.toLocaleString() },
        {
          ...{ id: 'price', header: 'Price of one' },
          cell: ({ unitPrice }) => (unitPrice === undefined ? '–' : money(unitPrice)),
        },
      ]}
    />
  );
}

/** What happened to an order, the oldest first. */
export function OrderTimeline({ order }: { readonly order: Order }) {
  return (
    <Table
      variant="embedded"
      items={order.timeline}
      wrapLines
      ariaLabels={{ tableLabel: 'Timeline of the order' }}
      columnDefinitions={[
        { id: 'at', header: 'When', isRowHeader: true, cell: ({ at }) => moment(at) },
        { id: 'what', header: 'What', cell: ({ name }) => words(name) },
        {
          ...{ id: 'by', header: 'By' },
          cell: ({ by, operator }) => (operator === undefined ? words(by) : `${words(by)}: ${operator}`),
        },
      ]}
    />
  );
}
