import { CsvError, parse } from 'csv-parse/sync';
import { likeliestDelimiter } from './csv.ts';

/** A line of a file that a program wrote: its number, counted from 1, and its cells. */
interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The cells of each line that is not blank, whatever number of cells it has, with or without a byte order mark. Cells
 * are separated by comma, semicolon or tab, whichever is most frequent in the first line. A text with a quote that is
 * not closed has one line, without cells.
 */
export function csvLines(text: string): CsvLine[] {
  const body = text.replace(/^\uFEFF/, '');
  try {
    const records = parse(body, {
      ...{ delimiter: likeliestDelimiter(body.split('\n', 1)[0] ?? ''), info: true },
      ...{ relax_column_count: true, skip_empty_lines: true },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return [{ line: Number(error.lines ?? 1), cells: [] }];
  }
}
