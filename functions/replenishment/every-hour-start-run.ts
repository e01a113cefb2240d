import { startAndResume } from '../../shared/replenishment/run/ask-for-run.ts';
import { runDeps } from '../../shared/runtime/deps/replenishment-runs.ts';
import { log } from '../../shared/runtime/log.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(runDeps, async (deps) => {
  const { started, sentAgain, late } = await startAndResume(deps);
  for (const day of late) log.warn('RUN_LATE', { day });
  return { started, sentAgain, late: late.length };
});
