import { placeRun } from '../../shared/replenishment/run/place-run.ts';
import { sendAll } from '../../shared/replenishment/run/ports.ts';
import { runPlacingDeps } from '../../shared/runtime/deps/replenishment-placing.ts';
import { runStep } from '../../shared/runtime/run-step.ts';

export const handler = runStep('placing', runPlacingDeps, async (deps, step, { remainingMs }) => {
  const became = await placeRun(deps, step.day, remainingMs);
  if (became === 'more') await sendAll(deps.queue, [step]);
  return became;
});
