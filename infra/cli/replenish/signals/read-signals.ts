import type { ImportRow } from '../../client/import-in-parts.ts';
import { type CsvTable, columnPlaces, readCsv, withDecimalPoint } from '../../files/csv.ts';
import type { FileProblem } from '../../files/problems.ts';

export type ReadSignals =
  | { readonly ok: true; readonly signals: readonly ImportRow[] }
  | { readonly ok: false; readonly errors: readonly FileProblem[] };

const REQUIRED = ['signalId', 'kind', 'markets'] as const;
const OPTIONAL = [
  ...(['skus', 'categories', 'firstDay', 'lastDay', 'feast', 'year', 'daysBefore', 'daysAfter'] as const),
  ...(['factor', 'unitsADay', 'stockDaysBefore'] as const),
];

type Cell = (column: (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]) => string;

/**
 * Reads a CSV file of signals of demand. Its first line names the columns, in any order. A row has either `firstDay`
 * and `lastDay`, or `feast` and `year`; and either `factor` or `unitsADay`. Markets, SKUs and categories are separated
 * by spaces. The backend checks what they mean.
 */
export function readSignals(text: string): ReadSignals {
  const table = readCsv(text, { allowShortRows: true });
  if ('problems' in table) return { ok: false, errors: table.problems };
  const names = [...REQUIRED, ...OPTIONAL];
  const places = columnPlaces(table.header, Object.fromEntries(names.map((name) => [name, [name]])));
  const missing = REQUIRED.filter((name) => places.get(name) === -1);
  if (missing.length > 0)
    return {
      ok: false,
      errors: [{ line: table.header.line, reason: `missing columns: ${missing.join(', ')}` }],
    };
  if (table.rows.length === 0)
    return { ok: false, errors: [{ line: 1, reason: 'the file has only a header' }] };
  const errors: FileProblem[] = [];
  const signals = table.rows.map(({ line, cells }): ImportRow => {
    const cell: Cell = (column) => cells[places.get(column) ?? -1] ?? '';
    const wrong = (reason: string) => void errors.push({ line, reason });
    return { line, body: signalIn(cell, numberReader(cell, table.delimiter, wrong), wrong) };
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, signals };
}

type NumberOf = (column: Parameters<Cell>[0]) => number | undefined;

function signalIn(cell: Cell, numberOf: NumberOf, wrong: (reason: string) => void): ImportRow['body'] {
  const hasFeast = cell('feast') !== '';
  const hasDays = cell('firstDay') !== '' || cell('lastDay') !== '';
  if (hasFeast === hasDays) wrong('either firstDay and lastDay, or feast and year');
  const [factor, unitsADay] = [numberOf('factor'), numberOf('unitsADay')];
  if ((cell('factor') === '') === (cell('unitsADay') === '')) wrong('either factor or unitsADay');
  const [skus, categories] = [words(cell('skus')), words(cell('categories'))];
  return {
    ...{ signalId: cell('signalId'), kind: cell('kind') },
    markets: words(cell('markets').toUpperCase()),
    ...(skus.length === 0 ? {} : { skus }),
    ...(categories.length === 0 ? {} : { categories }),
    days: hasFeast
      ? {
          ...{ feast: cell('feast'), year: numberOf('year') ?? 0 },
          ...known({ daysBefore: numberOf('daysBefore'), daysAfter: numberOf('daysAfter') }),
        }
      : { firstDay: cell('firstDay'), lastDay: cell('lastDay') },
    uplift: factor === undefined ? { unitsADay: unitsADay ?? 0 } : { factor },
    ...known({ stockDaysBefore: numberOf('stockDaysBefore') }),
  };
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const known = (values: Readonly<Record<string, number | undefined>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The number of a cell; undefined where it is empty, or is none, which is reported. */
const numberReader =
  (cell: Cell, delimiter: CsvTable['delimiter'], wrong: (reason: string) => void): NumberOf =>
  (column) => {
    const text = cell(column);
    if (text === '') return undefined;
    const plain = withDecimalPoint(text, delimiter);
    if (/^-?\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
    wrong(`${column}: ${JSON.stringify(text)} is not a number`);
    return undefined;
  };
