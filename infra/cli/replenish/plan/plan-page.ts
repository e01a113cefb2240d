import type { SkuPlan } from '../../../../shared/replenishment/explain/sku-plan.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import { type ColumnKind, count, day } from '../../../../shared/reports/answer/columns.ts';
import type { AnswerTable, ChartOf } from '../../../../shared/reports/answer/report-answer.ts';
import { cellTexts } from '../../../../shared/reports/page/cell-text.ts';
import { chartSvg } from '../../../../shared/reports/page/chart-svg.ts';
import { PAGE_STYLE } from '../../../../shared/reports/page/page-style.ts';
import { isLimit } from './is-limit.ts';
import { ofKind } from './order-lines.ts';
import {
  cutsTable,
  linesTable,
  movesTable,
  notPlannedTable,
  problemsTable,
  reasonsTable,
  stopsTable,
  suppliersTables,
} from './page-tables.ts';
import type { PlanToDraw } from './plan-to-draw.ts';
import { stockAhead } from './run-out.ts';

const texts = cellTexts('en');
const WIDTHS = { wide: 580, narrow: 340 } as const;

/** Reasons are broken into lines. On a telephone a row is a few lines of text, each figure with its name. */
const OWN_STYLE = `
td.words { white-space: normal; min-inline-size: 16rem; }
@media screen and (max-width: 560px) {
  .reasons thead { display: none; }
  .reasons tr { display: block; padding: 6px 8px; border-block-end: 1px solid var(--rule); }
  .reasons tr:last-child { border-block-end: 0; }
  .reasons td { display: inline; border: 0; padding: 0; white-space: normal; overflow-wrap: anywhere; }
  .reasons td:first-child { display: block; font-weight: 600; }
  .reasons td:not(:first-child, .words)::before { content: attr(data-is) '\\a0'; color: var(--soft); }
  .reasons td:not(:first-child, .words)::after { content: '  '; white-space: pre; }
  .reasons td.words { display: block; color: var(--soft); } }
`;
/** The lines of a table that may be long; the command has all of them as CSV. */
const MAX_LINES = 300;

/** The plan of a run as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function planPage(plan: PlanToDraw): string {
  const { run, orders, explained, notPlanned, cut } = plan;
  const { all, proposed, enough, toStop, notPlanned: reasons } = run.skuSites;
  const left = reasons.reduce((total, each) => total + each.count, 0);
  const cards: readonly (readonly [string, number])[] = [
    ['Products at warehouses', all],
    ['To order', proposed],
    ['Have enough', enough],
    ['Not planned', left],
    ['To stop', toStop],
    ['Orders', orders.length],
    ['Units cut to limits', run.orders.unitsCut],
  ];
  const ahead = explained.flatMap(({ sites, day: of }) =>
    sites.filter(isOrdered).map((each) => aheadFigure(each, of)),
  );
  const lines = linesTable(orders);
  const parts = [
    `<h2>What to buy, by supplier</h2>\n${suppliersHtml(orders)}`,
    ahead.length === 0
      ? ''
      : `<h2>Stock ahead</h2>\n<p class="soft">The products with the most valuable orders, if as much is sold as the mean of the forecast. Stock never falls below zero: what is not there is not sold.</p>\n<div class="charts">${ahead.join('\n')}</div>`,
    section('What to move', movesTable(plan)),
    section('What to stop', stopsTable(run), {
      say: 'Nothing is cancelled by itself. Open orders bring more of it.',
      all: toStop,
    }),
    section('Limits that cut', problemsTable(run.problems.filter(isLimit), 'Limits')),
    section('Cut to a limit', cutsTable(cut), { all: run.orders.linesCut }),
    section(
      'Problems',
      problemsTable(
        run.problems.filter((each) => !isLimit(each)),
        'Problems',
      ),
      { say: 'What could not be planned as a whole. The rest of the run went on.' },
    ),
    section('Not planned, by reason', reasonsTable(run)),
    section('Lines to buy', { ...lines, rows: lines.rows.slice(0, MAX_LINES) }, { all: lines.rows.length }),
    section('Products that were not planned', notPlannedTable(notPlanned), { all: left }),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Plan of ${run.day}</title>
<style>${PAGE_STYLE}${OWN_STYLE}</style>
</head>
<body>
<main>
<h1>Plan of ${run.day}</h1>
<p class="soft">Replenishment, days of ${escaped(run.timeZone)}. State: ${run.state}.</p>
<dl class="cards">${cards.map(([name, value]) => `<div><dt>${name}</dt><dd>${texts.of('count', value)}</dd></div>`).join('')}</dl>
${parts.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}

const isOrdered = ({ outcome }: SkuPlan): boolean => outcome === 'proposed';

/** The tables of suppliers with a picture of each. */
function suppliersHtml(orders: readonly ReplenishmentOrderView[]): string {
  const tables = suppliersTables(ofKind(orders, 'purchase'));
  if (tables.length === 0) return '<p>Nothing is to be bought.</p>';
  return tables
    .map((table) => {
      const chart = {
        table: table.name,
        kind: 'bar',
        title: table.title,
        x: 'supplier',
        y: ['value'],
      } as const;
      return `<div class="charts">${figure(table, chart)}</div>${htmlTable(table)}`;
    })
    .join('\n');
}

/** A heading and a table; nothing where the table is empty. `all`: how many there are, if the table has only some. */
function section(title: string, table: AnswerTable, { say = '', all = table.rows.length } = {}): string {
  if (table.rows.length === 0) return '';
  const left = all - table.rows.length;
  const more = left > 0 ? `\n<p class="soft">… and ${texts.of('count', left)} more.</p>` : '';
  const words = say === '' ? '' : `\n<p class="soft">${say}</p>`;
  return `<h2>${title}</h2>${words}\n${htmlTable(table)}${more}`;
}

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
  const head = all
    .map(([name, { kind, title }]) => `<th scope="col"${classOf(name, kind)}>${title}</th>`)
    .join('');
  const body = rows.map(
    (row) =>
      `<tr>${all.map(([name, { kind, title }]) => `<td data-is="${title}"${classOf(name, kind)}>${escaped(texts.of(kind, row[name] ?? null))}</td>`).join('')}</tr>`,
  );
  const hasReasons = 'because' in columns;
  const look = hasReasons ? ' class="reasons"' : '';
  return `<div class="scroll"><table${look}><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

/** Figures stand below each other, and long texts are broken into lines. */
const classOf = (name: string, kind: ColumnKind): string =>
  kind === 'count' || kind === 'money' ? ' class="figure"' : name === 'because' ? ' class="words"' : '';

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
