import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { Schema } from '../api/client.ts';
import { day } from '../replenishment/words.ts';

type Stock = Schema<'StockOfSku'>;
type Figure = keyof Stock['total'];
type Row = Stock['total'] & { readonly warehouseId: string };

const FIGURES: readonly (readonly [Figure, string])[] = [
  ['onHand', 'On hand'],
  ['reserved', 'Reserved'],
  ['quarantined', 'In quarantine'],
  ['available', 'Available'],
  ['inTransit', 'In transit'],
  ['received', 'Received'],
  ['shipped', 'Shipped'],
  ['writtenOff', 'Written off'],
];

/** The units of a product at each warehouse, their sum, and what is between warehouses. */
export function Levels({ stock }: { readonly stock: Stock }) {
  const rows: readonly Row[] = [...stock.warehouses, { ...stock.total, warehouseId: 'All warehouses' }];
  return (
    <SpaceBetween size="m">
      <Table
        items={rows}
        wrapLines
        trackBy="warehouseId"
        ariaLabels={{ tableLabel: 'Units by warehouse' }}
        header={
          <Header variant="h2" description="On hand is what is available, reserved and in quarantine.">
            Units by warehouse
          </Header>
        }
        columnDefinitions={[
          {
            ...{ id: 'warehouse', header: 'Warehouse', isRowHeader: true },
            cell: ({ warehouseId }: Row) => warehouseId,
          },
          ...FIGURES.map(([id, header]) => ({
            ...{ id, header },
            cell: (row: Row) => row[id].toLocaleString(),
          })),
        ]}
      />
      {stock.transfers.length === 0 ? null : (
        <Table
          items={stock.transfers}
          wrapLines
          trackBy="transferId"
          ariaLabels={{ tableLabel: 'Between warehouses' }}
          header={<Header variant="h3">Between warehouses</Header>}
          columnDefinitions={[
            { id: 'id', header: 'Transfer', isRowHeader: true, cell: ({ transferId }) => transferId },
            { id: 'from', header: 'From', cell: ({ fromWarehouseId }) => fromWarehouseId },
            { id: 'to', header: 'To', cell: ({ toWarehouseId }) => toWarehouseId },
            {
              ...{ id: 'open', header: 'On the way' },
              cell: ({ open, quantity }) => (
                <>
                  {open.toLocaleString()} <Box variant="small">of {quantity.toLocaleString()}</Box>
                </>
              ),
            },
            { id: 'expected', header: 'Expected', cell: ({ expectedAt }) => day(expectedAt) },
          ]}
        />
      )}
    </SpaceBetween>
  );
}
