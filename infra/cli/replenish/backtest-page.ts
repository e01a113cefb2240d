import type { Backtest, MethodFigures } from '../../../shared/replenishment/forecast/backtest.ts';
import { count, day, ratio, text } from '../../../shared/reports/answer/columns.ts';
import type { AnswerTable, ChartOf } from '../../../shared/reports/answer/report-answer.ts';
import { cellTexts } from '../../../shared/reports/page/cell-text.ts';
import { chartSvg } from '../../../shared/reports/page/chart-svg.ts';
import { PAGE_STYLE } from '../../../shared/reports/page/page-style.ts';

interface Facts {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly series: number;
  readonly units: number;
  readonly bulkOrders: number;
  readonly bulkUnits: number;
  readonly horizon: number;
}

const texts = cellTexts('en');
const WIDTH = 900;

/** The figures as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function backtestPage({ methods, origins, forecasts }: Backtest, facts: Facts): string {
  const [ofDays, ofTotals] = [
    lossTable('Days', methods, 'ofDays'),
    lossTable(`Totals of ${facts.horizon} days`, methods, 'ofTotals'),
  ];
  const whole: AnswerTable = {
    name: 'origins',
    title: `All series, in the ${facts.horizon} days from each origin`,
    columns: {
      firstDay: day('From', 'The first day that was forecast.'),
      units: count('Units that came', 'The units of all series.'),
      mean: count('Units that were forecast', 'The sum of the means of the best candidates.'),
    },
    rows: origins.map((each) => ({ ...each, mean: Math.round(each.mean) })),
  };
  const pinball = (table: string, title: string): ChartOf => ({
    table,
    kind: 'bar',
    title,
    x: 'code',
    y: ['mean'],
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Backtest of forecasts</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>Backtest of forecasts</h1>
<p class="soft">Sales from ${facts.firstDay} to ${facts.lastDay}: ${texts.of('count', facts.series)} series with ${texts.of('count', facts.units)} units.
${texts.of('count', facts.bulkOrders)} one-off bulk orders with ${texts.of('count', facts.bulkUnits)} units are apart. ${texts.of('count', forecasts)} forecasts by each method.</p>
${figure(whole, { table: 'origins', kind: 'line', title: whole.title, x: 'firstDay', y: ['units', 'mean'] })}
${figure(bestFirst(ofDays), pinball('Days', 'Mean pinball loss of days, the least first'))}
${figure(bestFirst(ofTotals), pinball('Totals', `Mean pinball loss of totals of ${facts.horizon} days, the least first`))}
${htmlTable(ofDays)}
${htmlTable(ofTotals)}
<p class="soft">Losses are parts of the units that came: WAPE of the mean, and twice the pinball loss of each quantile. Within: how often demand was not above the quantile.</p>
</main>
</body>
</html>
`;
}

function lossTable(title: string, methods: readonly MethodFigures[], of: 'ofDays' | 'ofTotals'): AnswerTable {
  return {
    ...{ name: of, title },
    columns: {
      code: text('Method', 'The method, or what combines methods.'),
      wape: ratio('WAPE', 'The sum of absolute errors of the means, divided by the units.'),
      half: ratio('Pinball 0.5', 'Twice the pinball loss of the median, divided by the units.'),
      upper: ratio('Pinball 0.9', 'The same of the quantile 0.9.'),
      highest: ratio('Pinball 0.95', 'The same of the quantile 0.95.'),
      mean: ratio('Mean pinball', 'The mean of the three.'),
      withinUpper: ratio('Within 0.9', 'How often demand was not above the quantile 0.9.'),
      withinHighest: ratio('Within 0.95', 'How often demand was not above the quantile 0.95.'),
    },
    rows: methods.map((each) => {
      const { wape, pinball, meanPinball, coverage } = each[of];
      const [half, upper, highest] = pinball;
      return {
        ...{ code: each.code, wape, half, upper, highest, mean: meanPinball },
        ...{ withinUpper: coverage[1], withinHighest: coverage[2] },
      };
    }),
  };
}

const bestFirst = (table: AnswerTable): AnswerTable => ({
  ...table,
  rows: table.rows.toSorted((a, b) => Number(a.mean) - Number(b.mean)),
});

function figure(table: AnswerTable, chart: ChartOf): string {
  const id = `${table.name}-${chart.kind}`;
  const svg = chartSvg(table, chart, { texts, isRightToLeft: false, id, width: WIDTH });
  if (svg === undefined) return '';
  return `<figure role="img" aria-label="${chart.title}"><figcaption>${chart.title}</figcaption>${svg}</figure>`;
}

function htmlTable({ title, columns, rows }: AnswerTable): string {
  const all = Object.entries(columns);
  const head = all.map(([, column]) => `<th scope="col">${column.title}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${all.map(([name, { kind }]) => `<td>${texts.of(kind, row[name] ?? null)}</td>`).join('')}</tr>`,
  );
  return `<h2>${title}</h2>\n<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}
