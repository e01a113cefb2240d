import { type CsvTable, columnPlaces, readCsv } from './csv.ts';
import type { FileProblem } from './problems.ts';

/** A row by its columns. */
export interface NamedRow<Column extends string> {
  readonly line: number;
  /** The text of a cell; empty where the file has no such column. */
  readonly cell: (column: Column) => string;
}

export type NamedRows<Column extends string> =
  | {
      readonly ok: true;
      readonly rows: readonly NamedRow<Column>[];
      readonly delimiter: CsvTable['delimiter'];
    }
  | { readonly ok: false; readonly errors: readonly FileProblem[] };

/**
 * Reads a CSV file whose first line names the columns, in any order; rows may be short. A column that is missing, a
 * column that nobody knows, and a file without rows are errors.
 */
export function readColumns<Required extends string, Optional extends string>(
  text: string,
  columns: { readonly required: readonly Required[]; readonly optional: readonly Optional[] },
): NamedRows<Required | Optional> {
  const table = readCsv(text, { allowShortRows: true });
  if ('problems' in table) return { ok: false, errors: table.problems };
  const { header, rows, delimiter } = table;
  const names = [...columns.required, ...columns.optional];
  const places: ReadonlyMap<string, number> = columnPlaces(
    header,
    Object.fromEntries(names.map((name) => [name, [name]])),
  );
  const refused = (reason: string) => ({ ok: false, errors: [{ line: header.line, reason }] }) as const;
  const missing = columns.required.filter((name) => places.get(name) === -1);
  if (missing.length > 0) return refused(`missing columns: ${missing.join(', ')}`);
  const known = new Set(places.values());
  const unknown = header.cells.filter((_, place) => !known.has(place));
  if (unknown.length > 0) return refused(`unknown columns: ${unknown.join(', ')}`);
  if (rows.length === 0) return refused('the file has only a header');
  return {
    ...{ ok: true, delimiter },
    rows: rows.map(({ line, cells }) => ({
      line,
      cell: (column) => cells[places.get(column) ?? -1] ?? '',
    })),
  };
}
