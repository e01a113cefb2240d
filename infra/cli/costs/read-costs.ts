import { isCurrency } from '../../../shared/kernel/currency.ts';
import { type MoneyJson, parseMajor, toJson } from '../../../shared/kernel/money.ts';
import { type CsvTable, columnPlaces, readCsv, withDecimalPoint } from '../files/csv.ts';
import type { FileProblem } from '../files/problems.ts';
import type { CostKind } from './costs-options.ts';

/** A cost in the form of `POST /v1/admin/costs/import`, with its place in the file. Its texts are not checked yet. */
interface FileCost {
  readonly line: number;
  readonly body: Readonly<Record<string, string | MoneyJson>>;
}

export type ReadCosts =
  | { readonly ok: true; readonly costs: readonly FileCost[] }
  | { readonly ok: false; readonly errors: readonly FileProblem[] };

type Cell = (column: string) => string;
type Amount = (column: string, currencyColumn: string) => MoneyJson | undefined;

interface Form {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** What a row gives. An amount that is wrong is reported and left out. */
  readonly read: (cell: Cell, amount: Amount) => Readonly<Record<string, string | MoneyJson | undefined>>;
}

const FORMS: Readonly<Record<CostKind, Form>> = {
  purchase: {
    required: ['sku', 'validFrom', 'purchase', 'currency'],
    optional: ['firstLeg', 'firstLegCurrency'],
    read: (cell, amount) => ({
      ...{ sku: cell('sku'), validFrom: cell('validFrom'), purchase: amount('purchase', 'currency') },
      firstLeg:
        cell('firstLeg') === ''
          ? undefined
          : amount('firstLeg', cell('firstLegCurrency') === '' ? 'currency' : 'firstLegCurrency'),
    }),
  },
  marketing: {
    required: ['storefrontId', 'market', 'channel', 'day', 'amount', 'currency'],
    optional: [],
    read: (cell, amount) => ({
      ...{ storefrontId: cell('storefrontId'), market: cell('market').toUpperCase() },
      ...{ channel: cell('channel'), day: cell('day'), amount: amount('amount', 'currency') },
    }),
  },
};

/**
 * Reads a CSV file of costs. Its first line names the columns, in any order. Amounts are in the currency's major unit:
 * `12.30`, or `12,30` if semicolons separate the cells. Amounts are checked here, and everything else at the backend.
 */
export function readCosts(kind: CostKind, text: string): ReadCosts {
  const table = readCsv(text, { allowShortRows: true });
  if ('problems' in table) return { ok: false, errors: table.problems };
  const form = FORMS[kind];
  const names = [...form.required, ...form.optional];
  const places = columnPlaces(table.header, Object.fromEntries(names.map((name) => [name, [name]])));
  const missing = form.required.filter((name) => places.get(name) === -1);
  if (missing.length > 0)
    return {
      ok: false,
      errors: [{ line: table.header.line, reason: `missing columns: ${missing.join(', ')}` }],
    };
  if (table.rows.length === 0)
    return { ok: false, errors: [{ line: 1, reason: 'the file has only a header' }] };
  const errors: FileProblem[] = [];
  const costs = table.rows.map((row): FileCost => {
    const cell: Cell = (column) => row.cells[places.get(column) ?? -1] ?? '';
    const wrong = (reason: string) => void errors.push({ line: row.line, reason });
    const given = form.read(cell, amountReader(cell, table.delimiter, wrong));
    const known = Object.entries(given).filter(
      (entry): entry is [string, string | MoneyJson] => entry[1] !== undefined,
    );
    return { line: row.line, body: Object.fromEntries(known) };
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, costs };
}

const amountReader =
  (cell: Cell, delimiter: CsvTable['delimiter'], wrong: (reason: string) => void): Amount =>
  (column, currencyColumn) => {
    const currency = cell(currencyColumn).toUpperCase();
    if (!isCurrency(currency)) {
      wrong(`${currencyColumn}: ${JSON.stringify(currency)} is not a known currency`);
      return undefined;
    }
    const read = parseMajor(withDecimalPoint(cell(column), delimiter), currency);
    if (read !== undefined && read.amountMinor >= 0) return toJson(read);
    wrong(`${column}: ${JSON.stringify(cell(column))} is not an amount of ${currency}`);
    return undefined;
  };
