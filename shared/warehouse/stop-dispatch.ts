import type { Cause } from '../../events/envelope.ts';
import { type Instant, later, minuteMs, toInstant } from '../kernel/time.ts';
import { actOnOrder, forEachInTurn, loadOrder, NotYet, orderStateOf } from '../timeline/index.ts';
import { stopping } from './apply-warehouse-update.ts';
import { type DispatchState, dispatchesOf, isOpen } from './dispatch-state.ts';
import { stopOutcome } from './stop-outcome.ts';
import type { UpdateDeps } from './warehouse-deps.ts';

/** Longer than the time limit of the function that sends requests: after this, no request is still being sent. */
const IN_FLIGHT_MS = minuteMs;

/**
 * Asks every warehouse that works on the order to stop, and records the result: cancelled when all stopped, refused
 * when a parcel had left. Repeating it asks the warehouses that have not answered.
 */
export async function stopDispatch(deps: UpdateDeps, orderId: string, cause: Cause): Promise<void> {
  const { facts } = await loadOrder(deps.timelines, orderId);
  if (!orderStateOf(facts).isStopping) return;
  const tooLate: string[] = [];
  await forEachInTurn(dispatchesOf(facts).filter(isOpen), async (dispatch) => {
    const answer = await askToStop(deps, dispatch);
    if (answer === 'too-late') tooLate.push(dispatch.dispatchId);
    else await recordStop(deps, orderId, dispatch, cause);
  });
  await actOnOrder(deps, orderId, cause, (now) => stopOutcome(now, { tooLate }));
}

/**
 * A dispatch order that the warehouse has not accepted may still be on its way. If it arrived after the cancellation,
 * it would be carried out. So we wait as long as one can still arrive.
 */
async function askToStop(
  deps: UpdateDeps,
  { dispatchId, status, requestedAt, warehouseSystem }: DispatchState,
): Promise<'cancelled' | 'too-late'> {
  const system = await deps.systemByCode(warehouseSystem);
  const now = toInstant(deps.clock());
  if (status === 'requested' && (await system.find(now, { dispatchId })) === undefined) {
    if (!isSettled(requestedAt, now)) throw new NotYet(`dispatch order ${dispatchId} may be on its way`);
    return 'cancelled';
  }
  return system.cancel(now, { dispatchId });
}

const isSettled = (requestedAt: Instant, now: Instant) => later(requestedAt, IN_FLIGHT_MS) <= now;

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
