import { readHistory } from '../../shared/replenishment/run/read-history.ts';
import { runHistoryDeps } from '../../shared/runtime/deps/lake-run-history.ts';
import { runSteps } from '../../shared/runtime/run-steps/run-step.ts';

export const handler = runSteps(runHistoryDeps, {
  history: (deps, { day }, { id }) => readHistory(deps, day, id),
});
