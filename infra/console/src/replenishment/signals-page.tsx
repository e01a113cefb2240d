import { useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { words } from '../shell/words.ts';
import { NewSignal } from './new-signal.tsx';
import { day, figure } from './words.ts';

type Signal = Schema<'StoredDemandSignal'>;

const columns = [
  { id: 'code', header: 'Signal', isRowHeader: true, cell: ({ signalId }: Signal) => signalId },
  { id: 'kind', header: 'Kind', cell: ({ kind }: Signal) => words(kind) },
  {
    ...{ id: 'days', header: 'Days' },
    cell: ({ firstDay, lastDay, days }: Signal) =>
      `${day(firstDay)} to ${day(lastDay)}${days.feast === undefined ? '' : `, by ${words(days.feast)}`}`,
  },
  {
    ...{ id: 'markets', header: 'Markets' },
    cell: ({ markets }: Signal) => (markets[0] === '*' ? 'All' : markets.join(', ')),
  },
  {
    ...{ id: 'goods', header: 'Goods' },
    cell: ({ skus = [], categories = [] }: Signal) =>
      [...skus, ...categories.map((code) => `HS ${code}`)].join(', ') || 'All',
  },
  {
    ...{ id: 'uplift', header: 'Demand' },
    cell: ({ uplift: { factor, unitsADay } }: Signal) =>
      factor === undefined ? `${figure(unitsADay ?? 0)} units more a day` : `times ${figure(factor)}`,
  },
  { id: 'by', header: 'Stock there by', cell: ({ arriveBy }: Signal) => day(arriveBy) },
];

/** Signals of demand: holidays, campaigns and feeds that change the forecast of single days. */
export function SignalsPage() {
  const { api, may } = useOperator();
  const queries = useQueryClient();
  const queryKey = ['replenishment', 'signals'];
  const changed = () => void queries.invalidateQueries({ queryKey });
  const retire = {
    ...{ id: 'retire', header: 'Retire' },
    cell: ({ signalId }: Signal) => (
      <Decision
        text="Retire"
        about={signalId}
        says="The forecast of its days is as without it from the next run on. Orders that were placed for it stay. If its days are past, their sales count as usual demand again."
        done={`${signalId} is retired.`}
        send={() =>
          dataOf(
            api.POST('/v1/admin/replenishment/signals/import', {
              body: { dryRun: false, signals: [], retired: [signalId] },
            }),
          )
        }
        decided={changed}
      />
    ),
  };
  return (
    <PagedTable
      title="Signals of demand"
      description="A signal changes the forecast of its days, markets and goods, and of no others."
      queryKey={queryKey}
      read={async (cursor) => {
        const query = { limit: 50, ...(cursor ? { cursor } : {}) };
        const page = await dataOf(api.GET('/v1/admin/replenishment/signals', { params: { query } }));
        return { rows: page.signals, cursor: page.cursor };
      }}
      columns={may('replenishment:write') ? [...columns, retire] : columns}
      trackBy={({ signalId }) => signalId}
      nothing="No signal: every day is forecast from sales alone"
      actions={may('replenishment:write') ? <NewSignal stored={changed} /> : null}
    />
  );
}
