import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import PieChart from '@cloudscape-design/components/pie-chart';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { moment, words } from '../shell/words.ts';
import { FoundByRun } from './found-by-run.tsx';
import { RunState } from './runs-page.tsx';
import { day } from './words.ts';

type Run = Schema<'ReplenishmentRun'>;

const FOUND = [
  { id: 'not-planned', label: 'Not planned' },
  { id: 'to-stop', label: 'To stop buying' },
  { id: 'cut', label: 'Cut by a limit' },
] as const;
type Found = (typeof FOUND)[number]['id'];

/** The run of a day: its result as a picture and as figures, its problems, and the products that it names. */
export function RunPage({ params }: { readonly params: { readonly day: string } }) {
  const { api } = useOperator();
  const [found, setFound] = useState<Found>('not-planned');
  const run = useQuery({
    queryKey: ['replenishment', 'run', params.day],
    queryFn: () =>
      dataOf(api.GET('/v1/admin/replenishment/runs/{day}', { params: { path: { day: params.day } } })),
    refetchInterval: ({ state }) =>
      state.data === undefined || ['done', 'given-up'].includes(state.data.state) ? false : 3_000,
  });
  if (run.error !== null) return <Failure error={run.error} again={() => void run.refetch()} />;
  if (run.data === undefined) return <Spinner size="large" />;
  return (
    <ContentLayout header={<Header variant="h1">Run of {day(params.day)}</Header>}>
      <SpaceBetween size="l">
        <Result run={run.data} />
        {run.data.problems.map(({ code, subject, detail }) => (
          <Alert key={`${code} ${subject}`} type="warning" header={`${words(code)}: ${subject}`}>
            {detail}
          </Alert>
        ))}
        <Tabs
          ariaLabel="Products that the run names"
          activeTabId={found}
          onChange={({ detail }) => setFound(detail.activeTabId as Found)}
          tabs={FOUND.map(({ id, label }) => ({
            ...{ id, label, content: <FoundByRun day={params.day} found={id} title={label} /> },
          }))}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Result({ run }: { readonly run: Run }) {
  const { skuSites, orders } = run;
  const slices = [
    { title: 'To order', value: skuSites.proposed },
    { title: 'Enough', value: skuSites.enough },
    ...skuSites.notPlanned.map(({ reason, count }) => ({
      ...{ title: `Not planned: ${words(reason).toLowerCase()}`, value: count },
    })),
  ].filter(({ value }) => value > 0);
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'State', value: <RunState run={run} /> },
          { label: 'Started', value: `${moment(run.startedAt)} by ${run.by}` },
          { label: 'Days of', value: run.timeZone },
          { label: 'To stop buying', value: skuSites.toStop.toLocaleString() },
          { label: 'Orders placed', value: orders.placed.toLocaleString() },
          { label: 'Approved by themselves', value: orders.approved.toLocaleString() },
          {
            label: 'Lines',
            value: `${orders.lines} placed, ${orders.linesCovered} covered by open orders, ${orders.linesRefused} refused`,
          },
          { label: 'Cut by limits', value: `${orders.linesCut} lines, ${orders.unitsCut} units` },
        ]}
      />
      <PieChart
        variant="donut"
        size="small"
        hideFilter
        ariaLabel="Products at warehouses by result"
        data={slices}
        innerMetricValue={skuSites.all.toLocaleString()}
        innerMetricDescription="places"
        empty="Nothing is planned yet"
        i18nStrings={{
          ...{ detailsValue: 'Places', detailsPercentage: 'Part', legendAriaLabel: 'Results' },
          ...{ chartAriaRoleDescription: 'donut chart', segmentAriaRoleDescription: 'result' },
        }}
      />
    </SpaceBetween>
  );
}
