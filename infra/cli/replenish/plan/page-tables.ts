import { sum } from '../../../../shared/kernel/money.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { FoundSku } from '../../../../shared/replenishment/run/list-found.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';
import { amount, count, day, text } from '../../../../shared/reports/answer/columns.ts';
import type { AnswerTable } from '../../../../shared/reports/answer/report-answer.ts';
import { moneyText } from '../client/order-money.ts';
import { notPlannedTexts } from './not-planned.ts';
import { becauseOf } from './not-planned-csv.ts';
import { ofKind, orderLines } from './order-lines.ts';
import type { PlanToDraw } from './plan-to-draw.ts';

/** A table for each currency, because amounts of two currencies are never in one picture. */
export function suppliersTables(orders: readonly ReplenishmentOrderView[]): AnswerTable[] {
  const priced = orderLines(orders).flatMap((each) =>
    each.value === undefined ? [] : [{ ...each, value: each.value, supplier: each.order.supplierId ?? '' }],
  );
  return [...Map.groupBy(priced, ({ value }) => value.currency)].map(([currency, lines]) => ({
    ...{ name: `suppliers-${currency}`, title: `Value of the orders, ${currency}` },
    columns: {
      supplier: text('Supplier', 'Who sells the goods.'),
      orders: count('Orders', 'Orders of the run.'),
      units: count('Units', 'Units of all lines.'),
      value: amount('Value', 'Units by price, without recoverable tax.'),
    },
    rows: [...Map.groupBy(lines, ({ supplier }) => supplier)]
      .map(([supplier, own]) => ({
        supplier,
        orders: new Set(own.map(({ order }) => order.replenishmentOrderId)).size,
        units: own.reduce((total, { line }) => total + line.ordered, 0),
        value: sum(
          own.map(({ value }) => value),
          currency,
        ),
      }))
      .toSorted((a, b) => b.value.amountMinor - a.value.amountMinor),
  }));
}

/** The lines of purchase orders, the most valuable first. */
export const linesTable = (orders: readonly ReplenishmentOrderView[]): AnswerTable => ({
  ...{ name: 'lines', title: 'Lines' },
  columns: {
    sku: text('SKU', 'The product.'),
    warehouse: text('To', 'The warehouse.'),
    supplier: text('From', 'The supplier.'),
    units: count('Units', 'Units of the line.'),
    value: amount('Value', 'Units by price.'),
    expected: day('Expected', 'When the order should arrive.'),
    state: text('State', 'Of the order.'),
  },
  rows: orderLines(ofKind(orders, 'purchase')).map(({ order, line, value }) => ({
    ...{ sku: line.sku, warehouse: order.warehouseId, supplier: order.supplierId ?? '' },
    ...{ units: line.ordered, value: value ?? null, expected: order.expectedAt.slice(0, 10) },
    state: order.status,
  })),
});

/** What is moved between warehouses, the most units first, with the reason of the plans that are known. */
export const movesTable = ({ orders, explained }: PlanToDraw): AnswerTable => ({
  ...{ name: 'moves', title: 'Moves' },
  columns: {
    sku: text('SKU', 'The product.'),
    units: count('Units', 'Units of the line.'),
    from: text('From', 'The warehouse that gives them.'),
    to: text('To', 'The warehouse that gets them.'),
    expected: day('Expected', 'When they should arrive.'),
    state: text('State', 'Of the order.'),
    because: text('Because', 'When it runs out, what its hub promises, and the landed cost of the move.'),
  },
  rows: ofKind(orders, 'transfer')
    .flatMap((order) => order.lines.map((line) => ({ order, line })))
    .toSorted((a, b) => b.line.ordered - a.line.ordered)
    .map(({ order, line: { sku, ordered } }) => ({
      ...{ sku, units: ordered, from: order.fromWarehouseId ?? '', to: order.warehouseId },
      ...{ expected: order.expectedAt.slice(0, 10), state: order.status },
      because: whyMoved(explained, sku, order),
    })),
});

function whyMoved(
  explained: PlanToDraw['explained'],
  sku: string,
  { warehouseId, fromWarehouseId }: ReplenishmentOrderView,
): string {
  const plan = explained
    .find((each) => each.sku === sku)
    ?.sites.find((each) => each.warehouseId === warehouseId);
  const moved = plan?.transfers?.find((each) => each.fromWarehouseId === fromWarehouseId);
  if (plan === undefined || moved === undefined) return `entrepot replenish explain ${sku}`;
  const out = plan.runsOutOn === undefined ? '' : `runs out on ${plan.runsOutOn}, `;
  const { stage } = plan;
  const hub =
    stage === undefined || stage.fedBy !== fromWarehouseId
      ? ''
      : `its hub promises it in ${stage.inboundDays} days and its stock covers ${stage.netDays}, `;
  return `${out}${hub}a unit costs ${moneyText(moved.unitCost)} to move`;
}

/** What should not be bought any more, the most units first. */
export const stopsTable = ({ stops }: RunView): AnswerTable => ({
  ...{ name: 'stops', title: 'What to stop' },
  columns: {
    sku: text('SKU', 'The product.'),
    warehouse: text('At', 'The warehouse.'),
    units: count('Units', 'There and on their way.'),
    openOrders: count('Open orders', 'Orders that bring more of it.'),
    because: text('Because', 'Why nothing of it should be bought.'),
  },
  rows: stops.map(({ sku, warehouseId, units, openOrderIds, detail }) => ({
    ...{ sku, warehouse: warehouseId, units, openOrders: openOrderIds.length, because: detail },
  })),
});

/** What the limits took from single needs. */
export const cutsTable = (cut: readonly FoundSku[]): AnswerTable => ({
  ...{ name: 'cuts', title: 'Cut to a limit' },
  columns: {
    sku: text('SKU', 'The product.'),
    warehouse: text('To', 'The warehouse.'),
    from: text('From', 'The supplier, or the warehouse of a transfer.'),
    wanted: count('Wanted', 'Units that the plan wants.'),
    units: count('Ordered', 'Units that the limits left.'),
    because: text('Because of', 'The limits.'),
  },
  rows: cut.flatMap(({ sku, warehouseId, cut: parts = [] }) =>
    parts.map(({ from, wanted, units, limits }) => ({
      ...{ sku, warehouse: warehouseId, from, wanted, units, because: limits.join(', ') },
    })),
  ),
});

/** What the run could not plan as a whole, or the limits that it reached. */
export const problemsTable = (problems: RunView['problems'], name: string): AnswerTable => ({
  ...{ name, title: name },
  columns: {
    code: text('Problem', 'Its code.'),
    subject: text('Of', 'What it is about.'),
    because: text('Because', 'What happened, and what follows.'),
  },
  rows: problems.map(({ code, subject, detail }) => ({ code, subject, because: detail })),
});

/** How many products were not planned, by reason. */
export const reasonsTable = ({ skuSites: { notPlanned } }: RunView): AnswerTable => ({
  ...{ name: 'not-planned', title: 'Not planned' },
  columns: {
    reason: text('Reason', 'Its code.'),
    products: count('Products', 'At warehouses.'),
    because: text('Because', 'What it means, and what to do.'),
  },
  rows: notPlanned
    .toSorted((a, b) => b.count - a.count)
    .map(({ reason, count: products }) => ({ reason, products, because: notPlannedTexts[reason] })),
});

/** Which products were not planned. */
export const notPlannedTable = (found: readonly FoundSku[]): AnswerTable => ({
  ...{ name: 'not-planned-skus', title: 'Products that were not planned' },
  columns: {
    sku: text('SKU', 'The product.'),
    warehouse: text('At', 'The warehouse.'),
    reason: text('Reason', 'Its code.'),
    because: text('Because', 'What the run found.'),
  },
  rows: found.map((each) => ({
    ...{ sku: each.sku, warehouse: each.warehouseId, reason: each.why ?? '' },
    because: becauseOf(each),
  })),
});
