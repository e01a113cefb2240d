import { isCurrency } from '../kernel/currency.ts';
import { type Money, parseMajor } from '../kernel/money.ts';
import { ok, refused } from '../kernel/result.ts';
import type { ReadSettlement, SettlementLine, SettlementProblem, SettlementRow } from './settlement-row.ts';

/** The cells of a line by the name of their column. A column that the file lacks gives an empty text. */
export type Cell<Column extends string> = (column: Column) => string;

/**
 * Reads a settlement file whose first line names its columns. `rowOf` gives the row of a line, undefined for a line
 * without money, or throws {@link Unreadable}. Every line is read, or the file is refused with all of its problems. Two
 * lines with the same `rowId` are a problem, unless they say the same.
 */
export function readTable<Column extends string>(
  lines: readonly SettlementLine[],
  columns: readonly Column[],
  rowOf: (cell: Cell<Column>) => SettlementRow | undefined,
): ReadSettlement {
  const [header, ...others] = lines;
  if (header === undefined) return refused([{ line: 1, reason: 'the file is empty' }]);
  const titles = header.cells.map((cell) => cell.trim());
  const missing = columns.filter((column) => !titles.includes(column));
  if (missing.length > 0)
    return refused([{ line: header.line, reason: `missing columns: ${missing.join(', ')}` }]);
  const problems: SettlementProblem[] = [];
  const rows: SettlementRow[] = [];
  for (const { line, cells } of others) {
    if (cells.length < titles.length) {
      problems.push({
        line,
        reason: `the line has ${cells.length} cells, and the header has ${titles.length}`,
      });
      continue;
    }
    try {
      const row = rowOf((column) => cells[titles.indexOf(column)]?.trim() ?? '');
      if (row !== undefined) rows.push(row);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push({ line, reason: error.message });
    }
  }
  return problems.length > 0 ? refused(problems) : ok(rows);
}

/** A cell can't be read. The message names the column. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** An amount in major units with a decimal point; zero for an empty text. Throws {@link Unreadable} otherwise. */
export function readMajor(column: string, text: string, currency: string): Money {
  if (!isCurrency(currency))
    throw new Unreadable(`${column}: ${JSON.stringify(currency)} is not a known currency`);
  const read = parseMajor(text === '' ? '0' : text, currency);
  if (read === undefined)
    throw new Unreadable(`${column}: ${JSON.stringify(text)} is not an amount of ${currency}`);
  return read;
}
