import CliTable from 'cli-table3';

/** A column: its title, and how many characters its cells may take before they are wrapped. */
export interface PlainColumn {
  readonly title: string;
  readonly width?: number;
  readonly align?: 'left' | 'right';
}

/** The widest line of a table, so that it fits an ordinary terminal. */
export const MAX_TABLE_WIDTH = 100;

const NO_LINES = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '',
  'bottom-right': '', left: '  ', 'left-mid': '  ', mid: '─', 'mid-mid': '──', right: '', 'right-mid': '', middle: '  ',
}; // biome-ignore format: a list of characters

/** A table without borders: its titles, a rule, its rows. A row of one empty cell is a rule. */
export function plainTable(columns: readonly PlainColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title, width }, index) =>
    Math.max(
      width ?? 0,
      title.length,
      ...(width === undefined ? rows.map((row) => row[index]?.length ?? 0) : []),
    ),
  );
  const table = new CliTable({
    head: columns.map(({ title }) => title),
    colWidths: widths,
    colAligns: columns.map(({ align = 'left' }) => align),
    wordWrap: true,
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split('\n');
  return lines.map((line) => line.trimEnd());
}
