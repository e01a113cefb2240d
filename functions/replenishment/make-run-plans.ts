import { runSteps } from '../../shared/runtime/run-steps/run-step.ts';

// One function for both, because a queue costs 0.26 US dollars a month without a message. Each loads what it needs: a
// batch the trade rules and the forecasts, the placing the limits of orders.
export const handler = runSteps(() => undefined, {
  batch: async (_deps, step, { id }) =>
    (await import('../../shared/runtime/run-steps/plan-step.ts')).planStep(step, id),
  placing: async (_deps, step, run) =>
    (await import('../../shared/runtime/run-steps/place-step.ts')).placeStep(step, run),
});
