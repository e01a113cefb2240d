import { type CsvRow, type Delimiter, readCsv } from '../files/csv.ts';
import { type FileProblem, problemLines } from '../files/problems.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { columnName, type Path, type ReadCell, readerOf, requiredColumns } from './product-cells.ts';
import type { ReadProduct } from './read-product.ts';

/**
 * The products of a CSV file: a header, then one line for each product. An empty cell sets nothing. Throws {@link
 * BadFile} with all errors of the file.
 */
export function readProductCsv(path: string, text: string): ReadProduct[] {
  const table = readCsv(text);
  if ('problems' in table) throw new BadFile(problemLines(path, table.problems).join('\n'));
  const { header, rows, delimiter } = table;
  const columns = columnsOf(path, header);
  const problems: FileProblem[] = [];
  const products = rows.map((row): ReadProduct => {
    return readRow({ row, columns, delimiter }, (column, detail) =>
      problems.push({ line: row.line, reason: `${column}: ${detail}` }),
    );
  });
  if (problems.length > 0) throw new BadFile(problemLines(path, problems).join('\n'));
  return products;
}

interface Column {
  readonly name: string;
  readonly read: ReadCell;
}

function columnsOf(path: string, { cells, line }: CsvRow): Column[] {
  const names = cells.map(columnName);
  const problems: string[] = [];
  const unknown: string[] = [];
  const columns = names.flatMap((name, index): Column[] => {
    const read = readerOf(name);
    if (name !== '' && names.indexOf(name) < index) problems.push(`${name}: two columns have this name`);
    if (typeof read === 'function') return [{ name, read }];
    if (read === undefined) unknown.push(name === '' ? `column ${index + 1} without a name` : name);
    else problems.push(`${name}: ${read}`);
    return [];
  });
  const missing = Object.keys(requiredColumns).filter((name) => !names.includes(name));
  if (!names.some((name) => name.startsWith('price:'))) missing.push('price:EUR');
  if (unknown.length > 0)
    problems.push(`unknown columns: ${unknown.join(', ')}; docs/catalogue-import.md lists the columns`);
  if (missing.length > 0) problems.push(`missing columns: ${missing.join(', ')}`);
  if (problems.length > 0)
    throw new BadFile(
      problemLines(
        path,
        problems.map((reason) => ({ line, reason })),
      ).join('\n'),
    );
  return columns;
}

function readRow(
  { row, columns, delimiter }: { row: CsvRow; columns: readonly Column[]; delimiter: Delimiter },
  report: (column: string, detail: string) => void,
): ReadProduct {
  const { cells, line } = row;
  const product: Record<string, unknown> = {};
  const places: { at: string; column: string }[] = [];
  for (const [index, { name, read }] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    const given = read(cell, delimiter);
    if ('problem' in given) report(name, given.problem);
    else
      for (const at of put(product, given.at, given.value))
        places.push({ at: `/${at.join('/')}`, column: name });
  }
  return { product, line, columnOf: (pointer) => columnAt(places, pointer) };
}

/**
 * Puts the value at its path. Gives the path of the value. A list takes its items at its end, so each item has its
 * own path.
 */
function put(product: Record<string, unknown>, at: Path, value: unknown): Path[] {
  const [name = '', ...rest] = at.map(String);
  if (rest.length === 0) {
    product[name] = value;
    return [[name]];
  }
  if (rest[0] === '+') {
    product[name] ??= [];
    const list = product[name] as unknown[];
    const from = list.length;
    list.push(...(value as unknown[]));
    return (value as unknown[]).map((_, index) => [name, from + index]);
  }
  product[name] ??= {};
  const inner = product[name] as Record<string, unknown>;
  return put(inner, rest, value).map((path) => [name, ...path]);
}

/** The column whose value the pointer leads to or into. If no column set a value there, the pointer itself. */
function columnAt(places: readonly { at: string; column: string }[], pointer: string): string {
  const found = places
    .filter(({ at }) => pointer === at || pointer.startsWith(`${at}/`))
    .toSorted((a, b) => b.at.length - a.at.length)[0];
  const last = pointer.split('/').at(-1) ?? '';
  return found?.column ?? (last === '' ? 'the line' : last);
}
