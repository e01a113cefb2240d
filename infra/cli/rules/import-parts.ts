import { type RuleFile, rowsOf } from '../../../shared/duties/rules/rule-file.ts';

/**
 * The largest size of a request. API Gateway accepts bodies of 10 MB and Lambda accepts 6 MB, for answers too. The
 * answer contains a row's fields before and after the change, as JSON inside JSON. Its size is estimated as four
 * times the row.
 */
const MAX_BYTES = 5_000_000;
const ANSWER_TIMES = 4;
const ANSWER_BESIDE = 600;

/** A part of a file that is imported alone, and the places of its rows in the file. */
export interface ImportPart {
  readonly file: RuleFile;
  readonly places: readonly number[];
}

/**
 * Splits a file that is too large for one request. Each part is imported completely or not at all. All rows about
 * goods of one heading are in the same part. So a rule and the rule that replaces it are never in different parts.
 * Throws an Error if the rows of one heading are too large for a request.
 */
export function importParts(file: RuleFile, maxBytes: number = MAX_BYTES): ImportPart[] {
  const rows = rowsOf(file).map((row, place) => ({ row, place, bytes: weightOf(row) }));
  const headings = [...Map.groupBy(rows, ({ row }) => headingOf(row)).values()];
  const parts: (typeof rows)[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const heading of headings) {
    const own = heading.reduce((all, each) => all + each.bytes, 0);
    if (own > maxBytes)
      throw new Error(`the rows of ${headingOf(heading[0]?.row ?? {})} are too many for a request`);
    if (bytes + own > maxBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(...heading);
    bytes += own;
  }
  return parts.map((part) => {
    const places = part.map(({ place }) => place).toSorted((a, b) => a - b);
    return { places, file: { ...file, rows: places.map((place) => file.rows[place] ?? {}) } };
  });
}

const weightOf = (row: object) => Buffer.byteLength(JSON.stringify(row)) * ANSWER_TIMES + ANSWER_BESIDE;

/** The heading of the row's goods. All rows without goods are together. */
function headingOf(row: Readonly<Record<string, unknown>>): string {
  const { hsPrefix, when } = row as { hsPrefix?: unknown; when?: { goods?: { only?: unknown[] } } };
  const goods = hsPrefix ?? when?.goods?.only?.[0];
  return typeof goods === 'string' ? goods.slice(0, 4) : 'no heading';
}
