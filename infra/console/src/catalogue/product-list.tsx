import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { money, words } from '../shell/words.ts';

type Listed = Schema<'ListedProduct'>;

const columns = [
  {
    ...{ id: 'sku', header: 'SKU', isRowHeader: true },
    cell: ({ sku }: Listed) => <PageLink to={`/products/${sku}`}>{sku}</PageLink>,
  },
  { id: 'name', header: 'Description', cell: ({ description }: Listed) => description },
  { id: 'hs', header: 'HS code', cell: ({ hsCode }: Listed) => hsCode },
  { id: 'origin', header: 'Origin', cell: ({ originCountry }: Listed) => originCountry },
  { id: 'weight', header: 'Weight', cell: ({ unitWeightGrams }: Listed) => `${unitWeightGrams} g` },
  { id: 'price', header: 'Prices', cell: ({ prices }: Listed) => prices.map(money).join(', ') },
  { id: 'status', header: 'Status', cell: ({ status }: Listed) => words(status ?? 'active') },
];

/** Products by SKU, or those of a customs code. */
export function ProductListPage() {
  const { api, may } = useOperator();
  const [search, setSearch] = useSearchParams();
  const [, go] = useLocation();
  const [sku, setSku] = useState('');
  const hsCode = search.get('hsCode') ?? '';
  const isWhole = /^\d{2,6}$/.test(hsCode);
  return (
    <PagedTable
      title="Products"
      queryKey={['products', hsCode]}
      read={async (cursor) => {
        const query = { limit: 50, ...(isWhole ? { hsCode } : {}), ...(cursor ? { cursor } : {}) };
        const page = await dataOf(api.GET('/v1/admin/products', { params: { query } }));
        return { rows: page.products, cursor: page.cursor };
      }}
      columns={columns}
      trackBy={(product) => product.sku}
      nothing="No product here"
      actions={
        may('catalogue:write') ? <Button onClick={() => go('/products-import')}>Import a file</Button> : null
      }
      filter={
        <SpaceBetween direction="horizontal" size="l">
          <FormField label="Open a product" constraintText="Its whole SKU, then Enter">
            <Input
              value={sku}
              onChange={({ detail }) => setSku(detail.value)}
              onKeyDown={({ detail }) => {
                if (detail.key === 'Enter' && sku.trim() !== '')
                  go(`/products/${encodeURIComponent(sku.trim())}`);
              }}
            />
          </FormField>
          <FormField label="HS code begins with" constraintText="Two to six digits">
            <Input
              value={hsCode}
              onChange={({ detail }) =>
                setSearch(
                  detail.value === '' ? {} : { hsCode: detail.value.replaceAll(/\D/g, '').slice(0, 6) },
                  {
                    replace: true,
                  },
                )
              }
            />
          </FormField>
        </SpaceBetween>
      }
    />
  );
}
