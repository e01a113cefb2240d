import type { AskedLake } from '../lake/lake-report.ts';
import type { TableDays } from '../lake/lake-tables.ts';
import type { PeriodKind } from '../period/report-period.ts';
import { printOf, type ReportQuestion, type ReportRun } from './report-run.ts';
import type { LakeFigures } from './source-print.ts';

/** The name of a run: its report, and its place among the runs of the report. */
export interface RunId {
  readonly report: string;
  /** `day#2026-11-28#` and the fingerprint of zone, currency, reader and parameters: sorted by kind and period. */
  readonly run: string;
}

export const runIdOf = (question: ReportQuestion): RunId => ({
  report: question.report,
  run: `${question.periodKind}#${question.period}#${printOf(question)}`,
});

/** A run as it is stored. `revision` is 0 for one that is not stored yet; each change is one more. */
export interface StoredRun {
  readonly run: ReportRun;
  readonly revision: number;
}

/** What subscribers hear of a report that was stored. */
export interface ReadyNotice {
  readonly version: number;
  readonly isRestated: boolean;
}

/** The runs of all reports. */
export interface RunStore {
  /** Undefined if it was never asked for. */
  load(id: RunId): Promise<StoredRun | undefined>;
  /**
   * Stores what a run became, and with it what subscribers hear, both or none. False: somebody else has changed the
   * run since it was loaded, and nothing was stored.
   */
  save(changed: StoredRun, ready?: ReadyNotice): Promise<boolean>;
  /**
   * Runs of a report and a kind of period, the newest period first, at most this number: from the period of this
   * name on, and
   * after this run.
   */
  list(
    report: string,
    kind: PeriodKind,
    range: { readonly from?: string; readonly after?: string; readonly max: number },
  ): Promise<readonly ReportRun[]>;
}

/** The files of reports. */
export interface ReportFiles {
  /** Stores a file, whole or not at all. The same key always has the same content. */
  write(key: string, file: StoredFile): Promise<void>;
  /** Marks a file whose report was replaced by another version: it may be deleted later. Written again, it stays. */
  markReplaced(key: string): Promise<void>;
  /** The bytes of a file; undefined if there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
}

/** Bytes that are compressed with gzip, and what they are without it. */
export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** The lake's tables, as a report is made from them. */
export interface LakeTablesAtHand {
  /** The checksums of the tables, by table and day; undefined while no tables were made. */
  figures(): Promise<LakeFigures | undefined>;
  /** Opens what a report reads. */
  open(read: readonly TableDays[]): Promise<AskedLake & { readonly close: () => Promise<void> }>;
}

/** Hands over that runs wait to be made. Gives those that were not taken. */
export interface RunQueue {
  send(runs: readonly RunId[]): Promise<readonly RunId[]>;
}
