import { orderOfDispatch } from '../kernel/ids.ts';
import { decideAndReport, NotYet } from '../timeline/index.ts';
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
    orderOfDispatch(dispatchId) ?? (await deps.references.orderOf('warehouse', dispatchId))?.orderId;
  if (orderId === undefined) throw new NotYet(`no dispatch order has this id at ${code}`);
  const cause = { by: 'partner' as const, reference: callbackId.slice(0, 200) };
  const latest = await decideAndReport(deps, orderId, cause, (now) => decideOnUpdate(now, update));
  // A parcel left. If another dispatch order had replaced this one, the goods must not leave again.
  if (update.status === 'handed-over') {
    const parcelId = dispatchesOf(latest.facts).find((one) => one.dispatchId === dispatchId)?.parcelId;
    await cancelUnwanted(deps, latest, cause, (other) => other.parcelId === parcelId && isOpen(other));
  }
  if (isSignOfLife(update)) await cancelUnwanted(deps, latest, cause, (one) => one.dispatchId === dispatchId);
}
