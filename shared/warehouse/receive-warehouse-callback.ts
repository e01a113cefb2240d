import { orderOfDispatch } from '../kernel/ids.ts';
import { type Decision, decideAndReport, NotYet, type Timeline } from '../timeline/index.ts';
import { decideOnUpdate, isSignOfLife } from './apply-warehouse-update.ts';
import { cancelUnwanted } from './cancel-unwanted.ts';
import { dispatchesOf, isOpen } from './dispatch-state.ts';
import type { ReceiveUpdateDeps } from './warehouse-deps.ts';

/** A stored call of a warehouse: genuine, not yet interpreted. */
export interface WarehouseCallback {
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

/**
 * Turns a warehouse's call into facts of the dispatch order that it names. Throws {@link NotYet} for an unknown one.
 * If the warehouse works on a dispatch order that must not be carried out, or that another one has carried out, it is
 * asked to cancel.
 */
export async function receiveWarehouseCallback(
  deps: ReceiveUpdateDeps,
  callback: WarehouseCallback,
): Promise<void> {
  const { code, callbackId, rawBody } = callback;
  const system = await deps.systemByCode(code);
  const update = system.interpret(rawBody);
  if ('ignored' in update) return;
  const { dispatchId } = update;
  const orderId =
    orderOfDispatch(dispatchId) ??
    (await deps.references.orderOf({ kind: 'warehouse', code, reference: dispatchId }))?.orderId;
  if (orderId === undefined) throw new NotYet(`no dispatch order has this id at ${code}`);
  const cause = { by: 'partner' as const, reference: callbackId.slice(0, 200) };
  let isOwn = true;
  const latest = await decideAndReport(deps, orderId, cause, (now) => {
    isOwn = isOfSystem(now, dispatchId, code);
    return isOwn ? decideOnUpdate(now, update) : foreign(now, code, callbackId);
  });
  if (!isOwn) return;
  // A parcel left. If another dispatch order had replaced this one, the goods must not leave again.
  if (update.status === 'handed-over') {
    const parcelId = dispatchesOf(latest.facts).find((one) => one.dispatchId === dispatchId)?.parcelId;
    await cancelUnwanted(deps, latest, cause, (other) => other.parcelId === parcelId && isOpen(other));
  }
  if (isSignOfLife(update)) await cancelUnwanted(deps, latest, cause, (one) => one.dispatchId === dispatchId);
}

/**
 * Whether this system was asked to carry out the dispatch order. Its id may lead to the order by itself, so that any
 * warehouse could name it.
 */
function isOfSystem({ facts }: Timeline, dispatchId: string, code: string): boolean {
  const dispatch = dispatchesOf(facts).find((one) => one.dispatchId === dispatchId);
  return dispatch === undefined || dispatch.warehouseSystem === code;
}

const foreign = ({ orderId }: Timeline, partner: string, callbackId: string): Decision => ({
  facts: [],
  notices: [{ code: 'callback-without-order', detail: { partner, orderId, callbackId } }],
});
