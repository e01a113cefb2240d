import { noteStoredUnits } from '../../replenishment/inbound/note-stored-units.ts';
import { placeRun } from '../../replenishment/run/place-run.ts';
import { type RunStep, sendAll } from '../../replenishment/run/ports.ts';
import { slotWarehouses } from '../../replenishment/slotting/slot-warehouses.ts';
import { runPlacingDeps, runWarehouseDeps } from '../deps/replenishment-placing.ts';
import { once } from '../once.ts';
import type { Invocation } from '../queue-consumer.ts';

const deps = once(() => ({ placing: runPlacingDeps(), warehouses: runWarehouseDeps() }));

/** Places the orders of a run, and what follows from it in warehouses; `more`: another message has to go on. */
export async function placeStep(
  step: Extract<RunStep, { step: 'placing' }>,
  { id, remainingMs }: Invocation,
): Promise<'placed' | 'more' | 'known'> {
  const { placing, warehouses } = deps();
  const became = await placeRun(placing, step.day, { remainingMs, attempt: id });
  if (became === 'more') await sendAll(placing.queue, [step]);
  // Also where it was placed before: a step that comes again may have been stopped here.
  else {
    await noteStoredUnits(warehouses, step.day);
    await slotWarehouses(warehouses, step.day);
  }
  return became;
}
