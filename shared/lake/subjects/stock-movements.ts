import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import type { FactRecord, LakeRecord, OtherRecord } from '../record.ts';
import { count, defineSubject, type RowOf, text } from '../subject.ts';
import { placedConsignments } from './placed-consignments.ts';

const columns = {
  sku: text('The product.'),
  warehouse_id: text(
    'The warehouse. Absent for goods that came back: they are at the warehouse of their parcel.',
  ),
  kind: text(
    'By hand: receive, adjust, write-off, quarantine, release-from-quarantine, dispatch-transfer, ' +
      'receive-transfer. Of orders: reserve, restock. The view stock_moves has also what orders release and ship.',
  ),
  state: text('The count that changed: available, reserved, on_hand, quarantined, in_transit, shipped …'),
  units: count('By how many units it changed.'),
  order_id: text('The order, if an order moved it.'),
  parcel_id: text('The parcel, if an order moved it.'),
  key: text("The operator's key of a movement by hand."),
};

type Movement = RowOf<typeof columns>;

/** What moved stock, as far as one fact alone says it. */
export const stockMovements = defineSubject({
  name: 'stock_movements',
  says: 'A count of stock that a movement by hand, a new order or a return of goods changed.',
  columns,
  rowsOf: (record) => {
    if (record.name === 'stock.moved') return byHand(record);
    if (record.name === 'parcel.closed') return restocked(record);
    return reserved(record);
  },
});

const nothing = { order_id: undefined, parcel_id: undefined, key: undefined };

/** The names of states in the table. */
const STATES = {
  available: 'available',
  quarantined: 'quarantined',
  onHand: 'on_hand',
  inTransit: 'in_transit',
  received: 'received',
  transferredIn: 'transferred_in',
  transferredOut: 'transferred_out',
  writtenOff: 'written_off',
} as const;

function byHand({ data }: OtherRecord<'stock.moved'>): Movement[] {
  return data.changes.flatMap((change) =>
    Object.entries(STATES).flatMap(([name, state]) => {
      const units = change[name as keyof typeof STATES];
      if (units === undefined || units === 0) return [];
      const { sku, kind, key } = data;
      return [{ ...nothing, sku, warehouse_id: change.warehouseId, kind, state, units, key }];
    }),
  );
}

function reserved(record: LakeRecord): Movement[] {
  return placedConsignments(record).flatMap(({ orderId, parcelId, consignment }) =>
    unitsBySku(consignment).flatMap(([sku, units]) => {
      const row = {
        ...nothing,
        ...{ sku, warehouse_id: consignment.warehouseId, kind: 'reserve' },
        ...{ order_id: orderId, parcel_id: parcelId },
      };
      return [
        { ...row, state: 'available', units: -units },
        { ...row, state: 'reserved', units },
      ];
    }),
  );
}

function unitsBySku({ lines }: PlannedConsignment): [string, number][] {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units];
}

function restocked({ orderId, data }: FactRecord<'parcel.closed'>): Movement[] {
  const { parcelId, outcome, restock = [] } = data;
  if (outcome === 'stopped') return [];
  return restock.flatMap(({ sku, sellable, writtenOff }) => {
    const row = {
      ...nothing,
      ...{ sku, warehouse_id: undefined, kind: 'restock', order_id: orderId, parcel_id: parcelId },
    };
    const rows = [
      { ...row, state: 'available', units: sellable },
      { ...row, state: 'on_hand', units: sellable },
      { ...row, state: 'written_off', units: writtenOff },
      { ...row, state: 'shipped', units: -sellable - writtenOff },
    ];
    return rows.filter(({ units }) => units !== 0);
  });
}
