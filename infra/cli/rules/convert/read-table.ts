import { columnPlaces, readCsv } from '../../files/csv.ts';
import { problemLines } from '../../files/problems.ts';
import { BadFile } from '../../terminal/bad-file.ts';

/** A row of a table as text by column, and the line that it begins in. */
export interface TableRow<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

/**
 * Reads comma, semicolon or tab separated text whose first line names its columns; each column is known by any of
 * its names, whatever their case. Throws {@link BadFile} that names the place, where it is no such table.
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
