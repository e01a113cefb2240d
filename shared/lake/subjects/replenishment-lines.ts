import { count, date, defineSubject, instant, text, whole } from '../subject.ts';

/** Lines of purchase and transfer orders as they were proposed. */
export const replenishmentLines = defineSubject({
  name: 'replenishment_lines',
  says: 'A SKU of a purchase order or a transfer order, as it was proposed.',
  columns: {
    replenishment_order_id: text('The order.'),
    kind: text('purchase or transfer.'),
    supplier_id: text('The supplier of a purchase order.'),
    from_warehouse_id: text('The warehouse that gives the units of a transfer order.'),
    warehouse_id: text('The warehouse that gets the units.'),
    sku: text('The product.'),
    quantity: count('Units that were ordered.'),
    unit_price_minor: whole('The price of one unit, of a purchase order, without recoverable tax.'),
    currency: text('The currency of that price.'),
    need_by: date('The day on which the units are needed, UTC.'),
    expected_at: instant('When the order should arrive, by the lead time, UTC.'),
    run_id: text('The run that proposed it, or the key of the request.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'replenishment.proposed') return [];
    const { data } = record;
    return data.lines.map(({ sku, quantity, unitPrice, needBy }) => ({
      replenishment_order_id: data.replenishmentOrderId,
      kind: data.kind,
      supplier_id: data.supplierId,
      from_warehouse_id: data.fromWarehouseId,
      warehouse_id: data.warehouseId,
      sku,
      quantity,
      unit_price_minor: unitPrice?.amount,
      currency: unitPrice?.currency,
      need_by: needBy,
      expected_at: data.expectedAt,
      run_id: data.runId,
    }));
  },
});
