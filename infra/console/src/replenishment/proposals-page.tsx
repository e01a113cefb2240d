import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schema } from '../api/client.ts';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { money, words } from '../shell/words.ts';
import { OrderDecisions } from './order-decisions.tsx';
import { day } from './words.ts';

type Proposal = Schema<'ProposedOrder'>;

const columns = [
  {
    ...{ id: 'order', header: 'Proposal', isRowHeader: true },
    cell: ({ replenishmentOrderId: id }: Proposal) => (
      <PageLink to={`/replenishment/orders/${id}`}>{id}</PageLink>
    ),
  },
  {
    ...{ id: 'way', header: 'From and to', minWidth: 150 },
    cell: ({ kind, supplierId, fromWarehouseId, warehouseId }: Proposal) =>
      `${words(kind)} from ${supplierId ?? fromWarehouseId ?? '–'} to ${warehouseId}`,
  },
  {
    ...{ id: 'why', header: 'Units, and why', minWidth: 220 },
    cell: ({ lines }: Proposal) =>
      lines.map(({ sku, units, reasons }) => (
        <div key={sku}>
          <PageLink to={`/stock/${encodeURIComponent(sku)}`}>{sku}</PageLink>
          {`: ${units.toLocaleString()}. ${shortWhy(reasons)}`}
        </div>
      )),
  },
  {
    ...{ id: 'total', header: 'Price, expected', minWidth: 120 },
    cell: ({ total, expectedAt }: Proposal) =>
      `${total === undefined ? 'No price' : money(total)}, ${day(expectedAt)}`,
  },
];

/** The figures that ask for the order; the page of the order has all of them. */
function shortWhy(reasons: readonly string[]): string {
  const figureOf = (code: string) =>
    reasons
      .find((line) => line.startsWith(`${code}: `))
      ?.slice(code.length + 2)
      .split(' = ')[0];
  const [position, reorder] = [figureOf('position'), figureOf('reorder-point')];
  if (position !== undefined && reorder !== undefined)
    return `${position} are here or coming; an order is due at ${reorder}.`;
  return reasons.at(-1) ?? 'A person asked for it.';
}

/** Orders that wait for a decision, the newest first, and cheaper ways to markets. */
export function ProposalsPage() {
  const { api } = useOperator();
  const queries = useQueryClient();
  // The first page alone has the cheaper ways.
  const first = useQuery({
    queryKey: ['replenishment', 'switches'],
    queryFn: () => dataOf(api.GET('/v1/admin/replenishment/proposals', { params: { query: { limit: 1 } } })),
  });
  const decided = () => void queries.invalidateQueries({ queryKey: ['replenishment'] });
  return (
    <SpaceBetween size="m">
      {(first.data?.switches ?? []).map(({ riskKey, sku, market, detail }) => (
        <Alert key={riskKey} type="info" header={`A cheaper way of ${sku ?? ''} to ${market ?? ''}`}>
          {detail}
        </Alert>
      ))}
      <PagedTable
        title="Proposals"
        description="Each waits until a person approves, changes or refuses it. Open one for every figure behind it."
        queryKey={['replenishment', 'proposals']}
        read={async (cursor) => {
          const query = { limit: 20, ...(cursor ? { cursor } : {}) };
          const page = await dataOf(api.GET('/v1/admin/replenishment/proposals', { params: { query } }));
          return { rows: page.proposals, cursor: page.cursor };
        }}
        columns={[
          ...columns,
          {
            ...{ id: 'decide', header: 'Decide', minWidth: 300 },
            cell: (proposal: Proposal) => (
              <OrderDecisions
                order={{
                  ...proposal,
                  lines: proposal.lines.map(({ sku, units }) => ({ sku, ordered: units })),
                }}
                mayBe={['approve', 'cancel']}
                isProposed
                decided={decided}
              />
            ),
          },
        ]}
        trackBy={({ replenishmentOrderId }) => replenishmentOrderId}
        nothing="Nothing waits for an approval"
      />
    </SpaceBetween>
  );
}
