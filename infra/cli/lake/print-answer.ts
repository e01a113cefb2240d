import { textTable } from '../terminal/text-table.ts';
import type { AnswerFormat } from './lake-options.ts';

type Value = string | number | boolean | null;
type Row = readonly Value[];

/** A result that comes in parts. */
export interface AnswerParts {
  readonly columns: readonly string[];
  readonly parts: AsyncIterable<readonly Row[]>;
}

/** More rows make no table that a person reads. */
const MAX_TABLE_ROWS = 1_000;

/**
 * Writes the result: as a table with at most a thousand rows, as CSV (RFC 4180, with titles), or as one JSON object a
 * line. CSV and JSON are written while they come.
 */
export async function printAnswer(
  { columns, parts }: AnswerParts,
  format: AnswerFormat,
  write: (text: string) => void,
): Promise<void> {
  if (format === 'table') {
    write(`${await tableOf(columns, parts)}\n`);
    return;
  }
  if (format === 'csv') write(`${csvLine(columns)}\r\n`);
  for await (const rows of parts)
    for (const row of rows)
      write(format === 'csv' ? `${csvLine(row)}\r\n` : `${JSON.stringify(objectOf(columns, row))}\n`);
}

async function tableOf(columns: readonly string[], parts: AsyncIterable<readonly Row[]>): Promise<string> {
  const shown: Row[] = [];
  let rows = 0;
  for await (const part of parts) {
    rows += part.length;
    shown.push(...part.slice(0, Math.max(0, MAX_TABLE_ROWS - shown.length)));
  }
  const titles = columns.map((title, index) => ({
    title,
    align: shown.some((row) => typeof row[index] === 'number') ? ('right' as const) : ('left' as const),
  }));
  const cells = shown.map((row) => row.map((value) => (value === null ? '' : String(value))));
  const more = rows > shown.length ? ` of which ${shown.length} are shown: --format csv gives all` : '';
  return `${textTable(titles, cells)}\n${rows} ${rows === 1 ? 'row' : 'rows'}${more}`;
}

const objectOf = (columns: readonly string[], row: Row) =>
  Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]));

const csvLine = (row: readonly Value[]): string => row.map(csvCell).join(',');

function csvCell(value: Value): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
