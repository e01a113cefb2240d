import type { ProposedOrder } from '../../../../shared/replenishment/run/list-proposals.ts';
import { grouped, textTable } from '../../terminal/text-table.ts';
import { moneyText } from '../client/order-money.ts';

/** The SKUs of an order that a terminal shows. */
const MAX_SKUS = 3;

/** Orders that wait for an approval as a table. */
export const proposalsText = (orders: readonly ProposedOrder[]): string =>
  textTable(
    [
      ...[{ title: 'order' }, { title: 'from' }, { title: 'to' }],
      ...[
        { title: 'units', align: 'right' as const },
        { title: 'total', align: 'right' as const },
      ],
      ...[{ title: 'needed by' }, { title: 'expected' }, { title: 'products', width: 24 }],
    ],
    orders.map((order) => [
      order.replenishmentOrderId,
      ...[order.supplierId ?? order.fromWarehouseId ?? '', order.warehouseId],
      grouped(order.lines.reduce((sum, { units }) => sum + units, 0)),
      ...[moneyText(order.total), firstNeed(order), order.expectedAt.slice(0, 10), skusOf(order)],
    ]),
  );

const firstNeed = ({ lines }: ProposedOrder): string =>
  lines.flatMap(({ needBy }) => needBy ?? []).toSorted()[0] ?? '';

function skusOf({ lines }: ProposedOrder): string {
  const named = lines.slice(0, MAX_SKUS).map(({ sku }) => sku);
  const left = lines.length - named.length;
  return [...named, ...(left === 0 ? [] : [`${left} more`])].join(', ');
}
