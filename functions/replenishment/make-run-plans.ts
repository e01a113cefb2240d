import { noteStoredUnits } from '../../shared/replenishment/inbound/note-stored-units.ts';
import { placeRun } from '../../shared/replenishment/run/place-run.ts';
import { planBatch } from '../../shared/replenishment/run/plan-batch.ts';
import { sendAll } from '../../shared/replenishment/run/ports.ts';
import { slotWarehouses } from '../../shared/replenishment/slotting/slot-warehouses.ts';
import { runPlacingDeps, runWarehouseDeps } from '../../shared/runtime/deps/replenishment-placing.ts';
import { runPlanDeps } from '../../shared/runtime/deps/replenishment-plans.ts';
import { runSteps } from '../../shared/runtime/run-step.ts';

const allDeps = () => ({
  plans: runPlanDeps(),
  placing: runPlacingDeps(),
  warehouses: runWarehouseDeps(),
});

// One function for both, because a queue costs 0.26 US dollars a month without a message.
export const handler = runSteps(allDeps, {
  batch: ({ plans }, step, { id }) => planBatch(plans, step, id),
  placing: async ({ placing, warehouses }, step, { id, remainingMs }) => {
    const became = await placeRun(placing, step.day, { remainingMs, attempt: id });
    if (became === 'more') await sendAll(placing.queue, [step]);
    // Also where it was placed before: a step that comes again may have been stopped here.
    else {
      await noteStoredUnits(warehouses, step.day);
      await slotWarehouses(warehouses, step.day);
    }
    return became;
  },
});
