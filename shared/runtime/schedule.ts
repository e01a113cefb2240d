import type { Context } from 'aws-lambda';
import { type Instant, later, secondMs, toInstant } from '../kernel/time.ts';
import { type JobDeps, jobDeps } from './deps/job.ts';
import { inTime } from './in-time.ts';
import { log } from './log.ts';
import { once } from './once.ts';

type Outcome = Readonly<Record<string, string | number | boolean>>;

/** A run of a job. */
interface Run {
  /** The milliseconds until Lambda ends the run. */
  readonly remainingMs: () => number;
}

/** Lambda ends a run at its timeout. The clocks of two machines may differ a little. */
const CLOCK_SKEW_MS = 5 * secondMs;
/** After this number of periods without a completed run, the job was silent. */
const SILENT_PERIODS = 3;

/**
 * A function that a schedule starts. Two runs never work at the same time. Starts may be repeated: a start during
 * a run does nothing, since the next start does its work. The result is logged. A run that throws is not repeated.
 */
export function schedule<Deps>(
  deps: () => Deps,
  handle: (deps: Deps, run: Run) => Promise<Outcome>,
  job: () => JobDeps = jobDeps,
) {
  const made = once(() => ({ deps: deps(), job: job() }));
  return async (_event: unknown, context: Context): Promise<Outcome> => {
    const run = { remainingMs: () => context.getRemainingTimeInMillis() };
    const outcome = await inTime(context, () =>
      runAlone(made().job, context, () => handle(made().deps, run)),
    );
    if (outcome === undefined) {
      log.warn('RUN_SKIPPED');
      return { skipped: true };
    }
    log.info('COMPLETED', outcome);
    return outcome;
  };
}

/** Runs if it gets the job's lease. Undefined if another run has the lease. */
async function runAlone(
  { clock, lease, periodSeconds }: JobDeps,
  context: Context,
  run: () => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const { functionName, awsRequestId } = context;
  const ofJob = lease(functionName);
  const now = toInstant(clock());
  const until = later(now, context.getRemainingTimeInMillis() + CLOCK_SKEW_MS);
  const taken = await ofJob.take(awsRequestId, now, until);
  if (taken === undefined) return undefined;
  reportSilence(taken.completedAt, now, periodSeconds);
  let completedAt: Instant | undefined;
  try {
    const outcome = await run();
    completedAt = toInstant(clock());
    return outcome;
  } finally {
    await ofJob.giveBack(awsRequestId, completedAt);
  }
}

function reportSilence(
  completedAt: Instant | undefined,
  now: Instant,
  periodSeconds: number | undefined,
): void {
  if (completedAt === undefined || periodSeconds === undefined) return;
  const silentMs = Date.parse(now) - Date.parse(completedAt);
  if (silentMs > SILENT_PERIODS * periodSeconds * secondMs) log.warn('JOB_WAS_SILENT', { completedAt });
}
