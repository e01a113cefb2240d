import { decideAndReport, NotYet } from '../timeline/index.ts';
import { decideOnUpdate, isSignOfLife } from './apply-warehouse-update.ts';
import { cancelReplacement, cancelUnwanted } from './cancel-unwanted.ts';
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
  const known = await deps.references.orderOf('warehouse', update.dispatchId);
  if (known === undefined) throw new NotYet(`no dispatch order has this id at ${code}`);
  const cause = { by: 'partner' as const, reference: callbackId.slice(0, 200) };
  const latest = await decideAndReport(deps, known.orderId, cause, (now) => decideOnUpdate(now, update));
  if (update.status === 'handed-over') await cancelReplacement(deps, latest, cause, update.dispatchId);
  if (isSignOfLife(update)) await cancelUnwanted(deps, latest, cause, { only: update.dispatchId });
}
