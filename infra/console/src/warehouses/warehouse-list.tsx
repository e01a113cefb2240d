import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { words } from '../shell/words.ts';

type Listed = Schema<'ListedWarehouse'>;

const columns = [
  {
    ...{ id: 'id', header: 'Warehouse', isRowHeader: true },
    cell: ({ warehouseId }: Listed) => <PageLink to={`/warehouses/${warehouseId}`}>{warehouseId}</PageLink>,
  },
  { id: 'name', header: 'Name', cell: ({ name }: Listed) => name },
  { id: 'country', header: 'Country', cell: ({ country }: Listed) => country },
  { id: 'kind', header: 'Kind', cell: ({ kind }: Listed) => words(kind) },
  { id: 'cut-off', header: 'Cut-off', cell: (at: Listed) => `${at.cutOffTime}, ${at.timeZone}` },
  {
    ...{ id: 'lanes', header: 'Lanes' },
    cell: ({ lanes }: Listed) =>
      lanes.map(({ carrier, service }) => `${carrier} ${service}`).join(', ') || '–',
  },
  { id: 'system', header: 'System', cell: ({ system }: Listed) => system },
  {
    ...{ id: 'active', header: 'State' },
    cell: ({ active }: Listed) => (
      <StatusIndicator type={active ? 'success' : 'stopped'}>{active ? 'Active' : 'Retired'}</StatusIndicator>
    ),
  },
];

/** Every warehouse, the retired ones too. */
export function WarehouseListPage() {
  const { api } = useOperator();
  return (
    <PagedTable
      title="Warehouses"
      queryKey={['warehouses']}
      read={async (cursor) => {
        const query = { limit: 50, ...(cursor ? { cursor } : {}) };
        const page = await dataOf(api.GET('/v1/admin/warehouses', { params: { query } }));
        return { rows: page.warehouses, cursor: page.cursor };
      }}
      columns={columns}
      trackBy={({ warehouseId }) => warehouseId}
      nothing="No warehouse is stored"
    />
  );
}
