import { planBatch } from '../../shared/replenishment/run/plan-batch.ts';
import { runPlanDeps } from '../../shared/runtime/deps/replenishment-plans.ts';
import { runStep } from '../../shared/runtime/run-step.ts';

export const handler = runStep('batch', runPlanDeps, (deps, step, { id }) => planBatch(deps, step, id));
