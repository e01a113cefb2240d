import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  type Decision,
  decideAndReport,
  forEachInTurn,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import { leftAfterStop, stopping } from './apply-warehouse-update.ts';
import { type DispatchState, dispatchesOf } from './dispatch-state.ts';
import type { UpdateDeps } from './warehouse-deps.ts';
import type { BoundWarehouseSystem } from './warehouse-system.ts';

/**
 * Asks the warehouses to cancel dispatch orders that must not be carried out: those that our facts hold for cancelled,
 * and all of a stopped order. A request may have reached the warehouse after its cancellation, so the facts alone do
 * not show that the warehouse has stopped. If it is too late, a person has to look. It may be repeated. Throws when a
 * warehouse gives no answer. Without such a dispatch order, nobody is called.
 */
export async function cancelUnwanted(
  deps: UpdateDeps,
  timeline: Timeline,
  cause: Cause,
  { only }: { readonly only?: string } = {},
): Promise<void> {
  const unwanted = unwantedOf(timeline).filter(({ dispatchId }) => only === undefined || only === dispatchId);
  await forEachInTurn(unwanted, async ({ dispatchId, warehouseSystem }) => {
    const system = await deps.systemByCode(warehouseSystem);
    const answer = await system.cancel(toInstant(deps.clock()), { dispatchId });
    await decideAndReport(deps, timeline.orderId, cause, (now) => decideOnAnswer(now, dispatchId, answer));
  });
}

/** Dispatch orders whose parcel must not leave, although the warehouse may still be working on it. */
function unwantedOf({ facts }: Timeline): DispatchState[] {
  const { ended } = orderStateOf(facts);
  const isStopped = ended === 'cancelled' || ended === 'expired';
  return dispatchesOf(facts).filter(
    ({ status }) => status === 'cancelled' || (isStopped && status !== 'handed-over'),
  );
}

function decideOnAnswer(
  timeline: Timeline,
  dispatchId: string,
  answer: Awaited<ReturnType<BoundWarehouseSystem['cancel']>>,
): Decision {
  const dispatch = unwantedOf(timeline).find((candidate) => candidate.dispatchId === dispatchId);
  if (dispatch === undefined) return nothing;
  return answer === 'cancelled'
    ? { facts: stopping(timeline, dispatch), notices: [] }
    : leftAfterStop(timeline, dispatch);
}
