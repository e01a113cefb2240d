import {
  columnPlaces,
  type Delimiter,
  isBlankRow,
  likeliestDelimiter,
  namedDelimiter,
  splitRow,
  withDecimalPoint,
} from '../files/csv.ts';
import { emptyFile } from '../files/read-text-file.ts';
import { FileEndsEarly, type Line, readLines } from './read-lines.ts';

/** One row of the file. Every column is untrusted text. */
export interface RawRow {
  /** The line on which the row begins, counted from 1. The header is line 1. */
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

/** The error of a file with another layout. Nothing in it can be read. The message can be shown to the user. */
export class WrongLayout extends Error {
  override readonly name = 'WrongLayout';
}

/** The column names of both editions of the data set. Case, spaces and underscores are ignored. */
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

/**
 * The largest number of lines of a row. A quoted field may contain line breaks, but a longer one has lost its closing
 * quote.
 */
const MAX_LINES_A_ROW = 4;

/**
 * Streams the rows of a CSV file, plain or gzipped, in the layout of the UCI *Online Retail* data set. A spreadsheet
 * may have saved the file again, with semicolons or tabs, decimal commas or a line `sep=;`. A row that cannot be read
 * is given as `malformed` with its line, and the other rows are still read. Blank rows are ignored. Throws {@link
 * WrongLayout} when the header is a different one. Throws BadFile for a file that cannot be read or is empty.
 */
export async function* readRows(path: string): AsyncGenerator<Reading> {
  const lines = readLines(path);
  let last = 0;
  try {
    const layout = await readLayout(path, lines);
    const isBlank = ({ text }: Line) => isBlankRow(text, layout.delimiter);
    let open: Line[] = [];
    for await (const line of lines) {
      last = line.number;
      if (open.length === 0 && isBlank(line)) continue;
      open.push(line);
      // An open quote may be closed on one of the next lines, up to a limit.
      while (open.length > 0 && (isClosed(open) || open.length >= MAX_LINES_A_ROW)) {
        const [reading, used] = readRecord(open, layout);
        yield reading;
        open = open.slice(used).filter((each) => !isBlank(each));
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
  readonly delimiter: Delimiter;
  readonly columns: ReadonlyMap<Column, number>;
  readonly width: number;
}

/** Reads the header. A line `sep=;` and blank lines may be before it. */
async function readLayout(path: string, lines: AsyncGenerator<Line>): Promise<Layout> {
  let named: Delimiter | undefined;
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const text = next.value.text.replace(/^\uFEFF/, '');
    if (next.value.number === 1) named = namedDelimiter(text);
    const isHeader = text.trim() !== '' && (named === undefined || next.value.number > 1);
    if (isHeader) return layoutOf(next.value.number, text, named ?? likeliestDelimiter(text));
  }
  throw emptyFile(path);
}

function layoutOf(line: number, text: string, delimiter: Delimiter): Layout {
  const cells = splitRow(text, { delimiter, allowStrayQuotes: true });
  const columns = columnPlaces({ cells, line }, COLUMNS);
  const missing = [...columns].flatMap(([column, place]) => (place < 0 ? [column] : []));
  if (missing.length === 0) return { delimiter, columns, width: cells.length };
  const wanted = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  throw new WrongLayout(
    `the first line has to name the columns ${wanted}; ${missing.join(', ')} not found in ${JSON.stringify(text.slice(0, 120))}`,
  );
}

/**
 * Whether every quoted field has its closing quote. Quotes inside a field are doubled, so the number of quotes is
 * even.
 */
function isClosed(lines: readonly Line[]): boolean {
  return lines.reduce((count, { text }) => count + text.split('"').length - 1, 0) % 2 === 0;
}

/** Reads one record from the first lines. Returns the number of lines that it took. */
function readRecord(lines: readonly Line[], layout: Layout): readonly [reading: Reading, used: number] {
  const line = lines[0]?.number ?? 0;
  const isWhole = (text: string) =>
    !text.includes('"') && text.split(layout.delimiter).length === layout.width;
  // A line that is a complete row is never part of the record before it, whatever the quotes say. So no row is lost
  // in another.
  if (lines.length > 1 && isClosed(lines) && !lines.slice(1).some(({ text }) => isWhole(text))) {
    const joined = attempt(lines.map(({ text }) => text).join('\n'), layout, false);
    if (typeof joined !== 'string') return [{ kind: 'row', row: toRow(line, joined, layout) }, lines.length];
  }
  const values = attempt(lines[0]?.text ?? '', layout, true);
  return typeof values === 'string'
    ? [{ kind: 'malformed', line, problem: values }, 1]
    : [{ kind: 'row', row: toRow(line, values, layout) }, 1];
}

/** The fields, or the error. If it is allowed, a quote inside a field is an ordinary character. */
function attempt(
  text: string,
  { width, delimiter }: Layout,
  allowStrayQuotes: boolean,
): readonly string[] | string {
  let values: readonly string[];
  try {
    values = splitRow(text, { delimiter, allowStrayQuotes });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const isWhole = values.length >= width && values.slice(width).every((value) => value.trim() === '');
  return isWhole ? values : `${values.length} columns instead of ${width}`;
}

function toRow(line: number, values: readonly string[], { columns, delimiter }: Layout): RawRow {
  const value = (column: Column) => (values[columns.get(column) ?? -1] ?? '').trim();
  return {
    line,
    invoiceNo: value('invoiceNo'),
    stockCode: value('stockCode'),
    description: value('description'),
    quantity: value('quantity'),
    invoiceDate: value('invoiceDate'),
    unitPrice: withDecimalPoint(value('unitPrice'), delimiter),
    customerId: value('customerId'),
    country: value('country'),
  };
}
