import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { moment, words } from '../shell/words.ts';
import { lastPeriod } from './period.ts';

type Listed = Schema<'ListedReport'>;
type Run = Schema<'ReportRun'>;

const columns = [
  {
    ...{ id: 'title', header: 'Report', isRowHeader: true },
    cell: ({ name, title, periods }: Listed) => (
      <PageLink to={`/reports/${name}?period=${lastPeriod(periods[0] ?? 'day', new Date())}`}>
        {title}
      </PageLink>
    ),
  },
  { id: 'says', header: 'What it tells', cell: ({ says }: Listed) => says },
  { id: 'periods', header: 'Of', cell: ({ periods }: Listed) => periods.map(words).join(', ') },
];

const LOOKS = { asked: 'pending', running: 'in-progress', made: 'success', failed: 'error' } as const;

const runColumns = [
  {
    ...{ id: 'report', header: 'Report', isRowHeader: true },
    cell: ({ report, period }: Run) => (
      <PageLink to={`/reports/${report}?period=${period}`}>
        {words(report)}, {period}
      </PageLink>
    ),
  },
  {
    ...{ id: 'state', header: 'State' },
    cell: ({ state, failure }: Run) => (
      <StatusIndicator type={LOOKS[state]}>{failure?.reason ?? words(state)}</StatusIndicator>
    ),
  },
  { id: 'asked', header: 'Asked for', cell: ({ askedAt }: Run) => moment(askedAt) },
  {
    ...{ id: 'made', header: 'Made' },
    cell: ({ made }: Run) => (made === undefined ? '–' : `${moment(made.madeAt)}, in ${made.tookMs} ms`),
  },
  { id: 'attempts', header: 'Tries', cell: ({ attempts }: Run) => attempts },
];

/** Every report, and the runs that made one. */
export function ReportListPage() {
  const { api } = useOperator();
  const read = async (cursor?: string) => {
    const query = { limit: 25, ...(cursor ? { cursor } : {}) };
    return dataOf(api.GET('/v1/admin/reports', { params: { query } }));
  };
  return (
    <SpaceBetween size="l">
      <PagedTable
        title="Reports"
        queryKey={['reports']}
        read={async () => ({ rows: (await read()).reports })}
        columns={columns}
        trackBy={({ name }) => name}
        nothing="No report is there"
      />
      <PagedTable
        title="Runs"
        heading="h2"
        queryKey={['report-runs']}
        read={async (cursor) => {
          const page = await read(cursor);
          return { rows: page.runs, cursor: page.cursor };
        }}
        columns={runColumns}
        trackBy={({ href }) => href}
        nothing="No report was made yet: open one, and it is made"
      />
    </SpaceBetween>
  );
}
