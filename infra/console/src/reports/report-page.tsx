import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ApiError, type Schema } from '../api/client.ts';
import { csvLine, download } from '../files/download.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { figureOf, type Row, shownCell, textCell } from './cells.ts';

type ReportTable = Schema<'ReportTable'>;

/** A report is made after it was asked for: a page asks again after this many milliseconds. */
const ASK_AGAIN_MS = 2_000;
const BARS = 20;

/** One report of a period: its tables, each with its first figure as bars, and as CSV. */
export function ReportPage({ params }: { readonly params: { readonly name: string } }) {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const period = search.get('period') ?? '';
  const report = useQuery({
    queryKey: ['report', params.name, period],
    queryFn: async () => {
      const path = `/v1/admin/reports/${params.name}` as '/v1/admin/reports/sales';
      const { data, error, response } = await api.GET(path, { params: { query: { period } } });
      if (!response.ok) throw new ApiError(response.status, error ?? {});
      return response.status === 200 ? (data as Schema<'LakeReport'>) : 'being made';
    },
    refetchInterval: ({ state }) => (state.data === 'being made' ? ASK_AGAIN_MS : false),
  });
  const head = (
    <FormField
      label="Period"
      constraintText="A day (2026-11-30), an ISO week (2026-W48) or a month (2026-11)"
    >
      <Input
        value={period}
        onChange={({ detail }) => setSearch({ period: detail.value.slice(0, 10) }, { replace: true })}
      />
    </FormField>
  );
  const { data } = report;
  if (report.error !== null)
    return (
      <SpaceBetween size="l">
        {head}
        <Failure error={report.error} again={() => void report.refetch()} />
      </SpaceBetween>
    );
  if (data === undefined || data === 'being made')
    return (
      <SpaceBetween size="l">
        {head}
        <Box>
          <Spinner />{' '}
          {data === undefined ? 'Reading the report' : 'The report is being made, this takes a moment'}
        </Box>
      </SpaceBetween>
    );
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={data.says}>
        {data.title}, {data.period}
        {data.status === 'running' ? ' (the period is not over)' : ''}
      </Header>
      {head}
      {data.tables.map((table) => (
        <ReportTableView
          key={table.name}
          table={table}
          file={`${params.name}-${data.period}-${table.name}.csv`}
        />
      ))}
    </SpaceBetween>
  );
}

function ReportTableView({ table, file }: { readonly table: ReportTable; readonly file: string }) {
  const rows = table.rows as readonly Row[];
  const csv = [
    csvLine(table.columns.map(({ name }) => name)),
    ...rows.map((row) => csvLine(table.columns.map(({ name }) => textCell(row[name])))),
  ].join('\r\n');
  return (
    <SpaceBetween size="s">
      <Table
        items={[...rows]}
        wrapLines
        ariaLabels={{ tableLabel: table.title }}
        empty="Nothing in this period"
        columnDefinitions={table.columns.map(({ name, title, kind }, place) => ({
          ...{ id: name, header: title, isRowHeader: place === 0 },
          cell: (row: Row) => linked(shownCell(row[name], kind)),
        }))}
        header={
          <Header
            variant="h2"
            counter={`(${rows.length})`}
            actions={
              <Button iconName="download" onClick={() => download(file, 'text/csv', csv)}>
                CSV of {table.title}
              </Button>
            }
          >
            {table.title}
          </Header>
        }
      />
      <Bars table={table} rows={rows} />
    </SpaceBetween>
  );
}

/** The first figure of the table by its first column, where the table has several rows. */
function Bars({ table, rows }: { readonly table: ReportTable; readonly rows: readonly Row[] }) {
  const [by] = table.columns;
  const of = table.columns.find(({ kind }, place) => place > 0 && ['money', 'count', 'mass'].includes(kind));
  if (by === undefined || of === undefined || rows.length < 2) return null;
  const data = rows
    .slice(0, BARS)
    .map((row) => ({ x: shownCell(row[by.name], by.kind), y: figureOf(row[of.name]) ?? 0 }));
  return (
    <BarChart
      series={[{ title: of.title, type: 'bar', data }]}
      xScaleType="categorical"
      xTitle={by.title}
      yTitle={of.title}
      height={220}
      hideFilter
      ariaLabel={`${of.title} by ${by.title}`}
    />
  );
}

/** An order id leads to its order. */
const linked = (text: string) =>
  /^ord_[0-9A-HJKMNP-TV-Z]{26}$/.test(text) ? <Link href={`/console/orders/${text}`}>{text}</Link> : text;
