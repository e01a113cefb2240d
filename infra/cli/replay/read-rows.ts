import { parse } from 'csv-parse/sync';
import { FileEndsEarly, type Line, readLines } from './read-lines.ts';

/** One row as the file has it, untrusted text in every column. */
export interface RawRow {
  /** The line of the file that the row begins on, counted from 1; the header is line 1. */
  readonly line: number;
  readonly invoiceNo: string;
  readonly stockCode: string;
  readonly description: string;
  readonly quantity: string;
  readonly invoiceDate: string;
  readonly unitPrice: string;
  readonly customerId: string;
  readonly country: string;
}

export type Reading =
  | { readonly kind: 'row'; readonly row: RawRow }
  | { readonly kind: 'malformed'; readonly line: number; readonly problem: string };

/** The file does not have this layout: nothing in it can be read. The message can be shown. */
export class WrongLayout extends Error {
  override readonly name = 'WrongLayout';
}

/** Column names of the data set and of its second edition (Online Retail II), compared without case and spaces. */
const COLUMNS = {
  invoiceNo: ['invoiceno', 'invoice'],
  stockCode: ['stockcode'],
  description: ['description'],
  quantity: ['quantity'],
  invoiceDate: ['invoicedate'],
  unitPrice: ['unitprice', 'price'],
  customerId: ['customerid'],
  country: ['country'],
} as const;

type Column = keyof typeof COLUMNS;

/** A quoted field may contain line breaks; one that runs over more lines than this has lost its closing quote. */
const MAX_LINES_A_ROW = 4;

/**
 * Streams the rows of a CSV file in the layout of the UCI *Online Retail* data set, plain or gzipped. A row
 * that cannot be read is given as `malformed` with its line and costs no other row. Empty lines are no rows.
 * Throws {@link WrongLayout} when the header is another one.
 */
export async function* readRows(path: string): AsyncGenerator<Reading> {
  const lines = readLines(path);
  let last = 0;
  try {
    const first = await lines.next();
    const layout = readHeader(first.done ? '' : first.value.text);
    let open: Line[] = [];
    for await (const line of lines) {
      last = line.number;
      if (open.length === 0 && line.text.trim() === '') continue;
      open.push(line);
      // An opening quote waits for its closing one on the next lines, but not for ever.
      while (open.length > 0 && (isClosed(open) || open.length >= MAX_LINES_A_ROW)) {
        const [reading, used] = readRecord(open, layout);
        yield reading;
        open = open.slice(used).filter(({ text }) => text.trim() !== '');
      }
    }
    while (open.length > 0) {
      const [reading, used] = readRecord(open, layout);
      yield reading;
      open = open.slice(used);
    }
  } catch (error) {
    if (!(error instanceof FileEndsEarly)) throw error;
    yield { kind: 'malformed', line: last + 1, problem: error.message };
  }
}

interface Layout {
  readonly columns: ReadonlyMap<Column, number>;
  readonly width: number;
}

function readHeader(text: string): Layout {
  const names = split(text.replace(/^\uFEFF/, '')).map((name) => name.toLowerCase().replaceAll(/\s/g, ''));
  const columns = new Map<Column, number>();
  for (const [column, spellings] of Object.entries(COLUMNS) as [Column, readonly string[]][]) {
    const index = names.findIndex((name) => spellings.includes(name));
    if (index >= 0) columns.set(column, index);
  }
  const missing = (Object.keys(COLUMNS) as Column[]).filter((column) => !columns.has(column));
  if (missing.length === 0) return { columns, width: names.length };
  const wanted = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  throw new WrongLayout(
    `the first line has to name the columns ${wanted}; ${missing.join(', ')} not found in ${JSON.stringify(text.slice(0, 120))}`,
  );
}

/** Whether every quoted field has its closing quote: quotes inside are doubled, so the count is even. */
function isClosed(lines: readonly Line[]): boolean {
  return lines.reduce((count, { text }) => count + text.split('"').length - 1, 0) % 2 === 0;
}

/** Reads one record from the front of the lines, and returns the number of lines that it took. */
function readRecord(lines: readonly Line[], layout: Layout): readonly [reading: Reading, used: number] {
  const line = lines[0]?.number ?? 0;
  const isWhole = (text: string) => !text.includes('"') && text.split(',').length === layout.width;
  // Lines that are rows by themselves are no part of this one, whatever its quotes say: no row may swallow another.
  if (lines.length > 1 && isClosed(lines) && !lines.slice(1).some(({ text }) => isWhole(text))) {
    const joined = attempt(lines.map(({ text }) => text).join('\n'), layout, false);
    if (typeof joined !== 'string') return [{ kind: 'row', row: toRow(line, joined, layout) }, lines.length];
  }
  const values = attempt(lines[0]?.text ?? '', layout, true);
  return typeof values === 'string'
    ? [{ kind: 'malformed', line, problem: values }, 1]
    : [{ kind: 'row', row: toRow(line, values, layout) }, 1];
}

/** The fields, or their error. A stray quote inside a field is an ordinary character if that is allowed. */
function attempt(text: string, { width }: Layout, allowStrayQuotes: boolean): readonly string[] | string {
  let values: readonly string[];
  try {
    values = split(text, allowStrayQuotes);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return values.length === width ? values : `${values.length} columns instead of ${width}`;
}

function split(text: string, allowStrayQuotes = true): readonly string[] {
  // Nearly every row has no quote, and splitting it is thirty times as fast.
  if (!text.includes('"')) return text.split(',');
  const records: string[][] = parse(text, { relax_quotes: allowStrayQuotes, relax_column_count: true });
  return records.length === 1 ? (records[0] ?? []) : [];
}

function toRow(line: number, values: readonly string[], { columns }: Layout): RawRow {
  const value = (column: Column) => (values[columns.get(column) ?? -1] ?? '').trim();
  return {
    line,
    invoiceNo: value('invoiceNo'),
    stockCode: value('stockCode'),
    description: value('description'),
    quantity: value('quantity'),
    invoiceDate: value('invoiceDate'),
    unitPrice: value('unitPrice'),
    customerId: value('customerId'),
    country: value('country'),
  };
}
