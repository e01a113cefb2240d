import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import PieChart from '@cloudscape-design/components/pie-chart';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { money, words } from '../shell/words.ts';

type Checked = Schema<'CheckedProduct'>;

const LOOKS = { priced: 'success', range: 'warning', refused: 'error' } as const;

const columns = [
  {
    ...{ id: 'sku', header: 'SKU', isRowHeader: true },
    cell: ({ sku }: Checked) => <PageLink to={`/products/${sku}`}>{sku}</PageLink>,
  },
  { id: 'hs', header: 'Code', cell: ({ hsCode }: Checked) => hsCode },
  {
    ...{ id: 'outcome', header: 'Outcome' },
    cell: ({ outcome }: Checked) => <StatusIndicator type={LOOKS[outcome]}>{words(outcome)}</StatusIndicator>,
  },
  { id: 'duty', header: 'Duty', cell: ({ dutyRate }: Checked) => dutyRate ?? '–' },
  {
    ...{ id: 'charges', header: 'Duty and tax' },
    cell: ({ charges }: Checked) => (charges === undefined ? '–' : money(charges)),
  },
  { id: 'missing', header: 'Lacks', cell: ({ missing }: Checked) => missing.map(words).join(', ') || '–' },
  { id: 'why', header: 'Why', cell: ({ detail }: Checked) => detail ?? '–' },
  {
    ...{ id: 'proofs', header: 'With a proof of origin' },
    cell: ({ proofs }: Checked) =>
      proofs.map(({ agreement, charges }) => `${agreement}: ${money(charges)}`).join(', ') || '–',
  },
];

/** Whether each product has a price in a market, and what it lacks. */
export function MarketsPage() {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const country = search.get('country') ?? 'US';
  const [read, setRead] = useState<readonly Checked[]>([]);
  const onRead = useCallback((rows: readonly Checked[]) => setRead(rows), []);
  const isWhole = /^[A-Z]{2}$/.test(country);
  return (
    <SpaceBetween size="l">
      <PagedTable
        title="What lacks for a market"
        description="Each product as one order with duty paid, by the rules, tariffs, rates and registrations that a quote uses"
        queryKey={['markets', country]}
        read={async (cursor) => {
          if (!isWhole) return { rows: [] };
          const query = { country, limit: 50, ...(cursor ? { cursor } : {}) };
          const page = await dataOf(api.GET('/v1/admin/products/check', { params: { query } }));
          return { rows: page.products, cursor: page.cursor };
        }}
        columns={columns}
        trackBy={({ sku }) => sku}
        nothing={isWhole ? 'No product is stored' : 'A market has two letters'}
        onRead={onRead}
        filter={
          <FormField label="Market" constraintText="Two letters, such as US">
            <Input
              value={country}
              onChange={({ detail }) =>
                setSearch({ country: detail.value.toUpperCase().slice(0, 2) }, { replace: true })
              }
            />
          </FormField>
        }
      />
      {read.length === 0 ? null : <Shares products={read} country={country} />}
    </SpaceBetween>
  );
}

/** How many of the products that were read have a price. */
function Shares({ products, country }: { readonly products: readonly Checked[]; readonly country: string }) {
  const data = (['priced', 'range', 'refused'] as const).map((outcome) => ({
    title: words(outcome),
    value: products.filter((product) => product.outcome === outcome).length,
  }));
  return (
    <PieChart
      data={data.filter(({ value }) => value > 0)}
      variant="donut"
      size="medium"
      hideFilter
      innerMetricValue={`${data[0]?.value ?? 0} of ${products.length}`}
      innerMetricDescription={`priced in ${country}`}
      ariaLabel={`Products that have a price in ${country}`}
    />
  );
}
