import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import LineChart from '@cloudscape-design/components/line-chart';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import { dataOf, type Schema } from '../api/client.ts';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { words } from '../shell/words.ts';

type Rates = Schema<'ExchangeRates'>;
const KINDS = ['daily', 'additional', 'eu-customs-month', 'hmrc-month'] as const;
type Kind = (typeof KINDS)[number];

/** Exchange rates by kind, the newest first, and one currency over time. */
export function RatesPage() {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const kind: Kind = KINDS.find((one) => one === search.get('kind')) ?? 'daily';
  const currency = (search.get('currency') ?? 'USD').toUpperCase();
  const [read, setRead] = useState<readonly Rates[]>([]);
  const onRead = useCallback((rows: readonly Rates[]) => setRead(rows), []);
  const rate = ({ rates }: Rates) => (rates as Readonly<Record<string, string>>)[currency];
  const columns = [
    { id: 'date', header: 'Of', isRowHeader: true, cell: ({ month, date }: Rates) => month ?? date },
    { id: 'source', header: 'Source', cell: ({ source }: Rates) => source },
    { id: 'base', header: 'Base', cell: ({ base }: Rates) => base },
    { id: 'rate', header: `${currency} for one`, cell: (table: Rates) => rate(table) ?? '–' },
    { id: 'count', header: 'Currencies', cell: ({ rates }: Rates) => Object.keys(rates).length },
  ];
  return (
    <SpaceBetween size="l">
      <PagedTable
        title="Exchange rates"
        queryKey={['rates', kind]}
        read={async (cursor) => {
          const query = { kind, limit: 50, ...(cursor ? { cursor } : {}) };
          const page = await dataOf(api.GET('/v1/admin/exchange-rates', { params: { query } }));
          return { rows: page.tables, cursor: page.cursor };
        }}
        columns={columns}
        trackBy={({ id }) => id}
        nothing="No table of this kind is stored"
        onRead={onRead}
        filter={
          <SpaceBetween direction="horizontal" size="l">
            <FormField label="Kind">
              <SegmentedControl
                label="Kind"
                selectedId={kind}
                options={KINDS.map((id) => ({ id, text: words(id) }))}
                onChange={({ detail }) => setSearch({ kind: detail.selectedId, currency })}
              />
            </FormField>
            <FormField label="Currency" constraintText="Three letters">
              <Input
                value={currency}
                onChange={({ detail }) =>
                  setSearch({ kind, currency: detail.value.toUpperCase().slice(0, 3) }, { replace: true })
                }
              />
            </FormField>
          </SpaceBetween>
        }
      />
      <Course tables={read} currency={currency} rate={rate} />
    </SpaceBetween>
  );
}

interface CourseProps {
  readonly tables: readonly Rates[];
  readonly currency: string;
  readonly rate: (table: Rates) => string | undefined;
}

/** One currency in the tables that were read, as a line. A single rate is no course. */
function Course({ tables, currency, rate }: CourseProps) {
  const data = tables
    .flatMap((table) => {
      const text = rate(table);
      return text === undefined ? [] : [{ x: new Date(`${table.date}T00:00:00Z`), y: Number(text) }];
    })
    .sort((one, other) => one.x.getTime() - other.x.getTime());
  if (data.length < 2) return null;
  return (
    <LineChart
      series={[{ title: `${currency} for one ${tables[0]?.base ?? ''}`, type: 'line', data }]}
      xScaleType="time"
      xTitle="Day"
      yTitle={currency}
      height={220}
      hideFilter
      ariaLabel={`${currency} over time`}
      i18nStrings={{
        xTickFormatter: (day) => day.toISOString().slice(0, 10),
        chartAriaRoleDescription: 'line chart',
      }}
    />
  );
}
