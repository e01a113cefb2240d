import * as z from 'zod';
import { type Money, money } from '../../kernel/money.ts';
import { amount, count, country, type ReportColumns, ratio, text } from '../answer/columns.ts';
import { partOf } from '../lake/keyed-sums.ts';
import { defineLakeReport } from '../lake/lake-report.ts';
import { periodKinds } from '../period/report-period.ts';
import { feeFigures } from './fee-queries.ts';
import { intentFigures } from './payment-queries.ts';

const figures = {
  tried: count(
    'Tries',
    'Intents of orders that were placed in the period: the first of each order, and each to which its payment moved. Orders of which nothing is to be paid have none.',
  ),
  paid: count('Paid', 'Intents whose amount was authorised. It grows until each order is paid or has ended.'),
  success: ratio('Success', 'Paid / tries. Empty of nothing.'),
  declined: count('Declines', 'Declined attempts. An intent may have several and be paid after all.'),
  noAnswer: count('No answer', 'Intents that were left because the provider gave no answer.'),
  refused: count('Refused', 'Intents that were left because the provider refused to make them.'),
  notSetUp: count(
    'Not set up',
    'Intents that were left because the provider has no settings, or refused our key.',
  ),
  chosen: count('Left by choice', 'Intents that were left because the shopper chose another method.'),
} as const satisfies ReportColumns;

const method = { method: text('Method', 'How the shopper pays.') };
const provider = { provider: text('Provider', 'Who takes the payment.') };
const market = { market: country('Market', "The country of the order's destination.") };

type Row = z.infer<typeof intentFigures.row>;

const fees = {
  currency: text('Currency', 'Of the payments. Nothing is converted to the currency of the report.'),
  captures: count(
    'Captures',
    'Captures of the period. Second payments that go back to the shopper are not in it.',
  ),
  amount: amount('Captured', 'What was captured.'),
  settled: count(
    'Settled',
    'Captures that the provider has paid out. It grows for some days after the period.',
  ),
  expected: amount(
    'Fee expected',
    'By the terms or the list of the day on which the method was chosen, each capture rounded. Empty if none is known.',
  ),
  charged: amount(
    'Fee charged',
    'By the settlements, and before them by the answers to the captures. Fees of disputes are not in it. Empty if none is known.',
  ),
  difference: amount(
    'Charged above expected',
    'Of the captures of which both are known. Below zero: less was charged.',
  ),
  share: ratio('Fee of captured', 'Fee charged / captured, where the fee of every capture is known.'),
  unknown: count('Without a rule', 'Captures of which no terms and no list said the fee.'),
} as const satisfies ReportColumns;

/** What part of the tries to pay succeeds and why others were left, and what providers keep, by market and method. */
export const payments = defineLakeReport({
  name: 'payments',
  title: 'Payments',
  says: 'What part of the tries to pay succeeds, by market, method and provider, why others were left, and which fees providers charge.',
  periods: periodKinds,
  byStorefront: true,
  parameters: z.strictObject({}),
  queries: { intents: intentFigures, fees: feeFigures },
  tables: {
    'by-provider': { title: 'By provider', columns: { ...provider, ...figures } },
    'by-method': { title: 'By method and provider', columns: { ...method, ...provider, ...figures } },
    'by-market': {
      title: 'By market, method and provider',
      columns: { ...market, ...method, ...provider, ...figures },
    },
    fees: { title: 'Fees', columns: { ...market, ...method, ...provider, ...fees } },
  },
  charts: [],
  shape: ({ intents, fees: charged }) => ({
    rows: {
      'by-provider': grouped(intents, (row) => ({ provider: row.provider })),
      'by-method': grouped(intents, (row) => ({ method: row.method, provider: row.provider })),
      'by-market': grouped(intents, (row) => ({
        ...{ market: row.market, method: row.method, provider: row.provider },
      })),
      fees: charged.map(feesOf),
    },
    notCounted: [],
  }),
});

/** The sums of the rows with the same names, in the order of these. */
function grouped<Names extends Readonly<Record<string, string>>>(
  rows: readonly Row[],
  namesOf: (row: Row) => Names,
) {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(Object.values(namesOf(row))));
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      return first === undefined ? [] : [{ ...namesOf(first), ...figuresOf(own) }];
    });
}

function figuresOf(rows: readonly Row[]) {
  const of = (figure: Exclude<keyof Row, 'market' | 'method' | 'provider'>) =>
    rows.reduce((all, row) => all + row[figure], 0);
  const [tried, paid] = [of('tried'), of('paid')];
  return {
    ...{ tried, paid, success: partOf(paid, tried), declined: of('declined') },
    ...{
      noAnswer: of('no_answer'),
      refused: of('refused'),
      notSetUp: of('not_set_up'),
      chosen: of('chosen'),
    },
  };
}

function feesOf(row: z.infer<typeof feeFigures.row>) {
  const { market: country, method: by, provider: taker, currency, captures, settled } = row;
  const known = (of: number, minor: number): Money | null => (of === 0 ? null : money(minor, currency));
  return {
    ...{ market: country, method: by, provider: taker, currency, captures, settled },
    amount: money(row.amount, currency),
    expected: known(row.known, row.expected),
    charged: known(row.charged_of, row.charged),
    difference: known(row.compared, row.difference),
    share: row.charged_of === captures ? partOf(row.charged, row.amount) : null,
    unknown: captures - row.known,
  };
}
