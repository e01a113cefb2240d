import type { Cause } from '../../events/envelope.ts';
import { toInstant } from '../kernel/time.ts';
import {
  type Decision,
  decideAndReport,
  forEachInTurn,
  nothing,
  orderStateOf,
  parcelsThatLeft,
  type Timeline,
} from '../timeline/index.ts';
import { leftAfterStop, stopping } from './apply-warehouse-update.ts';
import { type DispatchState, dispatchesOf } from './dispatch-state.ts';
import type { UpdateDeps } from './warehouse-deps.ts';
import type { BoundWarehouseSystem } from './warehouse-system.ts';

/**
 * Asks the warehouses to cancel dispatch orders that must not be carried out: those that our facts hold for cancelled,
 * all of a stopped order, and those of a parcel that left with another one. A request may have come to the warehouse
 * after its cancellation, so the facts alone do not show that the warehouse has stopped. If it is too late, a person
 * has to look. It may be repeated. Throws when a warehouse gives no answer. Without such a dispatch order, nobody is
 * called.
 */
export async function cancelUnwanted(
  deps: UpdateDeps,
  timeline: Timeline,
  cause: Cause,
  isMeant: (dispatch: DispatchState) => boolean = () => true,
): Promise<void> {
  const unwanted = unwantedOf(timeline).filter(isMeant);
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
  const left = parcelsThatLeft(facts);
  return dispatchesOf(facts).filter(
    ({ status, parcelId }) =>
      status === 'cancelled' || (status !== 'handed-over' && (isStopped || left.has(parcelId))),
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
