import { type RunId, type RunQueue, type RunStore, runIdOf } from './ports.ts';
import type { ReportQuestion, ReportRun } from './report-run.ts';
import { ask } from './run-steps.ts';

export interface AskDeps {
  readonly runs: RunStore;
  readonly queue: RunQueue;
  readonly clock: () => Date;
}

/**
 * Asks for one report. Gives the run. `unsent`: the queue did not take the message; the run is stored as asked for, and
 * somebody asks again later.
 */
export async function askForRun(
  deps: AskDeps,
  question: ReportQuestion,
): Promise<{ readonly run: ReportRun; readonly isSent: boolean }> {
  const id = runIdOf(question);
  const { run, isNew } = await noteAsked(deps, question);
  const refused = isNew ? await deps.queue.send([id]) : [];
  return { run, isSent: refused.length === 0 };
}

/** Notes that a report is asked for. `isNew`: a message has to be sent. */
export async function noteAsked(
  { runs, clock }: Omit<AskDeps, 'queue'>,
  question: ReportQuestion,
): Promise<{ readonly run: ReportRun; readonly isNew: boolean; readonly id: RunId }> {
  const id = runIdOf(question);
  for (;;) {
    const stored = await runs.load(id);
    const asked = ask(stored?.run, question, clock().toISOString());
    if (!asked.ok && stored !== undefined) return { run: stored.run, isNew: false, id };
    if (!asked.ok) throw new Error('a run that does not exist can be asked for');
    if (await runs.save({ run: asked.value, revision: stored?.revision ?? 0 }))
      return { run: asked.value, isNew: true, id };
    // Somebody else asked or made at the same moment: then mostly nothing is left to do.
  }
}
