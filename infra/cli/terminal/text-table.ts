import CliTable from 'cli-table3';

export interface Column {
  readonly title: string;
  /** The width after which the column's cells are wrapped. Without it, the column is as wide as its widest cell. */
  readonly width?: number;
  /** The default is left. */
  readonly align?: 'left' | 'right';
}

type Row = readonly string[];

export interface TableOptions {
  /** The last row, with a rule above it. */
  readonly total?: Row;
  /** The number of spaces before each line. */
  readonly indent?: number;
}

const NO_LINES = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '',
  'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
}; // biome-ignore format: a list of characters

/** A table without borders: titles, a rule, and rows. If there is a total, a second rule and the total follow. */
export function textTable(
  columns: readonly Column[],
  rows: readonly Row[],
  { total, indent = 0 }: TableOptions = {},
): string {
  const table = new CliTable({
    head: columns.map(({ title }) => title),
    // A column without a width is as wide as its widest cell.
    colWidths: columns.map(({ title, width }) =>
      width === undefined ? null : Math.max(width, title.length),
    ),
    colAligns: columns.map(({ align = 'left' }) => align),
    wordWrap: true,
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(...[...rows, ...(total === undefined ? [] : [total])].map((row) => [...row]));
  const lines = table.toString().split('\n');
  // These are known only after the table was made, because a wrapped cell takes several lines.
  const { colWidths, rowHeights } = table.options;
  const rule = colWidths.map((width) => '─'.repeat(width ?? 0)).join('──');
  if (total !== undefined) lines.splice(lines.length - (rowHeights.at(-1) ?? 1), 0, rule);
  lines.splice(rowHeights[0] ?? 1, 0, rule);
  return lines.map((line) => (' '.repeat(indent) + line).trimEnd()).join('\n');
}

/** The number with separators: `1,234,567` for `1234567`. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** Pence as pounds with two decimals and separators: `1,234.56` for `123456`. */
export function pounds(amountMinor: number): string {
  const sign = amountMinor < 0 ? '-' : '';
  const digits = String(Math.abs(amountMinor)).padStart(3, '0');
  return `${sign}${grouped(Number(digits.slice(0, -2)))}.${digits.slice(-2)}`;
}

/** A part as a percentage of the whole, in tenths rounded half up: `118.4 %`. A dash if the whole is zero. */
export function percentOf(part: number, whole: number): string {
  if (whole === 0) return '-';
  const tenths = Math.round((part * 1_000) / whole);
  return `${grouped(Math.trunc(tenths / 10))}.${tenths % 10} %`;
}
