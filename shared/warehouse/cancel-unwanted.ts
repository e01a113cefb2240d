import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import { actOnOrder, holdOnce, loadOrder, orderStateOf } from '../timeline/index.ts';
import { stopping } from './apply-warehouse-update.ts';
import { type DispatchState, dispatchesOf } from './dispatch-state.ts';
import type { UpdateDeps } from './warehouse-deps.ts';

/**
 * Undoes a dispatch request that was being sent while the order stopped: the warehouse is asked to cancel at once. If
 * that is too late, a person has to get the parcel back.
 */
export async function cancelUnwanted(
  deps: UpdateDeps,
  orderId: string,
  { dispatchId, parcelId, warehouseSystem }: DispatchState,
  cause: Cause,
): Promise<void> {
  const { facts } = await loadOrder(deps.timelines, orderId);
  const present = dispatchesOf(facts).find((dispatch) => dispatch.dispatchId === dispatchId);
  const isUnwanted = orderStateOf(facts).ended === 'cancelled' || present?.status === 'cancelled';
  if (!isUnwanted) return;
  const system = await deps.systemByCode(warehouseSystem);
  const answer = await system.cancel(toInstant(deps.clock()), { dispatchId });
  await actOnOrder(deps, orderId, cause, (now) => {
    const dispatch = dispatchesOf(now.facts).find((candidate) => candidate.dispatchId === dispatchId);
    if (dispatch === undefined) return [];
    return answer === 'cancelled'
      ? stopping(now, dispatch)
      : holdOnce(now.facts, 'handed-over-after-stop', parcelId);
  });
}
