import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useLocation } from 'wouter';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { words } from '../shell/words.ts';

type Supplier = Schema<'Supplier'>;

const LOOKS = { up: 'success', down: 'warning', retired: 'stopped' } as const;

const columns = [
  {
    ...{ id: 'name', header: 'Supplier', isRowHeader: true },
    cell: ({ supplierId, name }: Supplier) => (
      <PageLink to={`/replenishment/suppliers/${supplierId}`}>{name}</PageLink>
    ),
  },
  { id: 'id', header: 'Code', cell: ({ supplierId }: Supplier) => supplierId },
  {
    ...{ id: 'status', header: 'Status' },
    cell: ({ status }: Supplier) => <StatusIndicator type={LOOKS[status]}>{words(status)}</StatusIndicator>,
  },
  { id: 'from', header: 'From', cell: ({ originCountries }: Supplier) => originCountries.join(', ') },
  { id: 'offers', header: 'Products', cell: ({ offers }: Supplier) => offers.length.toLocaleString() },
  {
    ...{ id: 'sending', header: 'Orders go' },
    cell: ({ sending }: Supplier) => (sending.way === 'http' ? 'To an address' : 'As a file'),
  },
];

/** Suppliers, by their codes. */
export function SuppliersPage() {
  const { api, may } = useOperator();
  const [, go] = useLocation();
  return (
    <PagedTable
      title="Suppliers"
      queryKey={['suppliers']}
      read={async (cursor) => {
        const query = { limit: 50, ...(cursor ? { cursor } : {}) };
        const page = await dataOf(api.GET('/v1/admin/replenishment/suppliers', { params: { query } }));
        return { rows: page.suppliers, cursor: page.cursor };
      }}
      columns={columns}
      trackBy={({ supplierId }) => supplierId}
      nothing="No supplier yet. Without one, nothing is ordered."
      actions={
        may('replenishment:write') ? (
          <Button onClick={() => go('/replenishment/new-supplier')}>New supplier</Button>
        ) : null
      }
    />
  );
}
