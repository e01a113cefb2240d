import { parse } from 'csv-parse/sync';
import { type Currency, currencies } from '../../../shared/kernel/currency.ts';
import { parseMajor } from '../../../shared/kernel/money.ts';

/** A line as `POST /v1/admin/carrier-invoices` takes it, with where it stands in the file. */
export interface FileLine {
  readonly line: number;
  readonly body: {
    readonly carrier: string;
    readonly invoiceNumber: string;
    readonly trackingNumber: string;
    /** In minor units. */
    readonly amount: { readonly amount: number; readonly currency: Currency };
    readonly billedWeightGrams?: number;
  };
}

/** What is wrong with a file, and in which line of it, counted from 1 as an editor shows it. */
export interface FileError {
  readonly line: number;
  readonly reason: string;
}

export type ReadInvoices =
  | { readonly ok: true; readonly lines: readonly FileLine[] }
  | { readonly ok: false; readonly errors: readonly FileError[] };

const NEEDED = ['carrier', 'invoiceNumber', 'trackingNumber', 'amount', 'currency'] as const;
const OPTIONAL = 'billedWeightGrams';

type Row = Readonly<Record<string, string>>;

/**
 * Reads a CSV file of carriers' invoice lines: its first line names the columns, in any order. Amounts are in the
 * currency's major unit with a decimal point, `12.30`, before tax. Of a file with an error nothing is used.
 */
export function readInvoices(text: string): ReadInvoices {
  const rows = rowsOf(text);
  if ('reason' in rows) return { ok: false, errors: [rows] };
  const missing = NEEDED.filter((column) => !rows.columns.includes(column));
  if (missing.length > 0)
    return { ok: false, errors: [{ line: 1, reason: `there is no column ${missing.join(', ')}` }] };
  if (rows.rows.length === 0) return { ok: false, errors: [{ line: 1, reason: 'the file has no lines' }] };
  const errors: FileError[] = [];
  const lines: FileLine[] = [];
  const seen = new Map<string, number>();
  for (const { row, line } of rows.rows) {
    const reasons = whyNot(row);
    const name = JSON.stringify([row.carrier, row.invoiceNumber, row.trackingNumber]);
    const before = seen.get(name);
    if (before !== undefined) reasons.push(`the same parcel of the same invoice as line ${before}`);
    else seen.set(name, line);
    const body = reasons.length === 0 ? bodyOf(row) : undefined;
    if (body !== undefined) lines.push({ line, body });
    errors.push(...reasons.map((reason) => ({ line, reason })));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, lines };
}

interface Read {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: Row; readonly line: number }[];
}

function rowsOf(text: string): Read | FileError {
  let columns: string[] = [];
  try {
    const found = parse(text, {
      columns: (header: string[]) => {
        columns = header.map((name) => name.trim());
        return columns;
      },
      ...{ bom: true, trim: true, skip_empty_lines: true, info: true },
    }) as unknown as { record: Row; info: { lines: number } }[];
    return { columns, rows: found.map(({ record, info }) => ({ row: record, line: info.lines })) };
  } catch (error) {
    const { lines = 1, message } = error as Error & { lines?: number };
    return { line: lines, reason: message };
  }
}

function whyNot(row: Row): string[] {
  const reasons: string[] = [];
  const check = (column: string, pattern: RegExp, what: string) => {
    const value = row[column] ?? '';
    if (!pattern.test(value)) reasons.push(`${column}: ${JSON.stringify(value)} is no ${what}`);
  };
  check('carrier', /^\S.{0,39}$/, 'carrier code');
  check('invoiceNumber', /^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/, 'invoice number');
  check('trackingNumber', /^\S.{0,79}$/, 'tracking number');
  check(OPTIONAL, /^\d{0,7}$/, 'weight in grams');
  if (!isCurrency(row.currency))
    reasons.push(`currency: ${JSON.stringify(row.currency)} is none that we know`);
  else if (amountOf(row, row.currency) === undefined)
    reasons.push(`amount: ${JSON.stringify(row.amount)} is no amount of ${row.currency}`);
  return reasons;
}

const isCurrency = (code: string | undefined): code is Currency =>
  (currencies as readonly (string | undefined)[]).includes(code);

function amountOf({ amount = '' }: Row, currency: Currency): number | undefined {
  const read = parseMajor(amount, currency);
  return read === undefined || read.amountMinor < 0 ? undefined : read.amountMinor;
}

function bodyOf(row: Row): FileLine['body'] | undefined {
  const { carrier = '', invoiceNumber = '', trackingNumber = '', currency } = row;
  const amount = isCurrency(currency) ? amountOf(row, currency) : undefined;
  if (!isCurrency(currency) || amount === undefined) return undefined;
  const grams = row[OPTIONAL] ?? '';
  return {
    ...{ carrier, invoiceNumber, trackingNumber, amount: { amount, currency } },
    ...(grams === '' ? {} : { billedWeightGrams: Number(grams) }),
  };
}
