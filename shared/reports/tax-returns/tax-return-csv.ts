import { formatMoney, fromJson, type MoneyJson } from '../../kernel/money.ts';
import type { CorrectionRow, SalesRow, TaxReturn } from './tax-return.ts';

const columns = [
  ...['report', 'status', 'line', 'period', 'member_state', 'dispatched_from', 'rate', 'orders'],
  ...['taxable', 'tax', 'currency', 'converted'],
];

/**
 * The return as comma-separated values (RFC 4180), amounts in major units: a line for each row in euro, one for each
 * amount that could not be converted yet, in its own currency, and the totals at the end.
 */
export function taxReturnCsv(given: TaxReturn): string {
  const { report, status, period, totals, sales, corrections } = given;
  const start = [report, status];
  const lines = [
    ...sales.flatMap((row) => linesOf('sale', period, row, row.orders)),
    ...corrections.flatMap((row) =>
      linesOf(row.isInTime ? 'correction' : 'correction-out-of-time', row.period, row, ''),
    ),
    ['total', period, '', '', '', given.orders, major(totals.taxable), major(totals.balance), 'EUR', 'true'],
  ];
  return [columns, ...lines.map((line) => [...start, ...line])]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');
}

function linesOf(line: string, period: string, row: SalesRow | CorrectionRow, orders: number | '') {
  const { memberState, dispatchedFrom = '', rate, taxable, tax, charged } = row;
  const place = [period, memberState, dispatchedFrom, rate];
  const open = charged.filter(({ isConverted }) => !isConverted);
  return [
    [line, ...place, orders, major(taxable), major(tax), 'EUR', 'true'],
    ...open.map((each) => [
      `${line}-open`,
      ...place,
      '',
      ...[major(each.taxable), major(each.tax), each.tax.currency, 'false'],
    ]),
  ];
}

const major = (amount: MoneyJson): string => formatMoney(fromJson(amount)).split(' ')[0] ?? '';
