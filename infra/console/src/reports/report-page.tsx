import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table from '@cloudscape-design/components/table';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { ApiError, type Schema } from '../api/client.ts';
import { download } from '../files/download.ts';
import { Failure, textOf } from '../shell/failure.tsx';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { words } from '../shell/words.ts';
import { figureOf, type Row, shownCell } from './cells.ts';

type ReportTable = Schema<'ReportTable'>;

/** A report is made after it was asked for: a page asks again after this many milliseconds. */
const ASK_AGAIN_MS = 2_000;
const BARS = 20;

type Report = Schema<'LakeReport'> | 'being made';

/** Every report answers in the same shape, so that one of them gives the types. */
const pathOf = (name: string) => `/v1/admin/reports/${name}` as '/v1/admin/reports/sales';

/** One report of a period: its tables, each with its first figure as bars, and as CSV. */
export function ReportPage({ params: { name } }: { readonly params: { readonly name: string } }) {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const period = search.get('period') ?? '';
  const report = useQuery({
    queryKey: ['report', name, period],
    queryFn: async (): Promise<Report> => {
      const { data, error, response } = await api.GET(pathOf(name), { params: { query: { period } } });
      if (!response.ok) throw new ApiError(response.status, error ?? {});
      return response.status === 200 ? (data as Schema<'LakeReport'>) : 'being made';
    },
    refetchInterval: ({ state }) => (state.data === 'being made' ? ASK_AGAIN_MS : false),
  });
  const { data, error } = report;
  const made = data === 'being made' ? undefined : data;
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={made?.says}>
        {made?.title ?? words(name)}, {made?.period ?? period}
        {made?.status === 'running' ? ' (the period is not over)' : ''}
      </Header>
      <PeriodField key={period} period={period} ask={(asked) => setSearch({ period: asked })} />
      {error === null ? null : <Failure error={error} again={() => void report.refetch()} />}
      {error !== null || made !== undefined ? null : (
        <Box>
          <Spinner />{' '}
          {data === undefined ? 'Reading the report' : 'The report is being made, this takes a moment'}
        </Box>
      )}
      {made?.tables.map((table) => (
        <ReportTableView key={table.name} table={table} name={name} period={period} />
      ))}
    </SpaceBetween>
  );
}

interface PeriodProps {
  readonly period: string;
  readonly ask: (period: string) => void;
}

/** Asks when the period is typed to its end: a report that is asked for is made, and half a day is a month. */
function PeriodField({ period, ask }: PeriodProps) {
  const [typed, setTyped] = useState(period);
  const finish = () => {
    if (typed.trim() !== period) ask(typed.trim());
  };
  return (
    <FormField
      label="Period"
      description="Then Enter"
      constraintText="A day (2026-11-30), an ISO week (2026-W48) or a month (2026-11)"
    >
      <Input
        value={typed}
        onChange={({ detail }) => setTyped(detail.value.slice(0, 10))}
        onBlur={finish}
        onKeyDown={({ detail }) => {
          if (detail.key === 'Enter') finish();
        }}
      />
    </FormField>
  );
}

interface TableProps {
  readonly table: ReportTable;
  readonly name: string;
  readonly period: string;
}

function ReportTableView({ table, name, period }: TableProps) {
  const { api, say } = useOperator();
  const rows = table.rows as readonly Row[];
  // The CSV of the API: amounts in units with their currency beside, and no cell that a spreadsheet calculates.
  const saving = useMutation({
    mutationFn: async () => {
      const { data, error, response } = await api.GET(pathOf(name), {
        params: { query: { period, table: table.name as 'all' } },
        headers: { accept: 'text/csv' },
        parseAs: 'text',
      });
      if (!response.ok) throw new ApiError(response.status, (error ?? {}) as object);
      download(`${name}-${period}-${table.name}.csv`, 'text/csv', String(data));
    },
    onError: (error) => say({ type: 'error', text: textOf(error) }),
  });
  return (
    <SpaceBetween size="s">
      <Table
        items={[...rows]}
        wrapLines
        ariaLabels={{ tableLabel: table.title }}
        empty="Nothing in this period"
        columnDefinitions={table.columns.map(({ name: column, title, kind }, place) => ({
          ...{ id: column, header: title, isRowHeader: place === 0 },
          cell: (row: Row) => linked(shownCell(row[column], kind)),
        }))}
        header={
          <Header
            variant="h2"
            counter={`(${rows.length})`}
            actions={
              <Button iconName="download" loading={saving.isPending} onClick={() => saving.mutate()}>
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
  /^ord_[0-9A-HJKMNP-TV-Z]{26}$/.test(text) ? <PageLink to={`/orders/${text}`}>{text}</PageLink> : text;
