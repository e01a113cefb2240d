import { rm } from 'node:fs/promises';
import type { CalendarDate } from '../../kernel/time.ts';
import type { DayFigures } from '../compaction/compacted.ts';
import { tableKey } from '../lake-keys.ts';
import type { LakeStore } from '../lake-store.ts';
import type { Subject } from '../subject.ts';
import { type Engine, quoted } from './open-engine.ts';
import { stagedTable } from './staged-rows.ts';
import { columnList, figuresOf, selectFiles } from './table-sql.ts';

interface DayOfTable {
  readonly subject: Subject;
  readonly day: CalendarDate;
}

/** Where a merge works. */
export interface MergePlace {
  readonly engine: Engine;
  readonly store: LakeStore;
  /** For the files of one day at a time. */
  readonly folder: string;
}

/**
 * Merges the new rows of a day into the file of its table, each row once by its fact and its number. The rows are
 * sorted, so that the same rows give the same bytes. A file whose rows stay the same is left alone.
 */
export async function mergeDay(
  { engine, store, folder }: MergePlace,
  { subject, day }: DayOfTable,
  before: DayFigures | undefined,
): Promise<DayFigures> {
  const file = `${folder}/${subject.name}-${day}`;
  const [old, made] = [`${file}-old.parquet`, `${file}-new.parquet`];
  const key = tableKey(subject.name, day);
  const had = await store.fetch(key, old);
  await engine.run(
    `COPY (${sortedRows(subject, day, had ? [old] : [])}) TO ${quoted(made)} ` +
      '(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)',
  );
  const figures = await figuresIn(engine, subject, made);
  const isUnchanged = had && before !== undefined && before.checksum === figures.checksum;
  if (!isUnchanged || before.rows !== figures.rows) await store.store(key, made);
  await Promise.all([rm(old, { force: true }), rm(made, { force: true })]);
  return figures;
}

function sortedRows(subject: Subject, day: CalendarDate, files: readonly string[]): string {
  const columns = columnList(subject);
  const all =
    `SELECT ${columns} FROM (${selectFiles(subject, files)}) UNION ALL ` +
    `SELECT ${columns} FROM ${stagedTable(subject.name)} WHERE day = DATE ${quoted(day)}`;
  // Of records with one id, all say the same: the one that was written down first is as right as any.
  const once =
    `SELECT *, row_number() OVER (PARTITION BY fact_id, row_no ORDER BY recorded_at, fact_version) AS copy ` +
    `FROM (${all})`;
  return `SELECT ${columns} FROM (${once}) WHERE copy = 1 ORDER BY occurred_at, fact_id, row_no`;
}

/** The figures of a table's file. */
export async function figuresIn(engine: Engine, subject: Subject, file: string): Promise<DayFigures> {
  const from = `(${selectFiles(subject, [file])})`;
  const reader = await engine.connection.runAndReadAll(figuresOf(subject, from));
  const [row = []] = reader.getRows();
  return { rows: Number(row[0]), checksum: String(row[1] ?? '0') };
}
