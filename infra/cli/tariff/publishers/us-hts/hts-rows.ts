import { readTable } from '../../../files/read-table.ts';
import { readJson } from '../../../terminal/bad-file.ts';
import { elementLines } from '../../../terminal/element-lines.ts';

/** A row of an export of the Harmonized Tariff Schedule of the United States. */
export interface HtsRow {
  readonly file: string;
  readonly line: () => number;
  /** With dots; empty for a text between the lines. */
  readonly number: string;
  readonly indent: string;
  readonly description: string;
  readonly general: string;
  readonly special: string;
  readonly additional: string;
}

/** The rows of an export in JSON or CSV. Throws an Error with the place if it is no export. */
export function htsRows(file: { readonly name: string; readonly text: string }): HtsRow[] {
  return /^\s*[[{]/.test(file.text) ? jsonRows(file) : csvRows(file);
}

function jsonRows({ name, text }: { readonly name: string; readonly text: string }): HtsRow[] {
  const rows = readJson(name, text);
  if (!Array.isArray(rows))
    throw new Error(`${name}:1: this is not an export of the schedule: an export is an array of rows`);
  let lines: readonly number[] | undefined;
  const lineAt = (index: number) => {
    lines ??= elementLines(text);
    return lines[index] ?? 1;
  };
  return rows.map((row: Record<string, unknown> | null, index) => {
    // Texts between the lines have an empty number or no number.
    if (typeof row !== 'object' || row === null || !('htsno' in row))
      throw new Error(`${name}:${lineAt(index)}: this is not a row of the schedule: it has no htsno`);
    const cell = (key: string) => (typeof row[key] === 'string' ? row[key] : '').trim();
    return {
      file: name,
      line: () => lineAt(index),
      number: cell('htsno'),
      indent: String(row.indent ?? ''),
      description: cell('description'),
      general: cell('general'),
      special: cell('special'),
      additional: cell('additionalDuties'),
    };
  });
}

const COLUMNS = {
  number: ['htsno', 'HTS Number'],
  indent: ['indent'],
  description: ['description'],
  general: ['general', 'General Rate of Duty'],
  special: ['special', 'Special Rate of Duty'],
  additional: ['additionalDuties', 'Additional Duties'],
} as const;

const csvRows = (file: { readonly name: string; readonly text: string }): HtsRow[] =>
  readTable(file, COLUMNS).map(({ line, cells }) => ({ ...cells, file: file.name, line: () => line }));

/** The texts of the headings above a row and its own, by its indent. `path` is kept from row to row. */
export function pathOf(path: string[], { indent, description }: HtsRow): readonly string[] {
  const depth = Number(indent);
  path.length = Math.min(path.length, Number.isInteger(depth) ? depth : 0);
  path.push(description);
  return path;
}

export const digitsOf = ({ number }: Pick<HtsRow, 'number'>): string => number.replaceAll('.', '');

/** The description without its markup and the colon before what follows. */
export const plainText = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s:;]+$/, '')
    .trim();
