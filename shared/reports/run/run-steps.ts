import { defined } from '../../kernel/defined.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { type Instant, later, minuteMs } from '../../kernel/time.ts';
import type { MadeReport, ReportQuestion, ReportRun } from './report-run.ts';

/** A run that was asked for, and not begun within this time, is asked for again: its message may be lost. */
const UNHEARD_MS = 5 * minuteMs;

/**
 * Asks for a report. `unchanged`: it is asked for or at work already, so that nothing is to be sent. What was made
 * before
 * stays readable.
 */
export function ask(
  run: ReportRun | undefined,
  question: ReportQuestion,
  now: Instant,
): Result<ReportRun, 'unchanged'> {
  if (run?.state === 'asked' && later(run.askedAt, UNHEARD_MS) > now) return refused('unchanged');
  if (run !== undefined && isAtWork(run, now)) return refused('unchanged');
  return ok({ question, state: 'asked', askedAt: now, attempts: 0, ...defined({ made: run?.made }) });
}

/**
 * Begins a try. `at-work`: another try has the run. `nothing-asked`: the run is made, so the message came twice. The
 * same
 * holder may begin twice.
 */
export function begin(
  run: ReportRun,
  attempt: { readonly holder: string; readonly now: Instant; readonly until: Instant },
): Result<ReportRun, 'at-work' | 'nothing-asked'> {
  const { holder, now, until } = attempt;
  if (run.state === 'made') return refused('nothing-asked');
  if (isAtWork(run, now) && run.attempt?.holder !== holder) return refused('at-work');
  const { question, askedAt, attempts, made } = run;
  return ok({
    ...{ question, state: 'running', askedAt, attempts: attempts + 1 },
    attempt: { holder, startedAt: now, until },
    ...defined({ made }),
  });
}

/** What a try found: that the tables are the same as before, or a report. */
export type Outcome =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'made';
      readonly report: Pick<MadeReport, 'status' | 'digest' | 'source' | 'files' | 'changes'>;
    };

/** What a finished try leads to. */
export interface Finished {
  readonly run: ReportRun;
  /** What subscribers hear; undefined if the report is the same as before. */
  readonly ready: { readonly version: number; readonly isRestated: boolean } | undefined;
}

/**
 * Ends a try with its outcome. `lost`: the run belongs to another try by now, which makes the same. A report of the
 * same
 * content keeps its version and its files, so that a repeat changes nothing.
 */
export function finish(
  run: ReportRun,
  holder: string,
  outcome: Outcome,
  now: Instant,
): Result<Finished, 'lost'> {
  if (run.state !== 'running' || run.attempt?.holder !== holder) return refused('lost');
  const { question, askedAt, attempts, attempt, made: before } = run;
  const done = { question, state: 'made', askedAt, attempts } as const;
  if (before !== undefined && (outcome.kind === 'unchanged' || outcome.report.digest === before.digest)) {
    const source = outcome.kind === 'unchanged' ? before.source : outcome.report.source;
    return ok({ run: { ...done, made: { ...before, source, checkedAt: now } }, ready: undefined });
  }
  if (outcome.kind === 'unchanged') throw new Error('a run that made nothing before has a report to make');
  const { report } = outcome;
  const isRestated = before?.status === 'over';
  const version = versionAfter(before, report.status);
  const made: MadeReport = {
    ...report,
    ...{ version, madeAt: now, checkedAt: now },
    tookMs: Math.max(0, Date.parse(now) - Date.parse(attempt.startedAt)),
    changes: isRestated ? report.changes : [],
  };
  return ok({ run: { ...done, made }, ready: { version, isRestated } });
}

/** Ends a try that failed. The run stays as it is if it belongs to another try. */
export function fail(
  run: ReportRun,
  holder: string,
  reason: string,
  now: Instant,
): Result<ReportRun, 'lost'> {
  if (run.state !== 'running' || run.attempt?.holder !== holder) return refused('lost');
  const { question, askedAt, attempts, made } = run;
  return ok({
    ...{ question, state: 'failed', askedAt, attempts, failure: { at: now, reason } },
    ...defined({ made }),
  });
}

/** Whether a try has the run and may still finish it. */
const isAtWork = ({ state, attempt }: ReportRun, now: Instant): boolean =>
  state === 'running' && attempt !== undefined && attempt.until > now;

function versionAfter(before: MadeReport | undefined, status: MadeReport['status']): number {
  if (status === 'running') return 0;
  return before?.status === 'over' ? before.version + 1 : 1;
}
