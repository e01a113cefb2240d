import { isCurrency } from '../../../shared/kernel/currency.ts';
import { isCalendarDate } from '../../../shared/kernel/time.ts';
import { checkRows, type RateTable, type ReadFile } from '../../../shared/rates/published/rate-table.ts';
import { type CsvRow, columnPlaces, readCsv, withDecimalPoint } from '../files/csv.ts';
import type { FileProblem } from '../files/problems.ts';

const COLUMNS = {
  currency: ['currency'],
  rate: ['rate'],
  date: ['date'],
  source: ['source'],
  base: ['base'],
} as const;
type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ['currency', 'rate', 'date', 'source'];

const MAX_SOURCE = 120;

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

/**
 * Reads `currency,rate,date,source` and, if the column is there, `base`: units of the currency for one unit of the
 * base, which is EUR where nothing is given. The tables are for currencies that the daily rates lack. One row a
 * currency; rows of one day, source and base make one table.
 */
export function readCsvRates(text: string): ReadFile<readonly RateTable[]> {
  const csv = readCsv(text);
  if ('problems' in csv) return { ok: false, errors: csv.problems };
  const { delimiter, header, rows: body } = csv;
  const places = columnPlaces(header, COLUMNS);
  const missing = REQUIRED.filter((name) => places.get(name) === -1);
  if (missing.length > 0)
    return { ok: false, errors: [{ line: header.line, reason: `missing columns: ${missing.join(', ')}` }] };
  const rows = body.map((row): Row => {
    const cell = (column: Column) => cellOf(row, places.get(column));
    const rate = withDecimalPoint(cell('rate'), delimiter);
    const [currency, date, source] = [cell('currency'), cell('date'), cell('source')];
    return { line: row.line, cells: { currency, rate, date, source, base: cell('base') || 'EUR' } };
  });
  const { unknownCurrencies, errors } = checkRows(
    rows.map(({ line, cells: { currency, rate } }) => ({ line, currency, rate })),
  );
  const empty = rows.length === 0 ? [{ line: header.line, reason: 'the file has no rates' }] : [];
  const all = [...errors.map(inColumn), ...rows.flatMap(rowProblems), ...repeated(rows), ...empty];
  if (all.length > 0) return { ok: false, errors: all.toSorted((a, b) => a.line - b.line) };
  return { ok: true, value: tablesOf(rows), unknownCurrencies };
}

const cellOf = ({ cells }: CsvRow, place = -1): string => cells[place] ?? '';

/** The checks of rates are about one cell each; their text tells which. */
const inColumn = ({ line, reason }: FileProblem): FileProblem => ({
  line,
  reason: `${reason.includes('is not a currency code') ? 'currency' : 'rate'}: ${reason}`,
});

function rowProblems({ line, cells: { currency, date, source, base } }: Row): FileProblem[] {
  const problems: FileProblem[] = [];
  const wrong = (column: Column, reason: string) => problems.push({ line, reason: `${column}: ${reason}` });
  if (!isCalendarDate(date)) wrong('date', `${JSON.stringify(date)} is not a day, written 2026-11-27`);
  if (source === '') wrong('source', 'who published the rate is missing');
  if (source.length > MAX_SOURCE) wrong('source', `at most ${MAX_SOURCE} characters`);
  if (!isCurrency(base)) wrong('base', `${JSON.stringify(base)} is not a currency that can be used`);
  if (currency === base) wrong('base', `${currency} is worth 1 of itself`);
  return problems;
}

function repeated(rows: readonly Row[]): FileProblem[] {
  return rows.flatMap(({ line, cells: { currency } }, index) => {
    const first = rows.findIndex((other) => other.cells.currency === currency);
    if (first === index) return [];
    return [{ line, reason: `currency: ${currency} is in line ${rows[first]?.line} already` }];
  });
}

function tablesOf(rows: readonly Row[]): RateTable[] {
  const known = rows.filter(({ cells: { currency } }) => isCurrency(currency));
  const groups = Map.groupBy(known, ({ cells: { date, source, base } }) =>
    JSON.stringify([date, source, base]),
  );
  return [...groups.values()].flatMap((group, index): RateTable[] => {
    const [first] = group;
    if (first === undefined || !isCurrency(first.cells.base)) return [];
    const { date, source, base } = first.cells;
    const rates = Object.fromEntries(group.map(({ cells: { currency, rate } }) => [currency, rate]));
    return [{ id: `csv-${date}-${index + 1}`, base, date, source, kind: 'additional', rates }];
  });
}
