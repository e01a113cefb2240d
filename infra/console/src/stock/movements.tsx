import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf, type Schema } from '../api/client.ts';
import { Failure } from '../shell/failure.tsx';
import { PageLink } from '../shell/link.tsx';
import { useOperator } from '../shell/operator.tsx';
import { moment, words } from '../shell/words.ts';
import { onHandLines } from './on-hand.ts';
import { UnitsChart } from './units-chart.tsx';

type Entry = Schema<'StockEntry'>;

interface Props {
  readonly sku: string;
  readonly positions: Schema<'StockOfSku'>['warehouses'];
}

/** A chart of less than this shows hours. */
const SHORT_MS = 4 * 86_400_000;
/** Rows of the table until more are asked for. */
const SHOWN = 25;

const signed = (units: number): string =>
  units === 0 ? '–' : `${units > 0 ? '+' : '−'}${Math.abs(units).toLocaleString()}`;

/** Every change of the product's stock, as a line of what was on hand and as a table, the newest first. */
export function Movements({ sku, positions }: Props) {
  const { api } = useOperator();
  const [shown, setShown] = useState(SHOWN);
  const [now] = useState(() => new Date());
  const read = useInfiniteQuery({
    queryKey: ['stock-entries', sku],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const query = { limit: 500, ...(pageParam ? { cursor: pageParam } : {}) };
      return dataOf(api.GET('/v1/admin/stock/{sku}/entries', { params: { path: { sku }, query } }));
    },
    getNextPageParam: ({ cursor }) => cursor,
  });
  if (read.error !== null) return <Failure error={read.error} again={() => void read.refetch()} />;
  if (read.data === undefined) return <Spinner />;
  const entries = read.data.pages
    .flatMap((page) => page.entries)
    .toSorted((a, b) => b.at.localeCompare(a.at));
  const lines = onHandLines(positions, entries, now);
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${entries.length}${read.hasNextPage ? '+' : ''})`}
          description={
            read.hasNextPage
              ? 'Not all changes are read yet: earlier ones may lie between those that are shown.'
              : 'Movements by hand and what orders did. Their sums are the units above.'
          }
          actions={
            read.hasNextPage ? (
              <Button loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
                Read more changes
              </Button>
            ) : null
          }
        >
          Movements
        </Header>
      }
    >
      <SpaceBetween size="m">
        <UnitsChart
          title={`Units of ${sku} on hand`}
          xTitle="Time"
          nothing="Nothing moved yet"
          isShort={now.getTime() - Date.parse(entries.at(-1)?.at ?? '') < SHORT_MS}
          series={lines.map(({ warehouseId, points }) => ({
            ...{ title: warehouseId, type: 'line', data: points },
          }))}
        />
        <EntryTable entries={entries.slice(0, shown)} />
        {entries.length > shown ? (
          <Box textAlign="center">
            <Button onClick={() => setShown(shown * 4)}>Show more</Button>
          </Box>
        ) : null}
      </SpaceBetween>
    </Container>
  );
}

function EntryTable({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <Table
      variant="embedded"
      items={entries}
      wrapLines
      ariaLabels={{ tableLabel: 'Movements' }}
      empty="Nothing moved yet"
      columnDefinitions={[
        { id: 'at', header: 'When', isRowHeader: true, cell: ({ at }) => moment(at) },
        { id: 'cause', header: 'What', cell: ({ cause }) => words(cause) },
        { id: 'warehouse', header: 'Warehouse', cell: ({ warehouseId }) => warehouseId },
        { id: 'onHand', header: 'On hand', cell: ({ onHand }) => signed(onHand) },
        { id: 'available', header: 'Available', cell: ({ available }) => signed(available) },
        { id: 'reserved', header: 'Reserved', cell: ({ reserved }) => signed(reserved) },
        {
          ...{ id: 'other', header: 'In quarantine, in transit' },
          cell: ({ quarantined, inTransit }) => `${signed(quarantined)}, ${signed(inTransit)}`,
        },
        { id: 'of', header: 'Of', cell: (entry) => <Origin {...entry} /> },
      ]}
    />
  );
}

function Origin({ orderId, transferId, reason }: Entry) {
  if (orderId !== undefined) return <PageLink to={`/orders/${orderId}`}>{orderId}</PageLink>;
  return [transferId, reason].filter(Boolean).join(': ') || '–';
}
