import { grouped, percentOf, pounds } from '../terminal/text-table.ts';
import { countHolds, countObstacles, type OrderOutcome } from './order-outcomes.ts';
import type { Cost } from './place-order.ts';
import type { Refusal } from './refusal.ts';
import type { DestinationTally, Tally } from './tally.ts';

const PARTS = [
  ['goods', 'goods'],
  ['shipping', 'shipping'],
  ['duty', 'duty'],
  ['tax', 'tax'],
  ['fees', 'fees'],
] as const satisfies readonly (readonly [keyof Cost, string])[];

const ROW = 26;
const LABEL = 150;
const BAR = 560;
const WIDTH = 960;
/** The shortest visible bar. */
const MIN_BAR = 2;

/** The replay as one self-contained page: charts of orders and landed cost by destination, and tables below. */
export function reportPage(title: string, result: Tally, outcomes: readonly OrderOutcome[]): string {
  const { destinations, total, rows, rowRefusals } = result;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${markup(title)}</title><style>${STYLE}</style></head><body>
<h1>${markup(title)}</h1>
<p><b>${grouped(total.placed)}</b> orders placed to <b>${destinations.filter(({ placed }) => placed > 0).length}</b> destinations, <b>${grouped(total.delivered)}</b> delivered.
Landed cost <b>£${pounds(total.cost.total)}</b>. ${grouped(rows.read)} rows read: ${grouped(rows.delivered)} in delivered orders,
${grouped(rows.otherState)} in orders of other states, ${grouped(rows.refused)} refused, ${grouped(rows.leftOut)} left out by <code>--limit</code> or <code>--countries</code>.</p>
<h2>Orders by destination</h2>
${legend([
  ['delivered', 'delivered'],
  ['waiting', 'placed, in another state'],
  ['refused', 'not placed'],
])}
${ordersChart(destinations)}
<h2>Landed cost of an order by destination</h2>
<p class="note">Average over the orders placed, in pounds.</p>
${legend(PARTS)}
${costChart(destinations.filter(({ placed }) => placed > 0))}
${holdSection(outcomes)}
<h2>Figures</h2>
${figuresTable(destinations, total)}
<h2>Where the goods came from</h2>
${dataTable(
  ['to', 'consignments by warehouse and scheme'],
  destinations.map(({ country, schemes }) => [
    nameOf(country),
    [...schemes].map(([name, count]) => `${grouped(count)} ${name}`).join(', '),
  ]),
)}
<h2>Refused rows</h2>
${refusalTable(rowRefusals)}
</body></html>
`;
}

/** The rules that held orders, and the reasons why placed orders were not delivered, each with its remedy. */
function holdSection(outcomes: readonly OrderOutcome[]): string {
  const holds = countHolds(outcomes);
  const obstacles = countObstacles(outcomes.filter(({ orderId }) => orderId !== undefined));
  const heldTable = dataTable(
    ['held by', 'orders', 'released', 'delivered', 'finding about the first of them'],
    holds.map((each) => [
      each.rule,
      ...[each.orders, each.released, each.delivered].map(grouped),
      each.example,
    ]),
  );
  const obstacleTable = dataTable(
    ['placed and not delivered', 'orders', 'remedy'],
    obstacles.map(({ reason, orders, remedy }) => [reason, grouped(orders), remedy]),
  );
  return [
    holds.length === 0 ? '' : `<h2>Held for a person</h2>\n${heldTable}`,
    obstacles.length === 0 ? '' : `<h2>Not delivered</h2>\n${obstacleTable}`,
  ].join('\n');
}

function refusalTable(refusals: readonly Refusal[]): string {
  const reasons = [...Map.groupBy(refusals, ({ reason }) => reason)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  return dataTable(
    ['reason', 'rows', 'the first of them'],
    reasons.map(([reason, of]) => [
      reason,
      grouped(of.length),
      `line ${of[0]?.line}: ${of[0]?.detail ?? ''}`,
    ]),
  );
}

/** A table of text. Cells with numbers are aligned to the right. */
function dataTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const numbers = columns.map((_, index) => rows.every((row) => /^[\d,]+$/.test(row[index] ?? '')));
  const cells = (row: readonly string[], tag: 'td' | 'th') =>
    row
      .map((cell, index) => `<${tag}${numbers[index] ? ' class="number"' : ''}>${markup(cell)}</${tag}>`)
      .join('');
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
  return `<table class="words"><thead><tr>${cells(columns, 'th')}</tr></thead><tbody>${body}</tbody></table>`;
}

/** The length of a bar is its number of orders, so that bars can be compared. A very short bar stays visible. */
function ordersChart(destinations: readonly DestinationTally[]): string {
  const max = Math.max(1, ...destinations.map(({ planned }) => planned));
  return chart('Orders by destination', destinations, (each) => {
    const shares = [
      ['delivered', each.delivered],
      ['waiting', each.placed - each.delivered],
      ['refused', each.refused],
    ] as const;
    return {
      parts: shares.map(([name, count]) => [name, count === 0 ? 0 : Math.max(MIN_BAR, (count / max) * BAR)]),
      text: `${grouped(each.planned)}${each.delivered < each.planned ? ` (${grouped(each.delivered)} delivered)` : ''}`,
    };
  });
}

function costChart(destinations: readonly DestinationTally[]): string {
  const average = (each: DestinationTally, part: keyof Cost) => Math.round(each.cost[part] / each.placed);
  const sums = destinations.map((each) => PARTS.reduce((all, [part]) => all + average(each, part), 0));
  const max = Math.max(1, ...sums);
  return chart('Average landed cost of an order by destination', destinations, (each) => ({
    parts: PARTS.map(([part]) => [part, (Math.max(0, average(each, part)) / max) * BAR] as const),
    text: `£${pounds(average(each, 'total'))}`,
  }));
}

interface Bars {
  readonly parts: readonly (readonly [name: string, width: number])[];
  readonly text: string;
}

function chart(
  label: string,
  destinations: readonly DestinationTally[],
  barsOf: (each: DestinationTally) => Bars,
): string {
  const rows = destinations.map((each, index) => {
    const { parts, text } = barsOf(each);
    let x = LABEL;
    const drawn = parts.map(([name, width]) => {
      const rect = `<rect class="${name}" x="${x.toFixed(1)}" y="${index * ROW + 4}" width="${width.toFixed(1)}" height="${ROW - 8}"/>`;
      x += width;
      return width > 0 ? rect : '';
    });
    const y = index * ROW + ROW / 2 + 5;
    return `<text x="0" y="${y}">${markup(nameOf(each.country))}</text>${drawn.join('')}<text x="${(x + 8).toFixed(1)}" y="${y}">${markup(text)}</text>`;
  });
  const height = Math.max(1, destinations.length) * ROW;
  const picture = `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${markup(label)}">${rows.join('\n')}</svg>`;
  return `<div class="chart">${picture}</div>`;
}

function legend(entries: readonly (readonly [name: string, label: string])[]): string {
  return `<p class="legend">${entries.map(([name, label]) => `<span><i class="${name}"></i>${markup(label)}</span>`).join(' ')}</p>`;
}

// biome-ignore format: one table
const FIGURES = [
  'to', 'orders', 'placed', 'delivered', 'cancelled', 'held', 'other', 'not placed', 'goods £', 'shipping £',
  'duty £', 'tax £', 'fees £', 'total £', 'of goods',
];

function figuresTable(destinations: readonly DestinationTally[], total: DestinationTally): string {
  const head = FIGURES.map((name) => `<th>${name}</th>`).join('');
  const body = destinations.map(tableRow).join('\n');
  return `<table class="figures"><thead><tr>${head}</tr></thead><tbody>${body}</tbody><tfoot>${tableRow(total)}</tfoot></table>`;
}

function tableRow(each: DestinationTally): string {
  const { planned, placed, delivered, cancelled, held, other, refused } = each;
  const { goods, shipping, duty, tax, fees, total } = each.cost;
  const cells = [
    each.country,
    ...[planned, placed, delivered, cancelled, held, other, refused].map(grouped),
    ...[goods, shipping, duty, tax, fees, total].map(pounds),
    percentOf(total, goods),
  ];
  return `<tr>${cells.map((cell) => `<td>${markup(cell)}</td>`).join('')}</tr>`;
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

function nameOf(country: DestinationTally['country']): string {
  return country === 'all' ? 'all' : (countryNames.of(country) ?? country);
}

function markup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fff; --line: #d8dde4 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --paper: #14181e; --line: #39424e } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1180px; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper) }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.2rem } .note { opacity: .7; margin: 0 }
.chart { overflow-x: auto } svg { width: 100%; min-width: 720px; max-width: 960px; font: 13px system-ui, sans-serif } svg text { fill: currentColor }
code { white-space: nowrap } .legend span { display: inline-block; margin-right: 1.2rem } .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em }
.delivered, .goods { fill: #2f7d5b; background: #2f7d5b } .waiting, .shipping { fill: #d79b2a; background: #d79b2a }
.refused, .duty { fill: #b8452f; background: #b8452f } .tax { fill: #4068b0; background: #4068b0 } .fees { fill: #8a63a8; background: #8a63a8 }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top } th { vertical-align: bottom }
.figures td, .figures th, .number { text-align: right } .figures td { white-space: nowrap } .words .number { width: 6rem }
.figures :is(td, th):first-child { text-align: left } tfoot td { font-weight: 600 }
@media (max-width: 1000px) { .figures { display: block; overflow-x: auto } }
`;
