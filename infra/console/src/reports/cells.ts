import type { Schema } from '../api/client.ts';
import { money } from '../shell/words.ts';

/** A value of a report: an amount, a number, a text, or nothing. */
type Cell = Schema<'Money'> | number | string | null | undefined;
export type Row = Readonly<Record<string, Cell>>;

/** A value as a person reads it. */
export function shownCell(cell: Cell, kind: Schema<'ReportColumn'>['kind']): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'object') return money(cell);
  if (typeof cell === 'number')
    return kind === 'ratio'
      ? new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(cell)
      : new Intl.NumberFormat().format(cell);
  return cell;
}

/** The figure of a value, as large as a bar has to be: of an amount in units of its currency. */
export function figureOf(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'object' || cell === null) return undefined;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: cell.currency });
  return cell.amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}
