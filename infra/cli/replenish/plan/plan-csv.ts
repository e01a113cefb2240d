import { fromJson } from '../../../../shared/kernel/money.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import { amount, count, day, text } from '../../../../shared/reports/answer/columns.ts';
import { csvLines } from '../../../../shared/reports/answer/report-csv.ts';
import { orderLines } from './order-lines.ts';

/** Every line of the orders as comma-separated values, with a line of titles. Amounts are in major units. */
export function planCsv(orders: readonly ReplenishmentOrderView[]): string {
  return [
    ...csvLines({
      ...{ name: 'lines', title: 'Lines of the orders' },
      columns: {
        order: text('Order', 'The id of the order.'),
        kind: text('Kind', 'A purchase or a transfer.'),
        status: text('State', 'The state of the order.'),
        supplier: text('Supplier', 'Empty for a transfer.'),
        from: text('From', 'The warehouse that a transfer leaves.'),
        warehouse: text('Warehouse', 'Where the units arrive.'),
        sku: text('SKU', 'The product.'),
        units: count('Units', 'The units that are ordered.'),
        unitPrice: amount('Unit price', 'Of one unit, without recoverable tax.'),
        value: amount('Value', 'Units by price.'),
        expected: day('Expected', 'When the order should arrive, UTC.'),
      },
      rows: orderLines(orders).map(({ order, line, value }) => ({
        ...{ order: order.replenishmentOrderId, kind: order.kind, status: order.status },
        ...{ supplier: order.supplierId ?? '', from: order.fromWarehouseId ?? '' },
        ...{ warehouse: order.warehouseId, sku: line.sku, units: line.ordered },
        unitPrice: line.unitPrice === undefined ? null : fromJson(line.unitPrice),
        value: value ?? null,
        expected: order.expectedAt.slice(0, 10),
      })),
    }),
  ].join('');
}
