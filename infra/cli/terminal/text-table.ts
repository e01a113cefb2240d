export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table of text with aligned columns, a rule under the titles and, when there is one, above the last row. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  total?: readonly string[],
): string {
  const all = [columns.map(({ title }) => title), ...rows, ...(total === undefined ? [] : [total])];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => [...(row[index] ?? '')].length)));
  const line = (row: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const cell = row[index] ?? '';
        const space = ' '.repeat((widths[index] ?? 0) - [...cell].length);
        return align === 'left' ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return [
    line(all[0] ?? []),
    rule,
    ...rows.map(line),
    ...(total === undefined ? [] : [rule, line(total)]),
  ].join('\n');
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
