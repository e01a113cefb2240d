import { later, secondMs, toInstant } from '../kernel/time.ts';
import {
  type Attempt,
  type MakeRunDeps,
  makeRun,
  RunFailed,
  type RunResult,
} from '../reports/run/make-run.ts';
import type { RunId } from '../reports/run/ports.ts';
import { log } from './log.ts';
import { queueConsumer } from './queue-consumer.ts';

/** The clocks of two machines may differ a little. */
const CLOCK_SKEW_MS = 5 * secondMs;
/** A failure is repeated after seconds and mostly succeeds. Somebody hears of a report that failed so often. */
const TELLING_ATTEMPTS = 3;

/** The function that makes the reports that are asked for, each in a try of its own. */
export function reportMaker(deps: () => MakeRunDeps) {
  return queueConsumer(deps, async (message, made, run) => {
    if (message.kind !== 'report') throw new Error(`nothing is to be done for a ${message.kind} here`);
    const until = later(toInstant(made.clock()), run.remainingMs() + CLOCK_SKEW_MS);
    await makeAndLog(made, message.id, { holder: run.id, until });
  });
}

async function makeAndLog(deps: MakeRunDeps, id: RunId, attempt: Attempt): Promise<void> {
  try {
    logResult(id, await makeRun(deps, id, attempt));
  } catch (error) {
    if (error instanceof RunFailed && error.attempts >= TELLING_ATTEMPTS)
      log.error('REPORT_NOT_MADE', error.cause, { ...id, attempts: error.attempts });
    throw error;
  }
}

function logResult(id: RunId, { became, tookMs, bytes }: RunResult): void {
  const write = became === 'impossible' ? log.warn : log.info;
  write(became === 'impossible' ? 'REPORT_IMPOSSIBLE' : 'REPORT_MADE', { ...id, became, tookMs, bytes });
}
