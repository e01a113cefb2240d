import { planBatch } from '../../replenishment/run/plan-batch.ts';
import type { RunStep } from '../../replenishment/run/ports.ts';
import { runPlanDeps } from '../deps/replenishment-plans.ts';
import { once } from '../once.ts';

const deps = once(runPlanDeps);

/** Plans a batch of a run. `attempt` names the files of this try. */
export const planStep = (step: Extract<RunStep, { step: 'batch' }>, attempt: string) =>
  planBatch(deps(), step, attempt);
