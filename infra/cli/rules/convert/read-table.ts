import { parse } from 'csv-parse/sync';

/** A row of a table as text by column, and the line that it ends in. */
export interface TableRow<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads comma, semicolon or tab separated text whose first line names its columns; each column is known by any of
 * its names, whatever their case. Throws an Error that names the place, where it is no such table.
 */
export function readTable<Column extends string>(
  file: { readonly name: string; readonly text: string },
  columns: Readonly<Record<Column, readonly string[]>>,
): TableRow<Column>[] {
  const [head = ''] = file.text.replace(/^\uFEFF/, '').split('\n', 1);
  const delimiter = ['\t', ';', ','].find((each) => head.includes(each)) ?? ',';
  const { rows, header } = parsed(file, delimiter);
  const titles = header.map((title) => title.trim().toLowerCase());
  const places = (Object.keys(columns) as Column[]).map((column) => {
    const names = columns[column].map((name) => name.toLowerCase());
    return { column, at: titles.findIndex((title) => names.includes(title)) };
  });
  const missing = places.filter(({ at }) => at === -1).map(({ column }) => columns[column][0]);
  if (missing.length > 0) throw new Error(`${file.name}:1: no column ${missing.join(', ')}`);
  return rows.map(({ record, info }) => {
    const cells: Record<string, string> = {};
    for (const { column, at } of places) cells[column] = (record[at] ?? '').trim();
    return { line: info.lines, cells: cells as Record<Column, string> };
  });
}

function parsed({ name, text }: { readonly name: string; readonly text: string }, delimiter: string) {
  try {
    const all = parse(text, {
      ...{ bom: true, info: true, delimiter, skip_empty_lines: true, relax_column_count_less: true },
      skip_records_with_empty_values: true,
    }) as unknown as Parsed[];
    const [first, ...rows] = all;
    return { header: first?.record ?? [], rows };
  } catch (error) {
    const { lines = 1, message } = error as Error & { readonly lines?: number };
    throw new Error(`${name}:${lines}: ${message}`);
  }
}
