import { type Currency, isCurrency } from '../../../shared/kernel/currency.ts';
import { parseMajor } from '../../../shared/kernel/money.ts';
import { type BrokenCsv, columnPlaces, readCsv, withDecimalPoint } from '../files/csv.ts';
import type { FileProblem } from '../files/problems.ts';

/** A line in the form of `POST /v1/admin/carrier-invoices`, with its place in the file. */
export interface FileLine {
  readonly line: number;
  readonly body: {
    readonly carrier: string;
    readonly invoiceNumber: string;
    readonly trackingNumber: string;
    /** The amount in minor units. */
    readonly amount: { readonly amount: number; readonly currency: Currency };
    readonly billedWeightGrams?: number;
  };
}

export type ReadInvoices =
  | { readonly ok: true; readonly lines: readonly FileLine[] }
  | { readonly ok: false; readonly errors: readonly FileProblem[] };

/** The columns, each with its possible names. All are required except the last one. */
const COLUMNS = {
  carrier: ['carrier'],
  invoiceNumber: ['invoiceNumber'],
  trackingNumber: ['trackingNumber'],
  amount: ['amount'],
  currency: ['currency'],
  billedWeightGrams: ['billedWeightGrams'],
} as const;

type Column = keyof typeof COLUMNS;
type Row = Readonly<Record<Column, string>>;

/**
 * Reads a CSV file of carriers' invoice lines. Its first line names the columns, in any order. Amounts are before tax
 * and in the currency's major unit: `12.30`, or `12,30` if semicolons separate the cells. One error rejects the whole
 * file.
 */
export function readInvoices(text: string): ReadInvoices {
  const rows = rowsOf(text);
  if ('problems' in rows) return { ok: false, errors: rows.problems };
  const errors: FileProblem[] = [];
  const lines: FileLine[] = [];
  const seen = new Map<string, number>();
  for (const { row, line } of rows) {
    const reasons = whyNot(row);
    const name = JSON.stringify([row.carrier, row.invoiceNumber, row.trackingNumber]);
    const before = seen.get(name);
    if (before !== undefined) reasons.push(`line ${before} has the same parcel of the same invoice`);
    else seen.set(name, line);
    const body = reasons.length === 0 ? bodyOf(row) : undefined;
    if (body !== undefined) lines.push({ line, body });
    errors.push(...reasons.map((reason) => ({ line, reason })));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, lines };
}

/** The rows, each with its cells by column. */
function rowsOf(text: string): readonly { readonly row: Row; readonly line: number }[] | BrokenCsv {
  const table = readCsv(text);
  if ('problems' in table) return table;
  const places = columnPlaces(table.header, COLUMNS);
  const missing = [...places].flatMap(([name, at]) =>
    at === -1 && name !== 'billedWeightGrams' ? [name] : [],
  );
  if (missing.length > 0)
    return { problems: [{ line: table.header.line, reason: `missing columns: ${missing.join(', ')}` }] };
  if (table.rows.length === 0) return { problems: [{ line: 1, reason: 'the file has only a header' }] };
  return table.rows.map(({ cells, line }) => {
    const cell = (name: Column) => cells[places.get(name) ?? -1] ?? '';
    return {
      line,
      row: {
        carrier: cell('carrier'),
        invoiceNumber: cell('invoiceNumber'),
        trackingNumber: cell('trackingNumber'),
        amount: withDecimalPoint(cell('amount'), table.delimiter),
        currency: cell('currency').toUpperCase(),
        billedWeightGrams: cell('billedWeightGrams'),
      },
    };
  });
}

function whyNot(row: Row): string[] {
  const reasons: string[] = [];
  const check = (column: Column, pattern: RegExp, what: string) => {
    const value = row[column];
    if (!pattern.test(value)) reasons.push(`${column}: ${JSON.stringify(value)} is not ${what}`);
  };
  check('carrier', /^\S.{0,39}$/, 'a carrier code');
  check('invoiceNumber', /^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/, 'an invoice number');
  check('trackingNumber', /^\S.{0,79}$/, 'a tracking number');
  check('billedWeightGrams', /^\d{0,7}$/, 'a weight in grams');
  if (!isCurrency(row.currency))
    reasons.push(`currency: ${JSON.stringify(row.currency)} is not a known currency`);
  else if (amountOf(row, row.currency) === undefined)
    reasons.push(`amount: ${JSON.stringify(row.amount)} is not an amount of ${row.currency}`);
  return reasons;
}

function amountOf({ amount }: Row, currency: Currency): number | undefined {
  const read = parseMajor(amount, currency);
  return read === undefined || read.amountMinor < 0 ? undefined : read.amountMinor;
}

function bodyOf(row: Row): FileLine['body'] | undefined {
  const { carrier, invoiceNumber, trackingNumber, currency, billedWeightGrams } = row;
  const amount = isCurrency(currency) ? amountOf(row, currency) : undefined;
  if (!isCurrency(currency) || amount === undefined) return undefined;
  return {
    carrier,
    invoiceNumber,
    trackingNumber,
    amount: { amount, currency },
    ...(billedWeightGrams === '' ? {} : { billedWeightGrams: Number(billedWeightGrams) }),
  };
}
