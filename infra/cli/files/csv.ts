import { CsvError, parse } from 'csv-parse/sync';
import { counted, type FileProblem } from './problems.ts';

export interface CsvRow {
  readonly cells: readonly string[];
  /** The line on which the row begins, counted from 1. */
  readonly line: number;
}

/** A file with cells that are separated by comma, semicolon or tab. */
export interface CsvTable {
  readonly delimiter: Delimiter;
  readonly header: CsvRow;
  readonly rows: readonly CsvRow[];
}

/** The errors of a file that is not a table. */
export interface BrokenCsv {
  readonly problems: readonly FileProblem[];
}

export type Delimiter = ',' | ';' | '\t';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/**
 * Reads a CSV file as spreadsheets write it, with or without a byte order mark and a first line `sep=;`. Cells are
 * separated by comma, semicolon or tab, whichever is most frequent in the header. Rows with only empty cells are
 * ignored. Cells are trimmed. Returns an error for a missing header, an unclosed quote or a row that is longer than
 * the header. A shorter row is an error too, unless short rows are allowed.
 */
export function readCsv(text: string, { allowShortRows = false } = {}): CsvTable | BrokenCsv {
  const { delimiter, body, linesBefore } = separatorOf(text.replace(/^\uFEFF/, ''));
  const records = parsed(body, delimiter);
  if ('reason' in records) return { problems: [{ ...records, line: linesBefore + records.line }] };
  const [header, ...rows] = records
    .map(
      ({ record, raw, info }): CsvRow => ({
        cells: record.map((cell) => cell.trim()),
        line: linesBefore + info.lines - (raw.trim().split('\n').length - 1),
      }),
    )
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (header === undefined) return { problems: [{ line: 1, reason: 'the file is empty' }] };
  const width = namedWidth(header, rows);
  const problems = rows.flatMap(({ cells, line }): FileProblem[] => {
    const isTooShort = cells.length < width && !allowShortRows;
    const isTooLong = cells.slice(width).some((cell) => cell !== '');
    if (isTooShort)
      return [{ line, reason: `the line has ${counted(cells.length, 'cell')}, and the header has ${width}` }];
    return isTooLong ? [{ line, reason: tooLong(cells.length, width, delimiter) }] : [];
  });
  const named = { ...header, cells: header.cells.slice(0, width) };
  return problems.length > 0 ? { problems } : { delimiter, header: named, rows };
}

/**
 * The number of columns. Those at the end that have neither a name nor a value are none: a spreadsheet writes them for
 * cells that were cleared.
 */
function namedWidth({ cells }: CsvRow, rows: readonly CsvRow[]): number {
  const used = Math.max(...[cells, ...rows.map((row) => row.cells)].map(lastFilled));
  return Math.min(cells.length, Math.max(used, 1));
}

const lastFilled = (cells: readonly string[]) => cells.findLastIndex((cell) => cell !== '') + 1;

function tooLong(cells: number, width: number, delimiter: Delimiter): string {
  const counts = `the line has ${counted(cells, 'cell')}, and the header has ${width}`;
  return delimiter === ','
    ? `${counts}: write a cell with a comma in double quotes, and amounts with a decimal point`
    : counts;
}

function separatorOf(text: string) {
  const [line = ''] = text.split('\n', 1);
  const named = namedDelimiter(line.replace(/\r$/, ''));
  const body = named === undefined ? text : text.slice(line.length + 1);
  const header = body.split('\n').find((each) => each.trim() !== '') ?? '';
  return { delimiter: named ?? likeliestDelimiter(header), body, linesBefore: named === undefined ? 0 : 1 };
}

/**
 * The separator that a first line `sep=;` names; undefined for any other line. Excel writes such a line, and it is
 * not a row.
 */
export function namedDelimiter(line: string): Delimiter | undefined {
  const own = /^sep=(.)$/i.exec(line)?.[1];
  return DELIMITERS.find((each) => each === own);
}

/** The separator that is most frequent in a header. */
export function likeliestDelimiter(header: string): Delimiter {
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.delimiter ?? ',';
}

function parsed(text: string, delimiter: Delimiter): Parsed[] | FileProblem {
  try {
    return parse(text, {
      delimiter,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { line: Number(error.lines ?? 1), reason: error.message };
  }
}

/**
 * The cells of one row. Throws CsvError for a quote that is not closed or that is inside a cell. If such quotes are
 * allowed, they are ordinary characters.
 */
export function splitRow(
  text: string,
  { delimiter, allowStrayQuotes = false }: { delimiter: Delimiter; allowStrayQuotes?: boolean },
): readonly string[] {
  // Most rows have no quote. Without quotes, a simple split is thirty times as fast.
  if (!text.includes('"')) return text.split(delimiter);
  const records: string[][] = parse(text, {
    delimiter,
    relax_quotes: allowStrayQuotes,
    relax_column_count: true,
  });
  return records.length === 1 ? (records[0] ?? []) : [];
}

/** Whether all cells of a row are empty. A spreadsheet keeps the separators of a row whose cells were cleared. */
export const isBlankRow = (text: string, delimiter: Delimiter): boolean =>
  text.replaceAll(delimiter, '').replaceAll('""', '').trim() === '';

/**
 * An amount with a decimal point. If semicolons or tabs separate the cells, the spreadsheet may be European and write
 * `19,99` or `1.234,56`. If commas separate the cells, a comma cannot be part of an amount.
 */
export function withDecimalPoint(cell: string, delimiter: Delimiter): string {
  if (delimiter === ',') return cell;
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(cell)) return cell.replaceAll('.', '').replace(',', '.');
  return /^-?\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell;
}

/** The position of each column, ignoring case, spaces and underscores; -1 if it is missing. */
export function columnPlaces<Name extends string>(
  { cells }: CsvRow,
  names: Readonly<Record<Name, readonly string[]>>,
): ReadonlyMap<Name, number> {
  const titles = cells.map(plainTitle);
  return new Map(
    (Object.keys(names) as Name[]).map((name) => {
      const wanted = names[name].map(plainTitle);
      return [name, titles.findIndex((title) => wanted.includes(title))];
    }),
  );
}

const plainTitle = (title: string) => title.toLowerCase().replaceAll(/[\s_]/g, '');
