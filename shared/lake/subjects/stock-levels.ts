import { count, defineSubject, instant, text } from '../subject.ts';

/** The stock levels that were published. */
export const stockLevels = defineSubject({
  name: 'stock_levels',
  says:
    'The stock of a SKU at a warehouse, as it was published after a movement by hand, when it ran out and when it was ' +
    'available again. An order that leaves some makes no row.',
  columns: {
    sku: text('The product.'),
    warehouse_id: text('The warehouse.'),
    available: count('Units that can be sold.'),
    reserved: count('Units that orders have reserved.'),
    quarantined: count('Units that may not be sold.'),
    on_hand: count('Units in the warehouse.'),
    in_transit: count('Units on the way there from another warehouse.'),
    as_of: instant('The instant of the counts, UTC: the latest one is true.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'stock.changed') return [];
    const { sku, warehouseId, available, reserved, quarantined, onHand, inTransit, asOf } = record.data;
    return [
      {
        ...{ sku, warehouse_id: warehouseId, available, reserved, quarantined },
        ...{ on_hand: onHand, in_transit: inTransit, as_of: asOf },
      },
    ];
  },
});
