import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ApiError, dataOf, type Schema } from '../api/client.ts';
import { Decision } from '../shell/decision.tsx';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { words } from '../shell/words.ts';
import { useWarehouses, WarehouseField } from '../stock/warehouse-field.tsx';
import { figure } from './words.ts';

type Slotting = Schema<'Slotting'>;
type Move = Schema<'SlottingMove'>;

/** The storage zones of a warehouse, and the moves that save walking. The warehouse is in the address. */
export function SlottingPage() {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const first = useWarehouses().data?.warehouses[0]?.warehouseId ?? '';
  const warehouseId = search.get('warehouse') ?? first;
  const slotting = useQuery({
    queryKey: ['slotting', warehouseId],
    enabled: warehouseId !== '',
    queryFn: () =>
      dataOf(
        api.GET('/v1/admin/replenishment/slotting/{warehouseId}', { params: { path: { warehouseId } } }),
      ),
  });
  const { error } = slotting;
  const isAbsent = error instanceof ApiError && error.status === 404;
  return (
    <ContentLayout header={<Header variant="h1">Places in warehouses</Header>}>
      <SpaceBetween size="l">
        <WarehouseField value={warehouseId} changed={(warehouse) => setSearch({ warehouse })} all="" />
        {isAbsent ? (
          <Alert type="info">
            Nobody has described the storage zones of {warehouseId} yet. With them, each run proposes which
            products should lie nearer to the packing desk.
          </Alert>
        ) : null}
        {error === null || isAbsent ? null : <Failure error={error} again={() => void slotting.refetch()} />}
        {slotting.data === undefined || error !== null ? null : (
          <Moves slotting={slotting.data} made={() => void slotting.refetch()} />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

function Moves({ slotting, made }: { readonly slotting: Slotting; readonly made: () => void }) {
  const { may } = useOperator();
  const { warehouseId, layout, moves } = slotting;
  return (
    <SpaceBetween size="l">
      <Table
        items={moves}
        wrapLines
        ariaLabels={{ tableLabel: 'Proposed moves' }}
        empty={<Box textAlign="center">No move saves enough walking</Box>}
        header={
          <Header variant="h2" counter={`(${moves.length})`} description="Those that save most come first.">
            Proposed moves
          </Header>
        }
        columnDefinitions={[
          { id: 'sku', header: 'Product', isRowHeader: true, cell: ({ sku }) => sku },
          { id: 'from', header: 'From', cell: ({ from }) => from },
          { id: 'to', header: 'To', cell: ({ to }) => to },
          { id: 'why', header: 'Why', cell: ({ reason }) => words(reason) },
          {
            ...{ id: 'picks', header: 'Picks a day' },
            cell: ({ picksPerDayMilli }) => figure(picksPerDayMilli / 1000),
          },
          { id: 'saves', header: 'Saves a day', cell: ({ savedMetresPerDay }) => `${savedMetresPerDay} m` },
          { id: 'costs', header: 'Costs once', cell: ({ moveMetres }) => `${moveMetres} m` },
          ...(may('replenishment:write')
            ? [
                {
                  ...{ id: 'made', header: 'Done?' },
                  cell: (move: Move) => <Made {...{ move, made }} />,
                },
              ]
            : []),
        ]}
      />
      <Table
        items={layout.zones}
        wrapLines
        trackBy="zone"
        ariaLabels={{ tableLabel: `Storage zones of ${warehouseId}` }}
        header={<Header variant="h2">Storage zones</Header>}
        columnDefinitions={[
          { id: 'zone', header: 'Zone', isRowHeader: true, cell: ({ zone }) => zone },
          { id: 'name', header: 'Name', cell: ({ name }) => name },
          { id: 'far', header: 'From the packing desk', cell: ({ distanceMetres }) => `${distanceMetres} m` },
          {
            id: 'room',
            header: 'Room',
            cell: ({ capacityLitres }) => `${capacityLitres.toLocaleString()} l`,
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Made({ move, made }: { readonly move: Move; readonly made: () => void }) {
  const { api } = useOperator();
  const { warehouseId, sku, to } = move;
  return (
    <Decision
      text="Moved"
      about={sku}
      says={`${sku} is recorded in ${to}, and the proposal ends. Units of stock don't change.`}
      done={`${sku} lies in ${to}.`}
      send={() =>
        dataOf(
          api.POST('/v1/admin/replenishment/slotting/{warehouseId}', {
            params: { path: { warehouseId } },
            body: { dryRun: false, placed: [{ sku, zone: to }] },
          }),
        )
      }
      decided={made}
    />
  );
}
