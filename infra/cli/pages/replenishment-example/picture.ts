import { dayAfter } from '../../../../shared/kernel/time.ts';
import { count, day } from '../../../../shared/reports/answer/columns.ts';
import type { AnswerTable } from '../../../../shared/reports/answer/report-answer.ts';
import { cellTexts } from '../../../../shared/reports/page/cell-text.ts';
import { chartSvg } from '../../../../shared/reports/page/chart-svg.ts';
import { planExample } from './plan-example.ts';
import { DAY } from './terms.ts';

const WIDTH = 860;
/** On paper of its own, because a page that is dark would hide the ink. */
const STYLE =
  '<style>svg{background:#fff;font-family:system-ui,sans-serif;--ink:#1c2430;--rule:#dde2e8;--first:#2f6fb3;--second:#c2611f}</style>';

/** Units of each week: sold, and forecast for the four weeks after. */
export function examplePicture(): string {
  const { weeks, forecast } = planExample();
  const ahead = Array.from({ length: 4 }, (_, week) => ({
    from: dayAfter(DAY, week * 7),
    units: Math.round(forecast.days.slice(week * 7, week * 7 + 7).reduce((all, { mean }) => all + mean, 0)),
  }));
  const table: AnswerTable = {
    ...{ name: 'weeks', title: 'Units a week' },
    columns: {
      from: day('Week from', 'The first day of the week.'),
      sold: count('Sold', 'Units of all orders but one-off bulk orders.'),
      ahead: count('Forecast', 'The mean of the forecast.'),
    },
    rows: [
      ...weeks.map(({ from, units }) => ({ from, sold: units, ahead: null })),
      ...ahead.map(({ from, units }) => ({ from, sold: null, ahead: units })),
    ],
  };
  const svg = chartSvg(
    table,
    { table: 'weeks', kind: 'line', title: table.title, x: 'from', y: ['sold', 'ahead'] },
    { texts: cellTexts('en'), isRightToLeft: false, id: 'weeks', width: WIDTH },
  );
  if (svg === undefined) throw new Error('the example has weeks to draw');
  return `${svg.replace(/^<svg([^>]*)>/, (tag) => `${tag}${STYLE}`)}\n`;
}
