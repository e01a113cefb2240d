import { readHistory } from '../../shared/replenishment/run/read-history.ts';
import { runHistoryDeps } from '../../shared/runtime/deps/lake-run-history.ts';
import { runStep } from '../../shared/runtime/run-step.ts';

export const handler = runStep('history', runHistoryDeps, (deps, { day }, { id }) =>
  readHistory(deps, day, id),
);
