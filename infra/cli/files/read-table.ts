import { BadFile } from '../terminal/bad-file.ts';
import { columnPlaces, readCsv } from './csv.ts';
import { problemLines } from './problems.ts';

/** A row of a table: text by column, and the line on which the row begins. */
export interface TableRow<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

/**
 * Reads text with cells that are separated by comma, semicolon or tab. Its first line names the columns. A column may
 * have any of its names, in any case. Throws {@link BadFile} with the place of the error if the text is not such a
 * table.
 */
export function readTable<Column extends string>(
  file: { readonly name: string; readonly text: string },
  columns: Readonly<Record<Column, readonly string[]>>,
): TableRow<Column>[] {
  const table = readCsv(file.text, { allowShortRows: true });
  if ('problems' in table) throw new BadFile(problemLines(file.name, table.problems).join('\n'));
  const places = columnPlaces(table.header, columns);
  const missing = [...places].flatMap(([column, at]) => (at === -1 ? [columns[column][0]] : []));
  if (missing.length > 0)
    throw new BadFile(`${file.name}:${table.header.line}: no column ${missing.join(', ')}`);
  return table.rows.map(({ cells, line }) => {
    const named = [...places].map(([column, at]) => [column, cells[at] ?? ''] as const);
    return { line, cells: Object.fromEntries(named) as Record<Column, string> };
  });
}
