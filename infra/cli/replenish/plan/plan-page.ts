import { sum } from '../../../../shared/kernel/money.ts';
import type { SkuExplained } from '../../../../shared/replenishment/explain/explain-sku.ts';
import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';
import { amount, count, day, text } from '../../../../shared/reports/answer/columns.ts';
import type { AnswerTable, ChartOf } from '../../../../shared/reports/answer/report-answer.ts';
import { cellTexts } from '../../../../shared/reports/page/cell-text.ts';
import { chartSvg } from '../../../../shared/reports/page/chart-svg.ts';
import { PAGE_STYLE } from '../../../../shared/reports/page/page-style.ts';
import { notPlannedTexts } from './not-planned.ts';
import { orderLines } from './order-lines.ts';
import { stockAhead } from './run-out.ts';

const texts = cellTexts('en');
const WIDTHS = { wide: 580, narrow: 340 } as const;

/** A run, its orders, and the plans of the products that are drawn. */
export interface PlanToDraw {
  readonly run: RunView;
  readonly orders: readonly ReplenishmentOrderView[];
  readonly explained: readonly SkuExplained[];
}

/** The plan of a run as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function planPage({ run, orders, explained }: PlanToDraw): string {
  const bought = linesTable(orders);
  const suppliers = suppliersTable(orders);
  const { all, proposed, enough, notPlanned } = run.skuSites;
  const left = notPlanned.reduce((total, each) => total + each.count, 0);
  const cards: [string, number][] = [
    ...([
      ['Products at warehouses', all],
      ['To order', proposed],
    ] as [string, number][]),
    ...([
      ['Have enough', enough],
      ['Not planned', left],
    ] as [string, number][]),
    ['Orders', orders.length],
  ];
  const ahead = explained.flatMap(({ sites, day: of }) =>
    sites.filter(isOrdered).map((plan) => aheadFigure(plan, of)),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Plan of ${run.day}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>Plan of ${run.day}</h1>
<p class="soft">Replenishment, days of ${escaped(run.timeZone)}. State: ${run.state}.</p>
<dl class="cards">${cards.map(([name, value]) => `<div><dt>${name}</dt><dd>${texts.of('count', value)}</dd></div>`).join('')}</dl>
<h2>What to buy, by supplier</h2>
${suppliers.map((table) => `<div class="charts">${figure(table, { table: table.name, kind: 'bar', title: table.title, x: 'supplier', y: ['value'] })}</div>${htmlTable(table)}`).join('\n') || '<p>Nothing is to be bought.</p>'}
${ahead.length === 0 ? '' : `<h2>Stock ahead</h2>\n<p class="soft">The products with the most valuable orders, if as much is sold as the mean of the forecast. Stock never falls below zero: what is not there is not sold.</p>\n<div class="charts">${ahead.join('\n')}</div>`}
<h2>Lines of the orders</h2>
${bought.rows.length === 0 ? '<p>No line.</p>' : htmlTable(bought)}
${notPlanned.length === 0 ? '' : `<h2>Not planned</h2>\n${htmlTable(notPlannedTable(run))}`}
</main>
</body>
</html>
`;
}

const isOrdered = ({ outcome }: SkuPlan): boolean => outcome === 'proposed';

/** A table for each currency, because amounts of two currencies are never in one picture. */
function suppliersTable(orders: readonly ReplenishmentOrderView[]): AnswerTable[] {
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

const linesTable = (orders: readonly ReplenishmentOrderView[]): AnswerTable => ({
  ...{ name: 'lines', title: 'Lines' },
  columns: {
    sku: text('SKU', 'The product.'),
    warehouse: text('To', 'The warehouse.'),
    from: text('From', 'The supplier, or the warehouse of a transfer.'),
    units: count('Units', 'Units of the line.'),
    value: amount('Value', 'Units by price.'),
    expected: day('Expected', 'When the order should arrive.'),
    state: text('State', 'Of the order.'),
  },
  rows: orderLines(orders).map(({ order, line, value }) => ({
    ...{ sku: line.sku, warehouse: order.warehouseId, from: order.supplierId ?? order.fromWarehouseId ?? '' },
    ...{ units: line.ordered, value: value ?? null, expected: order.expectedAt.slice(0, 10) },
    state: order.status,
  })),
});

const notPlannedTable = ({ skuSites: { notPlanned } }: RunView): AnswerTable => ({
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

function aheadFigure(plan: SkuPlan, of: string): string {
  const { sku, warehouseId, units = 0, expectedOn = '', runsOutOn } = plan;
  const out = runsOutOn === undefined ? '' : ` runs out on ${runsOutOn},`;
  const title = `${sku} at ${warehouseId}:${out} ${units} units come on ${expectedOn}`;
  const table: AnswerTable = {
    ...{ name: `ahead-${sku}-${warehouseId}`, title },
    columns: {
      day: day('Day', 'In the time zone of the merchant.'),
      withOrder: count('With the order', 'Units in stock.'),
      without: count('Without it', 'Units in stock.'),
    },
    rows: stockAhead(plan, of).map((each) => ({ ...each })),
  };
  return figure(table, {
    table: table.name,
    kind: 'line',
    title: table.title,
    x: 'day',
    y: ['withOrder', 'without'],
  });
}

/** A wide picture, and a narrow one for a telephone. */
function figure(table: AnswerTable, chart: ChartOf): string {
  const drawn = Object.entries(WIDTHS).flatMap(([name, width]) => {
    const id = `${table.name.replaceAll(/[^A-Za-z0-9-]/g, '-')}-${name}`;
    const svg = chartSvg(table, chart, { texts, isRightToLeft: false, id, width });
    return svg === undefined ? [] : [`<div class="${name}">${svg}</div>`];
  });
  if (drawn.length === 0) return '';
  const title = escaped(chart.title);
  return `<figure role="img" aria-label="${title}"><figcaption>${title}</figcaption>${drawn.join('')}</figure>`;
}

function htmlTable({ columns, rows }: AnswerTable): string {
  const all = Object.entries(columns);
  const head = all.map(([, column]) => `<th scope="col">${column.title}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${all.map(([name, { kind }]) => `<td>${escaped(texts.of(kind, row[name] ?? null))}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
