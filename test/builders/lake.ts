import type { NewFact } from '../../events/all-events.ts';
import { type LakeRecord, recordOfFact, writeRecord } from '../../shared/lake/record.ts';
import { type LineRows, rowsOfLine } from '../../shared/lake/rows-of-line.ts';
import type { Cell } from '../../shared/lake/subject.ts';
import { subjects } from '../../shared/lake/subjects/index.ts';
import { journalsOf } from '../../shared/ledger/index.ts';
import { timelineOf } from './timeline.ts';

/** The records of an order with these facts, each with its journal. */
export function recordsOf(facts: readonly NewFact[]): LakeRecord[] {
  const timeline = timelineOf(facts);
  const journals = new Map(journalsOf([], timeline.facts).map((each) => [each.factSequence, each]));
  return timeline.facts.map((fact) => recordOfFact(fact, journals.get(fact.sequence)));
}

type NamedRow = Readonly<Record<string, Cell>>;

/** The rows of one table that the records give, by the names of their columns. */
export function rowsIn(subject: string, records: readonly LakeRecord[]): NamedRow[] {
  return records.flatMap((record) => namedRows(subject, rowsOfLine(writeRecord(record))));
}

/** The rows of one table that a line gave, by the names of their columns. */
export function namedRows(subject: string, given: LineRows): NamedRow[] {
  if (!given.ok) throw new Error(given.reason);
  const columns = Object.keys(subjects.find(({ name }) => name === subject)?.columns ?? {});
  return given.rows
    .filter((row) => row.subject === subject)
    .map(({ cells }) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? null])));
}
