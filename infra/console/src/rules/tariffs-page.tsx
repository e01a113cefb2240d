import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { dataOf, type Schema } from '../api/client.ts';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { moment } from '../shell/words.ts';

type Edition = Schema<'TariffEditionInUse'>;

const columns = [
  { id: 'tariff', header: 'Tariff', isRowHeader: true, cell: ({ header }: Edition) => header.tariff },
  { id: 'edition', header: 'Edition', cell: ({ header }: Edition) => header.edition },
  { id: 'lines', header: 'Lines', cell: ({ lines }: Edition) => lines },
  { id: 'from', header: 'In force from', cell: ({ header }: Edition) => header.validFrom },
  {
    ...{ id: 'known', header: 'Known to hold' },
    cell: ({ header, isCurrent }: Edition) => (
      <StatusIndicator type={isCurrent ? 'success' : 'warning'}>
        {isCurrent ? `to ${header.knownTo}` : `to ${header.knownTo}, may be old`}
      </StatusIndicator>
    ),
  },
  { id: 'used', header: 'Used', cell: ({ isUsed }: Edition) => (isUsed ? 'Yes' : 'A newer one is') },
  { id: 'source', header: 'Source', cell: ({ header }: Edition) => header.source },
  {
    ...{ id: 'imported', header: 'Imported' },
    cell: ({ importedAt }: Edition) =>
      importedAt === undefined ? 'Comes with the code' : moment(importedAt),
  },
];

/** The editions of tariffs, which of them are used, and how old they are. */
export function TariffsPage() {
  const { api } = useOperator();
  return (
    <PagedTable
      title="Tariffs"
      queryKey={['tariffs']}
      read={async () => ({ rows: (await dataOf(api.GET('/v1/admin/tariffs'))).editions })}
      columns={columns}
      trackBy={({ header }) => `${header.tariff} ${header.edition}`}
      nothing="No edition is there"
    />
  );
}
