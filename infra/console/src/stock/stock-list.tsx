import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { dataOf } from '../api/client.ts';
import { useOpenOrders } from '../replenishment/open-orders.ts';
import { day } from '../replenishment/words.ts';
import { Failure } from '../shell/failure.tsx';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { inboundOf, type Mark, markOf, rowKey, rowsOf, runningOut, type StockRow } from './marks.ts';
import { StockFilter } from './stock-filter.tsx';

const PAGE = 50;
/** Below this many units a product is low where the address says nothing else. */
const LOW_UNITS = 10;

const units = (of: keyof NonNullable<StockRow['at']>) => (row: StockRow) =>
  (row.at?.[of] ?? 0).toLocaleString();

/** The units of every product at every warehouse. The filters are in the address. */
export function StockListPage() {
  const { api, may } = useOperator();
  const [search] = useSearchParams();
  const [read, setRead] = useState<readonly StockRow[]>([]);
  const warehouse = search.get('warehouse') ?? '';
  const sku = (search.get('sku') ?? '').toLowerCase();
  const wanted = search.get('mark') ?? 'all';
  const lowUnits = Number(search.get('low') ?? LOW_UNITS) || 0;
  const mayPlan = may('replenishment:read');
  const risks = useQuery({
    queryKey: ['risks'],
    queryFn: () => dataOf(api.GET('/v1/admin/replenishment/risks')),
    enabled: mayPlan,
  });
  const orders = useOpenOrders();
  const out = useMemo(() => runningOut(risks.data?.risks ?? []), [risks.data]);
  const mark = (row: StockRow) => markOf(row, lowUnits, out);
  const isNamed = (row: StockRow) => `${row.sku} ${row.description}`.toLowerCase().includes(sku);
  const onRead = useCallback((rows: readonly StockRow[]) => setRead(rows), []);
  const marks = read.filter(isNamed).map(mark);
  const count = (of: Mark) => marks.filter((each) => each === of).length;
  return (
    <>
      {risks.error === null ? null : <Failure error={risks.error} again={() => void risks.refetch()} />}
      {orders.error === null ? null : <Failure error={orders.error} again={orders.again} />}
      <PagedTable
        title="Stock"
        description={`Of those that were read: ${count('out')} out of stock, ${count('low')} low. Low is ${lowUnits} units or fewer${mayPlan ? ', or running out before the next arrival by the last run' : ''}.`}
        queryKey={['stock', warehouse]}
        read={async (cursor) => {
          const of = { ...(warehouse === '' ? {} : { warehouse }), ...(cursor ? { cursor } : {}) };
          const query = { limit: PAGE, ...of };
          const page = await dataOf(api.GET('/v1/admin/stock', { params: { query } }));
          return { rows: rowsOf(page.stock), cursor: page.cursor };
        }}
        onRead={onRead}
        columns={[
          {
            ...{ id: 'sku', header: 'Product', isRowHeader: true, minWidth: 170 },
            cell: (row) => (
              <>
                <PageLink to={`/stock/${encodeURIComponent(row.sku)}`}>{row.sku}</PageLink>
                <Box color="text-body-secondary" fontSize="body-s">
                  {row.description}
                </Box>
              </>
            ),
          },
          { id: 'warehouse', header: 'Warehouse', cell: ({ at }) => at?.warehouseId ?? 'Nowhere yet' },
          {
            id: 'mark',
            header: 'State',
            minWidth: 100,
            cell: (row) => <MarkText mark={mark(row)} sold={row.sold} />,
          },
          { id: 'onHand', header: 'On hand', cell: units('onHand') },
          { id: 'reserved', header: 'Reserved', cell: units('reserved') },
          { id: 'quarantined', header: 'In quarantine', cell: units('quarantined') },
          { id: 'available', header: 'Available', cell: units('available') },
          {
            ...{ id: 'inbound', header: 'Inbound' },
            cell: (row) => <InboundText {...inboundOf(row, orders.orders)} />,
          },
        ]}
        trackBy={rowKey}
        only={(row) => isNamed(row) && (wanted === 'all' || mark(row) === wanted)}
        nothing="No stock here. Read more, or ask for less."
        filter={<StockFilter lowUnits={lowUnits} />}
      />
    </>
  );
}

function MarkText({ mark, sold }: { readonly mark: Mark; readonly sold: boolean }) {
  if (!sold) return <StatusIndicator type="stopped">Retired</StatusIndicator>;
  if (mark === 'out') return <StatusIndicator type="error">Out</StatusIndicator>;
  if (mark === 'low') return <StatusIndicator type="warning">Low</StatusIndicator>;
  return <StatusIndicator type="success">In stock</StatusIndicator>;
}

function InboundText({ units: coming, nextAt }: ReturnType<typeof inboundOf>) {
  if (coming === 0) return '–';
  return `${coming.toLocaleString()}${nextAt === undefined ? '' : `, ${day(nextAt)}`}`;
}
