import type { Backtest, LossFigures } from '../../../shared/replenishment/forecast/backtest.ts';
import { type Column, textTable } from '../terminal/text-table.ts';

/** The figures as tables of text: of days, and of the totals of the horizon. */
export function backtestTable({ methods, chosen, forecasts }: Backtest, horizon: number): string {
  const naive = methods.find(({ code }) => code === 'seasonal-naive');
  const table = (of: 'ofDays' | 'ofTotals') =>
    textTable(
      COLUMNS,
      methods.map((each) => [each.code, ...cells(each[of], naive?.[of])]),
    );
  const best = chosen.map(({ code, times }) => `${code} ${times}`).join(', ');
  return [
    `Days: losses as parts of the units that came\n${table('ofDays')}`,
    `Totals of ${horizon} days\n${table('ofTotals')}`,
    `${forecasts} forecasts. The best candidate was: ${best}`,
  ].join('\n\n');
}

const right = (title: string): Column => ({ title, align: 'right' });
const COLUMNS: readonly Column[] = [
  { title: 'method' },
  ...['WAPE', 'pinball 0.5', '0.9', '0.95', 'mean', 'of seasonal naive', 'within 0.5', '0.9', '0.95'].map(
    right,
  ),
];

function cells(
  { wape, pinball, meanPinball, coverage }: LossFigures,
  naive: LossFigures | undefined,
): string[] {
  const of = naive === undefined || naive.meanPinball === 0 ? '-' : percent(meanPinball / naive.meanPinball);
  return [...[wape, ...pinball, meanPinball].map((each) => each.toFixed(4)), of, ...coverage.map(percent)];
}

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
