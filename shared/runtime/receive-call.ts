import type { Table } from '../aws/clients.ts';
import { type CallbackStore, createCallbackStore } from '../aws/relay/callback-store.ts';
import type { Notice } from '../kernel/report.ts';
import { type ActOnOrder, CallKnown, type PartnerCall, timelinesOfCall } from '../timeline/index.ts';
import { log } from './log.ts';

/** A stored call of a partner, to be interpreted. */
interface StoredCallback {
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

export type Receive<Deps> = (deps: Deps, callback: StoredCallback) => Promise<void>;

/**
 * Interprets a delivery of a call, unless another delivery of the call was first. The call is kept once: with the facts
 * that follow from it, or as an item of its own where none follow, or where its interpretation fails. So every
 * delivery that comes later finds it. Until then the message that carries the call is in its queue.
 */
export async function receiveCall<Deps extends Receiver & { readonly table: Table }>(
  deps: Deps,
  call: PartnerCall,
  receive: Receive<Deps>,
): Promise<void> {
  const { kind, code, callbackId, deliveryId, rawBody } = call;
  const callback: StoredCallback = { code, callbackId, rawBody };
  const callbacks = createCallbackStore(deps.table);
  const first = await callbacks.deliveryOf(call);
  // This delivery was interpreted before, and led to nothing or failed.
  if (first === deliveryId) return receive(deps, callback);
  const isKnown = first !== undefined || (await isKnownLater(deps, call, { callback, callbacks, receive }));
  if (isKnown) log.info('CALLBACK_KNOWN', { kind, partner: code, callbackId });
}

/** What interprets a call: it acts on the order, and says what a person should hear of. */
export interface Receiver extends ActOnOrder {
  readonly report: (notice: Notice) => void;
}

interface Receiving<Deps> {
  readonly callback: StoredCallback;
  readonly callbacks: CallbackStore;
  readonly receive: Receive<Deps>;
}

/** Interprets a call that has no item of its own, and keeps it; gives whether another delivery was first. */
async function isKnownLater<Deps extends Receiver>(
  deps: Deps,
  call: PartnerCall,
  { callback, callbacks, receive }: Receiving<Deps>,
): Promise<boolean> {
  const { timelines, isKept, concerned } = timelinesOfCall(deps.timelines, call);
  let isNoticed = false;
  const report = (notice: Notice) => {
    isNoticed = true;
    deps.report(notice);
  };
  const keep = async (withBody: boolean) => {
    if (isKept()) return 'kept';
    const isErased = concerned()?.facts.some(({ name }) => name === 'order.erased') === true;
    return callbacks.keep(call, { withBody: withBody && !isErased, orderId: concerned()?.orderId });
  };
  try {
    await receive({ ...deps, timelines, report }, callback);
  } catch (error) {
    if (error instanceof CallKnown) return true;
    // From now on another delivery is dropped: this one comes again until it succeeds or is parked.
    if ((await keep(true)) === 'known') return true;
    throw error;
  }
  // A person may want to read what was not understood. Of a call that said nothing new, the id is enough.
  return (await keep(isNoticed)) === 'known';
}
