import { InvariantBroken } from '../kernel/invariant.ts';
import { type AnyRecord, type LakeRecord, type ReadLine, readRecord } from './record.ts';
import type { Cell } from './subject.ts';
import { subjects } from './subjects/index.ts';
import { unknownFacts, unknownRow } from './subjects/unknown-facts.ts';

/** A row and the table that it belongs to. */
interface SubjectRow {
  readonly subject: string;
  /** In the order of the subject's columns. */
  readonly cells: readonly Cell[];
}

/** What a line of the facts gives. */
export type LineRows =
  | { readonly ok: true; readonly rows: readonly SubjectRow[] }
  /** The line is no record: its object is damaged. */
  | { readonly ok: false; readonly reason: string };

/**
 * The rows of all subjects that a line gives. A record that can't be read in this version is one row of
 * `unknown_facts`, and of no other subject. Never throws for a line, whatever is in it.
 */
export function rowsOfLine(line: string, read: (line: string) => ReadLine = readRecord): LineRows {
  const given = read(line);
  if (given.kind === 'broken') return { ok: false, reason: given.reason };
  if (given.kind === 'unknown') return { ok: true, rows: [unknown(given.record, given.reason)] };
  return { ok: true, rows: rowsOfRecord(given.record) };
}

function rowsOfRecord(record: LakeRecord): SubjectRow[] {
  try {
    return subjects.flatMap((subject) =>
      subject.rowsOf(record).map((cells) => ({ subject: subject.name, cells })),
    );
  } catch (error) {
    if (error instanceof InvariantBroken) return [unknown(record as AnyRecord, error.message)];
    throw error;
  }
}

const unknown = (record: AnyRecord, reason: string): SubjectRow => ({
  subject: unknownFacts.name,
  cells: unknownRow(record, reason),
});
