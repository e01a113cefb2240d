import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { words } from '../shell/words.ts';
import { day, figure } from './words.ts';

type Run = Schema<'ReplenishmentRun'>;

/** How far a run is, as a mark. */
export function RunState({ run }: { readonly run: Run }) {
  if (run.state === 'done') return <StatusIndicator>Done</StatusIndicator>;
  if (run.state === 'given-up') return <StatusIndicator type="error">Given up</StatusIndicator>;
  const { done, all } = run.batches;
  return (
    <StatusIndicator type="in-progress">
      {words(run.state)}
      {all === undefined ? '' : `, ${done} of ${all} batches`}
    </StatusIndicator>
  );
}

const columns = [
  {
    ...{ id: 'day', header: 'Day', isRowHeader: true },
    cell: (run: Run) => <PageLink to={`/replenishment/runs/${run.day}`}>{day(run.day)}</PageLink>,
  },
  { id: 'state', header: 'State', cell: (run: Run) => <RunState run={run} /> },
  { id: 'by', header: 'Started by', cell: ({ by }: Run) => words(by) },
  {
    ...{ id: 'time', header: 'Took' },
    cell: ({ durationSeconds }: Run) =>
      durationSeconds === undefined ? '–' : `${figure(durationSeconds)} s`,
  },
  {
    ...{ id: 'places', header: 'Products at warehouses' },
    cell: ({ skuSites: { all, proposed, enough } }: Run) =>
      `${all.toLocaleString()}: ${proposed.toLocaleString()} to order, ${enough.toLocaleString()} with enough`,
  },
  {
    ...{ id: 'notPlanned', header: 'Not planned' },
    cell: ({ skuSites }: Run) =>
      skuSites.notPlanned.reduce((sum, { count }) => sum + count, 0).toLocaleString(),
  },
  {
    ...{ id: 'orders', header: 'Orders' },
    cell: ({ orders }: Run) =>
      `${orders.placed.toLocaleString()}, ${orders.approved.toLocaleString()} of them approved by themselves`,
  },
  { id: 'problems', header: 'Problems', cell: ({ problems }: Run) => problems.length.toLocaleString() },
];

/** The runs of replenishment, the newest day first. */
export function RunsPage() {
  const { api, may } = useOperator();
  const queries = useQueryClient();
  const queryKey = ['replenishment', 'runs'];
  return (
    <PagedTable
      title="Runs of replenishment"
      queryKey={queryKey}
      read={async (cursor) => {
        const query = { limit: 20, ...(cursor ? { cursor } : {}) };
        const page = await dataOf(api.GET('/v1/admin/replenishment/runs', { params: { query } }));
        return { rows: page.runs, cursor: page.cursor };
      }}
      columns={columns}
      trackBy={(run) => run.day}
      nothing="No run yet. One starts by itself each day."
      actions={
        may('replenishment:write') ? (
          <Decision
            text="Start"
            about="the run of today"
            says="The run reads sales and stock, and proposes orders. It starts by itself each day; a day has one run, so that a second start changes nothing. Orders below the limit of the purchasing settings are approved by themselves."
            done="The run of today is started."
            send={() => dataOf(api.POST('/v1/admin/replenishment/runs', { body: {} }))}
            decided={() => void queries.invalidateQueries({ queryKey })}
          />
        ) : null
      }
    />
  );
}
