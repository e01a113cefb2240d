import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { type Instant, later, minuteMs } from '../kernel/time.ts';
import {
  type Decided,
  type EarlierIntent,
  type Intent,
  orderStateOf,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';
import { paymentOf } from './payment.ts';
import type { PaymentMethod } from './payment-methods.ts';

type Moved = Extract<Decided, { name: 'payment.moved' }>;

/** Why the payment leaves its intent, with the code of a refusal. */
export type WhyMoved = Pick<Fact<'payment.moved'>['data'], 'reason' | 'code'>;

/** Intents that an order may have had: a shopper who goes on trying asks for a new quote. */
const MAX_INTENTS = 10;

/**
 * Whether the payment may still leave its intent: the order is open, nothing was authorised, and few were tried. An
 * intent that is contested was paid, although the word of the payment is still on its way.
 */
export function mayMoveAway(timeline: Timeline): boolean {
  const { status, earlier, withdrawn } = paymentOf(timeline);
  const isUnpaid = (status === 'planned' || status === 'started') && Object.keys(withdrawn).length === 0;
  const hasEnded = orderStateOf(timeline.facts).ended !== undefined;
  return isUnpaid && !hasEnded && earlier.length + 1 < MAX_INTENTS;
}

/** The fact that makes a new intent pay the order. The new method's time counts from now, if it is given. */
export function movedTo(
  timeline: Timeline,
  { paymentId, method }: { readonly paymentId: string; readonly method: PaymentMethod },
  why: WhyMoved,
  reservation: { readonly reservedUntil?: Instant; readonly payableUntil?: Instant } = {},
): Moved {
  const { provider, isCash, captureAt, feeRule } = method;
  const to = { paymentId, provider, method: method.method, ...defined({ isCash, captureAt, feeRule }) };
  return { name: 'payment.moved', data: { ...from(timeline), ...why, to, ...reservation } };
}

/** The fact that makes an intent that was left pay the order after all. */
export function movedBack(timeline: Timeline, intent: EarlierIntent): Moved {
  const { paymentId, provider, method, isCash, captureAt, plan, feeRule }: Intent = intent;
  const to = { paymentId, provider, method, ...defined({ isCash, captureAt, plan, feeRule }) };
  return { name: 'payment.moved', data: { ...from(timeline), reason: 'paid', to } };
}

function from(timeline: Timeline) {
  const { paymentId, provider, method } = paymentOf(timeline);
  return { paymentId, provider, method, country: placedFact(timeline).data.landedCost.destination.country };
}

/** Until when an order holds its stock unpaid after the shopper chose the method: as after placing it. */
export function reservationFrom(
  now: Instant,
  { reservationMs }: Pick<PaymentMethod, 'reservationMs'>,
  firstReservationMinutes: number,
): { readonly reservedUntil: Instant; readonly payableUntil: Instant } {
  return {
    reservedUntil: later(now, Math.min(reservationMs, firstReservationMinutes * minuteMs)),
    payableUntil: later(now, reservationMs),
  };
}
