import { placeRun } from '../../shared/replenishment/run/place-run.ts';
import { planBatch } from '../../shared/replenishment/run/plan-batch.ts';
import { sendAll } from '../../shared/replenishment/run/ports.ts';
import { runPlacingDeps } from '../../shared/runtime/deps/replenishment-placing.ts';
import { runPlanDeps } from '../../shared/runtime/deps/replenishment-plans.ts';
import { runSteps } from '../../shared/runtime/run-step.ts';

const bothDeps = () => ({ plans: runPlanDeps(), placing: runPlacingDeps() });

// One function for both, because a queue costs 0.26 US dollars a month without a message.
export const handler = runSteps(bothDeps, {
  batch: ({ plans }, step, { id }) => planBatch(plans, step, id),
  placing: async ({ placing }, step, { id, remainingMs }) => {
    const became = await placeRun(placing, step.day, { remainingMs, attempt: id });
    if (became === 'more') await sendAll(placing.queue, [step]);
    return became;
  },
});
