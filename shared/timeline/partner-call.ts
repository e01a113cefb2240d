import type { CallbackKind } from '../../events/callback.ts';
import type { Instant } from '../kernel/time.ts';
import type { TimelineStore } from './timeline.ts';

/** What a call of a partner is known by. */
export interface CallIdentity {
  readonly kind: CallbackKind;
  readonly code: string;
  /** The partner's own id of the call: the same when it repeats the call. */
  readonly callbackId: string;
}

/** A delivery of a call that an order's facts name, because it led to them. */
export interface KeptCall extends CallIdentity {
  /** Our id of the delivery: the same whenever the message that carries it is handed out again. */
  readonly deliveryId: string;
}

/** A verified call of a partner. */
export interface PartnerCall extends KeptCall {
  /** The exact bytes. They may hold personal data. */
  readonly rawBody: Buffer;
  readonly receivedAt: Instant;
}

/** Another delivery of the call was handled, or is being handled: this one is dropped. */
export class CallKnown extends Error {
  override readonly name = 'CallKnown';
}

/** The delivery of a call that led to facts; undefined where the facts do not name the call. */
export function deliveryOf(
  calls: readonly KeptCall[] | undefined,
  { kind, code, callbackId }: CallIdentity,
): string | undefined {
  return calls?.find((each) => each.kind === kind && each.code === code && each.callbackId === callbackId)
    ?.deliveryId;
}

/**
 * Timelines for one delivery of a call. The first facts that follow from the call are appended with it, so that call
 * and facts are kept together or not at all. A timeline whose facts name another delivery of the call throws
 * {@link CallKnown}. Two deliveries at the same time want the same number of the timeline: one of them is refused,
 * reads again, and finds the other.
 */
export function timelinesOfCall(timelines: TimelineStore, call: PartnerCall) {
  let isKept = false;
  const known = (calls: readonly KeptCall[] | undefined): boolean => {
    const deliveryId = deliveryOf(calls, call);
    if (deliveryId !== undefined && deliveryId !== call.deliveryId)
      throw new CallKnown(`call ${call.callbackId} of ${call.code} came before`);
    isKept ||= deliveryId !== undefined;
    return deliveryId !== undefined;
  };
  const ofCall: TimelineStore = {
    async load(orderId, options) {
      const timeline = await timelines.load(orderId, options);
      if (timeline !== undefined) known(timeline.calls);
      return timeline;
    },
    async append(append) {
      if (isKept || known(append.timeline.calls)) return timelines.append(append);
      const after = await timelines.append({ ...append, call });
      isKept = after !== undefined;
      return after;
    },
  };
  return { timelines: ofCall, isKept: () => isKept };
}
