import type { Backtest, MethodFigures } from '../../../shared/replenishment/forecast/backtest.ts';
import type { PolicyComparison } from '../../../shared/replenishment/policy/simulation/compare-policies.ts';
import { amount, count, day, ratio, text } from '../../../shared/reports/answer/columns.ts';
import type { AnswerTable, ChartOf } from '../../../shared/reports/answer/report-answer.ts';
import { cellTexts } from '../../../shared/reports/page/cell-text.ts';
import { chartSvg } from '../../../shared/reports/page/chart-svg.ts';
import { PAGE_STYLE } from '../../../shared/reports/page/page-style.ts';
import { policyRows } from './policies-table.ts';

interface Figures {
  readonly result: Backtest;
  readonly policies: PolicyComparison;
}

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
const [WIDE, NARROW] = [900, 340];
/** Bars beyond these have no room for their names. */
const MAX_BARS = 6;

/** The figures as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function backtestPage({ result, policies }: Figures, facts: Facts): string {
  const { methods, origins, forecasts } = result;
  const stocks = policyTable(policies);
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
${figure(bestFirst(ofDays), pinball('Days', 'Mean pinball loss of days: the best methods and seasonal naive'))}
${figure(bestFirst(ofTotals), pinball('Totals', `Mean pinball loss of totals of ${facts.horizon} days: the best methods and seasonal naive`))}
${figure(stocks, { table: stocks.name, kind: 'bar', title: 'Average stock by policy', x: 'policy', y: ['stock'] }, 'stock')}
${figure(stocks, { table: stocks.name, kind: 'bar', title: 'Total cost by policy', x: 'policy', y: ['cost'] }, 'cost')}
${htmlTable(stocks)}
<p class="soft">The same demand, day by day; what is not there is lost. Ours reads the forecast of each day, the others know the warm-up alone. At our fill rate: with the cover at which they sell as much as ours, found on the same days.</p>
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

function policyTable(policies: PolicyComparison): AnswerTable {
  return {
    ...{ name: 'policies', title: 'Policies on the same demand' },
    columns: {
      policy: text('Policy', 'How the stock is ordered.'),
      parameter: text('With', 'Days of cover, days from review to review, or standard deviations.'),
      fill: ratio('Fill rate', 'Units that were sold, divided by the units that were asked for.'),
      short: count('Days short', 'Days on which a SKU could not sell all that was asked for.'),
      stock: amount('Average stock', 'The value of the units on hand at the end of a day, at cost.'),
      orders: count('Orders', 'Orders that were placed.'),
      lost: amount('Lost margin', 'The margin of the units that were not sold.'),
      cost: amount('Total cost', 'Of holding stock, of orders, and lost margin.'),
    },
    rows: policyRows(policies).map(({ name: policy, parameter, outcome }) => ({
      ...{ policy, parameter, fill: outcome.fillRate, short: outcome.stockOutDays, orders: outcome.orders },
      ...{ stock: outcome.averageStockValue, lost: outcome.lostMargin, cost: outcome.totalCost },
    })),
  };
}

/** The best methods, the least loss first, and seasonal naive beside them. */
function bestFirst(table: AnswerTable): AnswerTable {
  const rows = table.rows.toSorted((a, b) => Number(a.mean) - Number(b.mean));
  const singles = rows.filter(({ code }) => code !== 'median' && code !== 'weighted');
  const best = singles.slice(0, MAX_BARS - 1).filter(({ code }) => code !== 'seasonal-naive');
  return { ...table, rows: [...best, ...singles.filter(({ code }) => code === 'seasonal-naive')] };
}

function figure(table: AnswerTable, chart: ChartOf, name = table.name): string {
  const [wide, narrow] = [WIDE, NARROW].map((width) =>
    chartSvg(table, chart, { texts, isRightToLeft: false, id: `${name}-${width}`, width }),
  );
  if (wide === undefined || narrow === undefined) return '';
  return `<figure role="img" aria-label="${chart.title}"><figcaption>${chart.title}</figcaption>
<div class="wide">${wide}</div><div class="narrow">${narrow}</div></figure>`;
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
