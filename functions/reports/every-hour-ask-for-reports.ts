import { askForClosed } from '../../shared/reports/run/ask-for-closed.ts';
import { askForClosedDeps } from '../../shared/runtime/deps/report-asking.ts';
import { log } from '../../shared/runtime/log.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(askForClosedDeps, async (deps) => {
  const { asked, left, late } = await askForClosed(deps);
  for (const { report, run } of late) log.warn('REPORT_LATE', { report, run });
  return { asked, left, late: late.length };
});
