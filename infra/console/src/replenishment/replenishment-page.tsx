import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { moment, money, words } from '../shell/words.ts';
import { Approval } from './approval.tsx';

type Order = Schema<'ReplenishmentOrder'>;
type State = 'open' | 'ended';

const columns = [
  {
    ...{ id: 'id', header: 'Order', isRowHeader: true },
    cell: ({ replenishmentOrderId: id }: Order) => (
      <PageLink to={`/replenishment/orders/${id}`}>{id}</PageLink>
    ),
  },
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
  const queries = useQueryClient();
  const [state, setState] = useState<State>('open');
  const queryKey = ['replenishment', state];
  const decided = () => void queries.invalidateQueries({ queryKey });
  const decide = {
    ...{ id: 'decide', header: 'Decide' },
    cell: (order: Order) =>
      order.status === 'proposed' ? <Approval order={order} decided={decided} /> : '–',
  };
  return (
    <PagedTable
      title="Purchase and transfer orders"
      queryKey={queryKey}
      read={async (cursor) => {
        const query = { status: state, limit: 50, ...(cursor ? { cursor } : {}) };
        const page = await dataOf(api.GET('/v1/admin/replenishment/orders', { params: { query } }));
        return { rows: page.orders, cursor: page.cursor };
      }}
      columns={may('replenishment:approve') ? [...columns, decide] : columns}
      trackBy={({ replenishmentOrderId }) => replenishmentOrderId}
      nothing="No purchase or transfer orders here"
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
    />
  );
}
