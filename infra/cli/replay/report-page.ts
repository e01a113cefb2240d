import { grouped, percentOf, pounds } from '../terminal/text-table.ts';
import type { Cost } from './place-order.ts';
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

/** The replay as one self-contained page: orders and landed cost by destination, drawn; the figures below. */
export function reportPage(title: string, { destinations, total, rows, rowRefusals }: Tally): string {
  const reasons = [...Map.groupBy(rowRefusals, ({ reason }) => reason)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${markup(title)}</title><style>${STYLE}</style></head><body>
<h1>${markup(title)}</h1>
<p><b>${grouped(total.placed)}</b> orders placed to <b>${destinations.length}</b> destinations, <b>${grouped(total.delivered)}</b> delivered.
Landed cost <b>£${pounds(total.cost.total)}</b>. ${grouped(rows.read)} rows read: ${grouped(rows.delivered)} in delivered orders,
${grouped(rows.otherState)} in orders of other states, ${grouped(rows.refused)} refused, ${grouped(rows.leftOut)} left out as asked.</p>
<h2>Orders by destination</h2>
<p class="note">The scale is logarithmic: each step to the right is ten times as many.</p>
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
<h2>Figures</h2>
<table><thead><tr>${['to', 'orders', 'placed', 'delivered', 'cancelled', 'held', 'other', 'not placed', 'goods £', 'shipping £', 'duty £', 'tax £', 'fees £', 'total £', 'of goods', 'consignments by warehouse and scheme'].map((name) => `<th>${name}</th>`).join('')}</tr></thead>
<tbody>${destinations.map(tableRow).join('\n')}</tbody><tfoot>${tableRow(total)}</tfoot></table>
<h2>Refused rows</h2>
<table class="reasons"><thead><tr><th>reason</th><th>rows</th><th>the first of them</th></tr></thead>
<tbody>${reasons
    .map(([reason, of]) => {
      const first = of[0];
      return `<tr><td>${markup(reason)}</td><td>${grouped(of.length)}</td><td>line ${first?.line}: ${markup(first?.detail ?? '')}</td></tr>`;
    })
    .join('\n')}</tbody></table>
</body></html>
`;
}

function ordersChart(destinations: readonly DestinationTally[]): string {
  const max = Math.log10(Math.max(1, ...destinations.map(({ planned }) => planned)) + 1);
  return chart('Orders by destination', destinations, (each) => {
    const width = max === 0 ? 0 : (Math.log10(each.planned + 1) / max) * BAR;
    // A logarithm does not add up: the bar's length is that of all orders, its colours share it in proportion.
    const shares = [
      ['delivered', each.delivered],
      ['waiting', each.placed - each.delivered],
      ['refused', each.refused],
    ] as const;
    return {
      parts: shares.map(
        ([name, count]) => [name, each.planned === 0 ? 0 : (width * count) / each.planned] as const,
      ),
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
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${markup(label)}">${rows.join('\n')}</svg>`;
}

function legend(entries: readonly (readonly [name: string, label: string])[]): string {
  return `<p class="legend">${entries.map(([name, label]) => `<span><i class="${name}"></i>${markup(label)}</span>`).join(' ')}</p>`;
}

function tableRow(each: DestinationTally): string {
  const counts = [
    each.planned,
    each.placed,
    each.delivered,
    each.cancelled,
    each.held,
    each.other,
    each.refused,
  ];
  const { goods, shipping, duty, tax, fees, total } = each.cost;
  const cells = [
    each.country,
    ...counts.map(grouped),
    ...[goods, shipping, duty, tax, fees, total].map(pounds),
    percentOf(total, goods),
    [...each.schemes].map(([name, count]) => `${grouped(count)} ${name}`).join(', '),
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
body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper) }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.2rem } .note { opacity: .7; margin: 0 }
svg { width: 100%; font: 13px system-ui, sans-serif } svg text { fill: currentColor }
.legend span { margin-right: 1.2rem } .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em }
.delivered, .goods { fill: #2f7d5b; background: #2f7d5b } .waiting, .shipping { fill: #d79b2a; background: #d79b2a }
.refused, .duty { fill: #b8452f; background: #b8452f } .tax { fill: #4068b0; background: #4068b0 } .fees { fill: #8a63a8; background: #8a63a8 }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; display: block; overflow-x: auto }
th, td { padding: .25rem .5rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left } tfoot td { font-weight: 600 } .reasons td:last-child, .reasons th:last-child { text-align: left; white-space: normal }
`;
