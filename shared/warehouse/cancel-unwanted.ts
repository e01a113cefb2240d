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

/**
 * A parcel left with a dispatch order that a later one had replaced, because the warehouse had reported it as
 * cancelled. The later one is cancelled, so that the goods do not leave twice. If it is too late, a person has to
 * look. It may be repeated. Throws when a warehouse gives no answer. Nobody is called where no dispatch order was
 * replaced.
 */
export async function cancelReplacement(
  deps: UpdateDeps,
  { orderId, facts }: Timeline,
  cause: Cause,
  leftWith: string,
): Promise<void> {
  const dispatches = dispatchesOf(facts);
  const left = dispatches.find(({ dispatchId }) => dispatchId === leftWith);
  // The fact of the hand-over names no dispatch order, so the status of the later one may be that of the parcel.
  const others = dispatches.filter(
    ({ dispatchId, parcelId, status }) =>
      parcelId === left?.parcelId && dispatchId !== leftWith && status !== 'cancelled',
  );
  await forEachInTurn(others, async (other) => {
    const system = await deps.systemByCode(other.warehouseSystem);
    const answer = await system.cancel(toInstant(deps.clock()), { dispatchId: other.dispatchId });
    if (answer === 'too-late')
      await decideAndReport(deps, orderId, cause, (now) => leftAfterStop(now, other));
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
