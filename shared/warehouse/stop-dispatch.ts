import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import { actOnOrder, forEachInTurn, loadOrder, orderStateOf } from '../timeline/index.ts';
import { stopping } from './apply-warehouse-update.ts';
import { type DispatchState, dispatchesOf, isOpen } from './dispatch-state.ts';
import { stopOutcome } from './stop-outcome.ts';
import type { UpdateDeps } from './warehouse-deps.ts';

/**
 * Asks every warehouse that works on the order to stop, and records the result: cancelled when all stopped, refused
 * when a parcel had left. Repeating it asks the warehouses that have not answered.
 */
export async function stopDispatch(deps: UpdateDeps, orderId: string, cause: Cause): Promise<void> {
  const { facts } = await loadOrder(deps.timelines, orderId);
  if (!orderStateOf(facts).isStopping) return;
  const tooLate: string[] = [];
  await forEachInTurn(dispatchesOf(facts).filter(isOpen), async (dispatch) => {
    const system = await deps.systemByCode(dispatch.warehouseSystem);
    // Also where the warehouse seems not to know it: a request may still be on its way, and is then refused there.
    const answer = await system.cancel(toInstant(deps.clock()), { dispatchId: dispatch.dispatchId });
    if (answer === 'too-late') tooLate.push(dispatch.dispatchId);
    else await recordStop(deps, orderId, dispatch, cause);
  });
  await actOnOrder(deps, orderId, cause, (now) => stopOutcome(now, { tooLate }));
}

async function recordStop(
  deps: UpdateDeps,
  orderId: string,
  { dispatchId }: DispatchState,
  cause: Cause,
): Promise<void> {
  await actOnOrder(deps, orderId, cause, (now) => {
    const dispatch = dispatchesOf(now.facts).find((candidate) => candidate.dispatchId === dispatchId);
    return dispatch === undefined ? [] : stopping(now, dispatch);
  });
}
