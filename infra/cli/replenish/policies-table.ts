import { formatMoney } from '../../../shared/kernel/money.ts';
import type { BacktestOutcome } from '../../../shared/replenishment/policy/simulation/backtest.ts';
import {
  COVER_DAYS,
  EVERY_DAYS,
  type PolicyComparison,
} from '../../../shared/replenishment/policy/simulation/compare-policies.ts';
import { type Column, textTable } from '../terminal/text-table.ts';

/** A policy as it is shown. */
interface PolicyRow {
  readonly name: string;
  /** What it was run with: days of cover, days from review to review, or standard deviations. */
  readonly parameter: string;
  readonly outcome: BacktestOutcome;
}

/** Each policy by its name. Those that could not reach our fill rate are left out. */
export function policyRows({
  ours,
  fixed,
  textbook,
  periodic,
  fixedAtOurFillRate,
  textbookAtOurFillRate,
}: PolicyComparison): readonly PolicyRow[] {
  const atOurs = (name: string, found: PolicyComparison['fixedAtOurFillRate'], unit: string) =>
    found.kind === 'reached'
      ? [{ name, parameter: `${found.parameter.toFixed(1)} ${unit}`, outcome: found.outcome }]
      : [];
  return [
    { name: 'ours', parameter: '', outcome: ours },
    { name: 'fixed', parameter: `${COVER_DAYS} days`, outcome: fixed },
    { name: 'textbook', parameter: '', outcome: textbook },
    { name: 'review', parameter: `${EVERY_DAYS} days`, outcome: periodic },
    ...atOurs('fixed, equal fill', fixedAtOurFillRate, 'days'),
    ...atOurs('textbook, equal fill', textbookAtOurFillRate, 'deviations'),
  ];
}

/** The policies as a table of text, and by how much less stock ours fills as much. */
export function policiesText(compared: PolicyComparison): string {
  const { ours, fixedAtOurFillRate, textbookAtOurFillRate } = compared;
  const rows = policyRows(compared).map(({ name, parameter, outcome }) => [
    name,
    parameter,
    percent(outcome.fillRate),
    String(outcome.stockOutDays),
    formatMoney(outcome.averageStockValue),
    String(outcome.orders),
    formatMoney(outcome.lostMargin),
    formatMoney(outcome.totalCost),
  ]);
  return [
    `Stocks of ${ours.skus} SKUs, ${ours.demanded} units asked for\n${textTable(COLUMNS, rows)}`,
    atEqualFill('the fixed reorder point', fixedAtOurFillRate),
    atEqualFill("the textbook's (r, Q)", textbookAtOurFillRate),
    ...ours.problems.map(({ subject, detail }) => `not simulated: ${subject}: ${detail}`),
  ].join('\n');
}

function atEqualFill(other: string, found: PolicyComparison['fixedAtOurFillRate']): string {
  if (found.kind === 'not-reached')
    return `At an equal fill rate: ${other} does not fill as much, ${percent(found.highest)} at most`;
  if (found.lessStock === undefined) return `At an equal fill rate: ${other} has no stock to compare`;
  const part = percent(Math.abs(found.lessStock));
  return `At an equal fill rate: ours holds ${part} ${found.lessStock >= 0 ? 'less' : 'MORE'} stock than ${other}`;
}

const COLUMNS: readonly Column[] = [
  { title: 'policy' },
  { title: 'with' },
  ...['fill rate', 'days short', 'average stock', 'orders', 'lost margin', 'total cost'].map(
    (title): Column => ({ title, align: 'right' }),
  ),
];

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
