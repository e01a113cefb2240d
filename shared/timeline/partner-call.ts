import type { CallbackKind } from '../../events/callback.ts';
import type { Instant } from '../kernel/time.ts';

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
