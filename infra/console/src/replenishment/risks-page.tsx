import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { moment, words } from '../shell/words.ts';
import { day } from './words.ts';

type Risk = Schema<'SupplyRisk'>;

const columns = [
  {
    ...{ id: 'kind', header: 'Risk', isRowHeader: true },
    cell: ({ kind }: Risk) => <StatusIndicator type="warning">{words(kind)}</StatusIndicator>,
  },
  {
    ...{ id: 'subject', header: 'Of' },
    cell: ({ sku, replenishmentOrderId: id, supplierId, port, market }: Risk) => (
      <>
        {sku === undefined ? null : <PageLink to={`/stock/${encodeURIComponent(sku)}`}>{sku}</PageLink>}{' '}
        {id === undefined ? null : <PageLink to={`/replenishment/orders/${id}`}>{id}</PageLink>}{' '}
        {[supplierId, port, market].filter(Boolean).join(', ')}
      </>
    ),
  },
  { id: 'warehouse', header: 'Warehouse', cell: ({ warehouseId }: Risk) => warehouseId ?? '–' },
  { id: 'from', header: 'From', cell: ({ from }: Risk) => (from === undefined ? '–' : day(from)) },
  {
    ...{ id: 'next', header: 'Next arrival' },
    cell: ({ nextArrivalAt }: Risk) => (nextArrivalAt === undefined ? '–' : day(nextArrivalAt)),
  },
  { id: 'detail', header: 'Detail', cell: ({ detail }: Risk) => detail ?? '–' },
  { id: 'at', header: 'Found', cell: ({ at }: Risk) => moment(at) },
];

/** Open risks of missing goods, and the ports where goods wait. The kind is in the address. */
export function RisksPage() {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const kind = search.get('kind') ?? '';
  const read = () => dataOf(api.GET('/v1/admin/replenishment/risks'));
  const all = useQuery({ queryKey: ['risks'], queryFn: read });
  const kinds = [...new Set(all.data?.risks.map((risk) => risk.kind) ?? [])];
  const options = [
    { value: '', label: 'All kinds' },
    ...kinds.map((value) => ({ value, label: words(value) })),
  ];
  if (all.error !== null) return <Failure error={all.error} again={() => void all.refetch()} />;
  return (
    <SpaceBetween size="l">
      <PagedTable
        title="Risks"
        description="A risk ends by itself when its cause does."
        queryKey={['risks', 'list']}
        read={async () => ({ rows: (await read()).risks })}
        columns={columns}
        trackBy={({ riskKey }) => riskKey}
        only={(risk) => kind === '' || risk.kind === kind}
        nothing="No open risk"
        filter={
          <Select
            ariaLabel="Kind of risk"
            selectedOption={
              options.find(({ value }) => value === kind) ?? { value: kind, label: words(kind) }
            }
            options={options}
            onChange={({ detail }) =>
              setSearch(detail.selectedOption.value ? { kind: detail.selectedOption.value } : {})
            }
          />
        }
      />
      <Table
        items={all.data?.ports ?? []}
        wrapLines
        trackBy="port"
        loading={all.isPending}
        loadingText="Reading ports"
        ariaLabels={{ tableLabel: 'Ports where goods wait' }}
        empty={<Box textAlign="center">No port where goods wait</Box>}
        header={<Header variant="h2">Ports where goods wait</Header>}
        columnDefinitions={[
          { id: 'port', header: 'Port', isRowHeader: true, cell: ({ port }) => port },
          { id: 'delay', header: 'Delay', cell: ({ delayDays }) => `${delayDays} days` },
          { id: 'until', header: 'Until', cell: ({ until }) => moment(until) },
        ]}
      />
    </SpaceBetween>
  );
}
