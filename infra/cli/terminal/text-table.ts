import CliTable from 'cli-table3';

export interface Column {
  readonly title: string;
  /** How many characters its cells may take before they are wrapped; without it, as many as the widest has. */
  readonly width?: number;
  /** Left where it does not say. */
  readonly align?: 'left' | 'right';
}

type Row = readonly string[];

export interface TableOptions {
  /** The last row, below a rule of its own. */
  readonly total?: Row;
  /** Spaces before each line. */
  readonly indent?: number;
}

const NO_LINES = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '',
  'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
}; // biome-ignore format: a list of characters

/** A table without borders: its titles, a rule, its rows and, below another rule, its total where there is one. */
export function textTable(
  columns: readonly Column[],
  rows: readonly Row[],
  { total, indent = 0 }: TableOptions = {},
): string {
  const table = new CliTable({
    head: columns.map(({ title }) => title),
    // Those without a width are as wide as their widest cell.
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
  // Known once the table was made: a cell that was wrapped takes several lines.
  const { colWidths, rowHeights } = table.options;
  const rule = colWidths.map((width) => '─'.repeat(width ?? 0)).join('──');
  if (total !== undefined) lines.splice(lines.length - (rowHeights.at(-1) ?? 1), 0, rule);
  lines.splice(rowHeights[0] ?? 1, 0, rule);
  return lines.map((line) => (' '.repeat(indent) + line).trimEnd()).join('\n');
}

/** `1234567` as `1,234,567`. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** Pence as pounds with two digits and grouped thousands: `123456` as `1,234.56`. */
export function pounds(amountMinor: number): string {
  const sign = amountMinor < 0 ? '-' : '';
  const digits = String(Math.abs(amountMinor)).padStart(3, '0');
  return `${sign}${grouped(Number(digits.slice(0, -2)))}.${digits.slice(-2)}`;
}

/**
 * A part as a percentage of the whole, in whole tenths rounded half up: `118.4 %`; a dash where the whole is nothing.
 */
export function percentOf(part: number, whole: number): string {
  if (whole === 0) return '-';
  const tenths = Math.round((part * 1_000) / whole);
  return `${grouped(Math.trunc(tenths / 10))}.${tenths % 10} %`;
}
