import { columnPlaces } from '../files/csv.ts';
import { readTable, type TableRow } from '../files/read-table.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { fileText } from './file-text.ts';
import type { PublishedFile } from './publishers/publisher.ts';
import { isWorkbook, sheetRows } from './workbook.ts';

/** How many rows above the names of the columns may have a title. */
const TITLE_ROWS = 30;

/**
 * The rows of a table in text or in the first sheet of a workbook. A column may have any of its names, in any case.
 * Throws {@link BadFile} if the file is no such table.
 */
export function readTableFile<Column extends string>(
  file: PublishedFile,
  columns: Readonly<Record<Column, readonly string[]>>,
): TableRow<Column>[] {
  if (!isWorkbook(file)) return readTable({ name: file.name, text: fileText(file) }, columns);
  const rows = sheetRows(file);
  const at = rows
    .slice(0, TITLE_ROWS)
    .findIndex((row) => ![...columnPlaces(row, columns).values()].includes(-1));
  const header = rows[at];
  if (header === undefined)
    throw new BadFile(
      `${file.name}: no row of the first sheet names the columns ${namesOf(columns).join(', ')}`,
    );
  const places = columnPlaces(header, columns);
  return rows.slice(at + 1).map(({ line, cells }) => {
    const named = [...places].map(([column, place]) => [column, cells[place] ?? ''] as const);
    return { line, cells: Object.fromEntries(named) as Record<Column, string> };
  });
}

const namesOf = (columns: Readonly<Record<string, readonly string[]>>) =>
  Object.values(columns).map(([name = '']) => name);
