import { formatMoney } from '../../kernel/money.ts';
import type { ColumnKind, ReportCell } from './columns.ts';
import type { AnswerTable, ReportAnswer } from './report-answer.ts';

/**
 * A table of the report as comma-separated values (RFC 4180), line by line, so that a large one is never held as one
 * text. Amounts are in major units, each with a column for its currency; durations are seconds, masses grams.
 * What the report left out is no line of it: a reader of the file sums the columns.
 */
export function* csvLines({ columns, rows }: AnswerTable): Generator<string> {
  const kinds = Object.entries(columns).map(([name, { kind }]) => ({ name, kind }));
  yield lineOf(kinds.flatMap(({ name, kind }) => (kind === 'money' ? [name, `${name}_currency`] : [name])));
  for (const row of rows) yield lineOf(kinds.flatMap(({ name, kind }) => fields(kind, row[name] ?? null)));
}

/** The table of that name, or the first one; undefined for a name that the report does not have. */
export const tableOf = ({ tables }: ReportAnswer, name?: string): AnswerTable | undefined =>
  name === undefined ? tables[0] : tables.find((table) => table.name === name);

const lineOf = (values: readonly string[]): string => `${values.map(field).join(',')}\r\n`;

function fields(kind: ColumnKind, cell: ReportCell): string[] {
  if (typeof cell === 'object' && cell !== null) return formatMoney(cell).split(' ');
  if (cell === null) return kind === 'money' ? ['', ''] : [''];
  return [typeof cell === 'number' ? decimal(cell) : harmless(cell)];
}

// Made with the first number: making one takes milliseconds.
let plain: Intl.NumberFormat | undefined;

/** Without an exponent: a spreadsheet reads `1e-7` as text in some languages. */
function decimal(value: number): string {
  plain ??= new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 6 });
  return plain.format(value);
}

/** A text that a spreadsheet would compute gets an apostrophe (OWASP, CSV injection). */
const harmless = (value: string): string => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);

const field = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
