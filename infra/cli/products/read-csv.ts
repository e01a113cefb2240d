import { CsvError, parse } from 'csv-parse/sync';
import { BadFile } from '../terminal/bad-file.ts';
import { type Path, type ReadCell, readerOf, requiredColumns } from './product-cells.ts';
import type { ReadProduct } from './read-product.ts';

interface Row {
  readonly cells: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

/**
 * The products of a CSV file: UTF-8, a header, then a line a product, separated by comma, semicolon or tab. An empty
 * cell says nothing. Throws {@link BadFile} with a line for each cell that can't be read.
 */
export function readCsv(path: string, text: string): ReadProduct[] {
  const [header, ...rows] = rowsOf(path, text);
  if (header === undefined) throw new BadFile(`${path}: empty`);
  const columns = columnsOf(path, header);
  const problems: string[] = [];
  const products = rows.map((row): ReadProduct => {
    const { cells, line } = row;
    if (cells.length !== columns.length)
      problems.push(`${path}:${line}: ${cells.length} cells, the header has ${columns.length}`);
    return readRow(row, columns, (column, detail) => problems.push(`${path}:${line}: ${column}: ${detail}`));
  });
  if (problems.length > 0) throw new BadFile(problems.join('\n'));
  return products;
}

interface Column {
  readonly name: string;
  readonly read: ReadCell;
}

function columnsOf(path: string, { cells, line }: Row): Column[] {
  const names = cells.map((cell) => cell.trim());
  const problems = names.flatMap((name, index) =>
    names.indexOf(name) < index ? [`${path}:${line}: ${name}: a second column of this name`] : [],
  );
  const columns = names.flatMap((name): Column[] => {
    const read = readerOf(name);
    if (typeof read !== 'string') return [{ name, read }];
    problems.push(`${path}:${line}: ${name}: ${read}`);
    return [];
  });
  const wanted = [...Object.keys(requiredColumns), 'price:'];
  for (const name of wanted)
    if (!names.some((own) => own === name || (name === 'price:' && own.startsWith(name))))
      problems.push(`${path}:${line}: ${name === 'price:' ? 'price:EUR' : name}: this column is missing`);
  if (problems.length > 0) throw new BadFile(problems.join('\n'));
  return columns;
}

function readRow(
  { cells, line }: Row,
  columns: readonly Column[],
  tell: (column: string, detail: string) => void,
): ReadProduct {
  const product: Record<string, unknown> = {};
  const places: { at: string; column: string }[] = [];
  for (const [index, { name, read }] of columns.entries()) {
    const cell = (cells[index] ?? '').trim();
    if (cell === '') continue;
    const given = read(cell);
    if ('problem' in given) tell(name, given.problem);
    else
      for (const at of put(product, given.at, given.value))
        places.push({ at: `/${at.join('/')}`, column: name });
  }
  return { product, line, columnOf: (pointer) => columnAt(places, pointer) };
}

/** Puts the value at its place, and gives the place; a list takes its items at its end, each with its own. */
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

/** The column whose place the pointer leads to or into; the pointer itself where no column says anything there. */
function columnAt(places: readonly { at: string; column: string }[], pointer: string): string {
  const found = places
    .filter(({ at }) => pointer === at || pointer.startsWith(`${at}/`))
    .toSorted((a, b) => b.at.length - a.at.length)[0];
  const last = pointer.split('/').at(-1) ?? '';
  return found?.column ?? (last === '' ? 'the line' : last);
}

function rowsOf(path: string, text: string): Row[] {
  const [first = ''] = text.split(/\r?\n/, 1);
  const delimiter =
    [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
  try {
    const records = parse(text, {
      ...{ bom: true, delimiter, info: true, raw: true },
      ...{ relax_column_count: true, skip_empty_lines: true },
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
    return records.map(({ record, raw, info }) => ({
      cells: record,
      line: info.lines - (raw.trim().split('\n').length - 1),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadFile(`${path}:${Number(error.lines ?? 1)}: ${error.message}`);
  }
}
