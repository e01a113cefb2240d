import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { words } from '../shell/words.ts';

type Found = Schema<'FoundByRun'>;

interface Props {
  readonly day: string;
  readonly found: 'not-planned' | 'to-stop' | 'cut';
  readonly title: string;
}

const columns = [
  {
    ...{ id: 'sku', header: 'Product', isRowHeader: true },
    cell: ({ sku }: Found) => <PageLink to={`/stock/${encodeURIComponent(sku)}`}>{sku}</PageLink>,
  },
  { id: 'warehouse', header: 'Warehouse', cell: ({ warehouseId }: Found) => warehouseId },
  { id: 'why', header: 'Why', cell: whyOf },
  {
    id: 'open',
    header: 'Open orders',
    cell: ({ openOrderIds = [] }: Found) => openOrderIds.join(', ') || '–',
  },
];

/** The products that a run did not plan, would stop, or has cut. */
export function FoundByRun({ day, found, title }: Props) {
  const { api } = useOperator();
  return (
    <PagedTable
      title={title}
      heading="h2"
      queryKey={['replenishment', 'found', day, found]}
      read={async (cursor) => {
        const params = { path: { day }, query: { found, limit: 50, ...(cursor ? { cursor } : {}) } };
        const page = await dataOf(api.GET('/v1/admin/replenishment/runs/{day}/skus', { params }));
        return { rows: page.skus, cursor: page.cursor };
      }}
      columns={columns}
      trackBy={({ sku, warehouseId }) => `${sku}#${warehouseId}`}
      nothing="None"
    />
  );
}

function whyOf({ why, detail, stop, cut = [] }: Found): string {
  const stops = stop === undefined ? '' : `${words(stop.reason)}: ${stop.detail}`;
  const cuts = cut.map(
    ({ from, wanted, units, limits }) => `${units} of ${wanted} from ${from}, by ${limits.join(', ')}`,
  );
  return [why === undefined ? '' : words(why), detail, stops, ...cuts].filter(Boolean).join(': ');
}
