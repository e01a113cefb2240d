import type { Cause } from '../../events/envelope.ts';
import { type Result, refused } from '../kernel/result.ts';
import { toInstant } from '../kernel/time.ts';
import { decideAndReport, loadOrder, nothing, orderStateOf, placedFact } from '../timeline/index.ts';
import { mayMoveAway, movedTo, reservationFrom } from './move-payment.ts';
import { withKnownPayer } from './payer.ts';
import { missingOfRequest, type StartRequest } from './payer-data.ts';
import { paymentOf } from './payment.ts';
import { settleIfAnswered } from './settle-if-answered.ts';
import type { StartDeps } from './start-deps.ts';
import { type StartedPayment, type StartRefusal, startPayment } from './start-payment.ts';

export type ChoiceRefusal =
  | StartRefusal
  /** `others`: the methods that can pay the order. */
  | { readonly reason: 'method-not-offered'; readonly others: readonly string[] }
  | { readonly reason: 'order-over' | 'already-paid' | 'slot-before-payment' | 'too-many-intents' };

export interface Choice extends StartRequest {
  readonly method: string;
}

export interface ChooseDeps extends StartDeps {
  readonly methodsWithout: NonNullable<StartDeps['methodsWithout']>;
  /** How long stock is held before the shopper has begun to pay. */
  readonly firstReservationMinutes: () => Promise<number>;
}

/**
 * The shopper pays the order by another method: after a decline, or because a provider is out. The payment moves to a
 * new intent, and the one before is voided at once; if its provider gives no answer, the step that settles intents asks
 * again. If the one before turns out paid, it pays the order, and there is no next action. The time of the new method
 * counts from now. With the method that the order has already, this is a repeat of the start.
 */
export async function chooseMethod(
  deps: ChooseDeps,
  orderId: string,
  { method: wanted, ...request }: Choice,
  cause: Cause = { by: 'shopper' },
): Promise<Result<StartedPayment, ChoiceRefusal>> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const {
    paymentId: left,
    method: before,
    status,
    providerPaymentId,
    isUnanswered,
    withdrawn,
  } = paymentOf(timeline);
  if (orderStateOf(timeline.facts).ended !== undefined) return refused({ reason: 'order-over' });
  if (status !== 'planned' && status !== 'started') return refused({ reason: 'already-paid' });
  if (wanted === before) return startPayment({ ...deps, known: timeline }, orderId, request, cause);
  const { landedCost, deliverySlot } = placedFact(timeline).data;
  const inMarket = await deps.methodsWithout(landedCost, []);
  const offered = await withKnownPayer(deps, orderId, inMarket, request);
  const method = offered.find((one) => one.method === wanted);
  const field = missingOfRequest(inMarket.find((one) => one.method === wanted)?.payerNeeds, request);
  if (method === undefined && field !== undefined) return refused({ reason: 'payer-needs', field });
  if (method === undefined)
    return refused({ reason: 'method-not-offered', others: offered.map((one) => one.method) });
  const now = toInstant(deps.clock());
  const reservation = reservationFrom(now, method, await deps.firstReservationMinutes());
  if (deliverySlot !== undefined && reservation.payableUntil > deliverySlot.from)
    return refused({ reason: 'slot-before-payment' });
  if (Object.keys(withdrawn).length > 0) return refused({ reason: 'already-paid' });
  if (!mayMoveAway(timeline)) return refused({ reason: 'too-many-intents' });

  const paymentId = deps.newId('payment', deps.clock());
  const moved = await decideAndReport({ ...deps, known: timeline }, orderId, cause, (latest) =>
    paymentOf(latest).paymentId === left && mayMoveAway(latest)
      ? { facts: [movedTo(latest, { paymentId, method }, { reason: 'chosen' }, reservation)], notices: [] }
      : nothing,
  );
  if (providerPaymentId !== undefined || isUnanswered) await settleIfAnswered(deps, moved, left, cause);
  return startPayment(deps, orderId, request, cause);
}
