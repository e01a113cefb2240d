import { gunzipSync } from 'node:zlib';
import type { Instant } from '../../kernel/time.ts';
import { reportAnswerSchema } from '../answer/report-answer.ts';
import type { LakeReport } from '../lake/lake-report.ts';
import { makeLakeReport, tablesAsked } from '../lake/make-lake-report.ts';
import { type ReadQuestion, readQuestion } from '../lake/read-question.ts';
import { changesBetween } from './changes.ts';
import type { LakeTablesAtHand, ReportFiles, RunId, RunStore, StoredRun } from './ports.ts';
import type { ReportInFiles } from './report-files.ts';
import type { MadeReport, ReportRun, TableChange } from './report-run.ts';
import { begin, fail, finish, type Outcome } from './run-steps.ts';
import { sourcePrint } from './source-print.ts';

export interface MakeRunDeps {
  readonly reportNamed: (name: string) => Promise<LakeReport | undefined>;
  readonly runs: RunStore;
  readonly files: ReportFiles;
  readonly lake: LakeTablesAtHand;
  readonly clock: () => Date;
}

/** Who tries, and until when the try may last. */
export interface Attempt {
  readonly holder: string;
  readonly until: Instant;
}

/**
 * What became of a try. `made`: a new content was stored. `same`: the report is the same as before. `left`: another try
 * has the run, or nothing was asked. `impossible`: no try can make it.
 */
export interface RunResult {
  readonly became: 'made' | 'same' | 'left' | 'impossible';
  readonly tookMs: number;
  readonly bytes: number;
}

/** A try failed. The run says so, and a repeat of the message tries again. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  readonly attempts: number;

  constructor(attempts: number, cause: unknown) {
    super('a report was not made', { cause });
    this.attempts = attempts;
  }
}

/**
 * Makes the report that a run asks for: begins the try, asks the lake, stores the files, and then says that they are
 * there. A try that was cut off is repeated with the same result, since the files of a content always have the same
 * names. Throws {@link RunFailed}.
 */
export async function makeRun(deps: MakeRunDeps, id: RunId, attempt: Attempt): Promise<RunResult> {
  const startedAt = deps.clock();
  const begun = await beginTry(deps, id, attempt);
  if (begun === undefined) return { became: 'left', tookMs: 0, bytes: 0 };
  const report = await deps.reportNamed(begun.run.question.report);
  const reports = report === undefined ? [] : [report];
  const read = readQuestion(begun.run.question, { reports, now: startedAt.toISOString() });
  if (!read.ok) {
    await endFailed(deps, begun, attempt, read.error[0]?.code ?? 'no-question');
    return { became: 'impossible', tookMs: 0, bytes: 0 };
  }
  try {
    const outcome = await outcomeOf(deps, begun.run, read.value);
    const became = await endTry(deps, begun, attempt, outcome);
    return { became, tookMs: deps.clock().getTime() - startedAt.getTime(), bytes: bytesOf(outcome) };
  } catch (error) {
    await endFailed(deps, begun, attempt, error instanceof Error ? error.name : 'unknown');
    throw new RunFailed(begun.run.attempts, error);
  }
}

async function beginTry({ runs, clock }: MakeRunDeps, id: RunId, attempt: Attempt) {
  const stored = await runs.load(id);
  if (stored === undefined) return undefined;
  const begun = begin(stored.run, { ...attempt, now: clock().toISOString() });
  if (!begun.ok) return undefined;
  const next: StoredRun = { run: begun.value, revision: stored.revision };
  // Another try that begins at the same moment has the run then.
  return (await runs.save(next)) ? { run: begun.value, revision: stored.revision + 1 } : undefined;
}

async function outcomeOf(
  { lake, files }: MakeRunDeps,
  { question, made: before }: ReportRun,
  { report, asked }: ReadQuestion,
): Promise<Outcome> {
  const status = asked.period.isOver ? 'over' : 'running';
  const tables = tablesAsked(report, asked);
  // Read before the tables: if they change meanwhile, the fingerprint is the old one, and the report is made again.
  const source = sourcePrint(tables, (await lake.figures()) ?? {});
  if (before !== undefined && before.status === status && before.source === source)
    return { kind: 'unchanged' };
  // What draws the page is a third of the code, and only a report that is made needs it.
  const { reportFiles } = await import('./report-files.ts');
  const open = await lake.open(tables);
  let made: ReportInFiles;
  try {
    made = reportFiles(question, await makeLakeReport(report, asked, open));
  } finally {
    await open.close();
  }
  for (const { file, content } of made.files) await files.write(file.key, content);
  const changes = before?.status === 'over' ? await changesSince(files, before, made) : [];
  return {
    kind: 'made',
    report: { status, digest: made.digest, source, changes, files: made.files.map(({ file }) => file) },
  };
}

/** What the restatement changes. Nothing is said where the earlier files are gone. */
async function changesSince(
  files: ReportFiles,
  before: MadeReport,
  made: ReportInFiles,
): Promise<TableChange[]> {
  const key = before.files.find(({ form }) => form === 'json')?.key;
  const earlier = key === undefined ? undefined : await files.read(key);
  const now = made.files.find(({ file }) => file.form === 'json')?.content.bytes;
  return earlier === undefined || now === undefined ? [] : changesBetween(jsonIn(earlier), jsonIn(now));
}

const jsonIn = (bytes: Uint8Array) =>
  reportAnswerSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8')));

async function endTry(
  { runs, files, clock }: MakeRunDeps,
  { run, revision }: StoredRun,
  { holder }: Attempt,
  outcome: Outcome,
): Promise<RunResult['became']> {
  const done = finish(run, holder, outcome, clock().toISOString());
  if (!done.ok) return 'left';
  const { run: next, ready } = done.value;
  if (!(await runs.save({ run: next, revision }, ready))) return 'left';
  await markReplaced(files, run.made, next.made);
  return ready === undefined ? 'same' : 'made';
}

/** The files of the version before that are not those of the present one as well. */
async function markReplaced(
  files: ReportFiles,
  before: MadeReport | undefined,
  made: MadeReport | undefined,
): Promise<void> {
  const kept = new Set(made?.files.map(({ key }) => key));
  for (const { key } of before?.files ?? []) if (!kept.has(key)) await files.markReplaced(key);
}

async function endFailed(
  { runs, clock }: MakeRunDeps,
  { run, revision }: StoredRun,
  { holder }: Attempt,
  reason: string,
): Promise<void> {
  const failed = fail(run, holder, reason, clock().toISOString());
  if (failed.ok) await runs.save({ run: failed.value, revision });
}

const bytesOf = (outcome: Outcome): number =>
  outcome.kind === 'unchanged' ? 0 : outcome.report.files.reduce((all, { bytes }) => all + bytes, 0);
