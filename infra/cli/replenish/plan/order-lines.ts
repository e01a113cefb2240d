import type { Money } from '../../../../shared/kernel/money.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import { byValue, valueAt } from '../client/order-money.ts';

/** A line of an order with its value. */
export interface ShownLine {
  readonly order: ReplenishmentOrderView;
  readonly line: ReplenishmentOrderView['lines'][number];
  /** Without a price there is none. */
  readonly value: Money | undefined;
}

/** The lines of all orders, the most valuable first. */
export const orderLines = (orders: readonly ReplenishmentOrderView[]): ShownLine[] =>
  orders
    .flatMap((order) =>
      order.lines.map((line) => ({ order, line, value: valueAt(line.ordered, line.unitPrice) })),
    )
    .toSorted(byValue);

/** The purchase orders, or the transfer orders. */
export const ofKind = (orders: readonly ReplenishmentOrderView[], kind: ReplenishmentOrderView['kind']) =>
  orders.filter((order) => order.kind === kind);
