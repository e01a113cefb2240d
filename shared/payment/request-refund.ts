import type { Cause } from '../../events/envelope.ts';
import { compare, type Money, toJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import {
  type ActOnOrder,
  actOnOrder,
  type Decided,
  orderStateOf,
  parcelsToGo,
  type Timeline,
} from '../timeline/index.ts';
import { paymentOf, refundable } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';

export type RefundRefusal =
  | { readonly reason: 'nothing-captured' | 'other-currency' | 'request-reused' | 'order-running' }
  | { readonly reason: 'more-than-is-left'; readonly left: Money };

export interface RefundRequest {
  /** The id of the request: repeats with the same id request one refund. */
  readonly requestId: string;
  /** The operator's subject, never a name. */
  readonly operator: string;
  /** Absent: the whole remaining amount. */
  readonly amount?: Money | undefined;
}

export interface AskedRefund {
  readonly refundId: string;
  readonly amount: Money;
}

/**
 * An operator refunds money. The refund gets an id and is recorded; the step that returns money asks the provider for
 * it. The amount is limited to what was captured and is not already being refunded.
 */
export async function requestRefund(
  deps: ActOnOrder & Pick<PaymentDeps, 'newId'>,
  orderId: string,
  request: RefundRequest,
): Promise<Result<AskedRefund, RefundRefusal>> {
  const refundId = deps.newId('refund', deps.clock());
  const cause: Cause = { by: 'operator', reference: request.operator };
  let outcome: Result<AskedRefund, RefundRefusal> = refused({ reason: 'nothing-captured' });
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const decision = decideRefund(timeline, refundId, request);
    outcome = decision.outcome;
    return decision.facts;
  });
  return outcome;
}

function decideRefund(
  timeline: Timeline,
  refundId: string,
  request: RefundRequest,
): { readonly outcome: Result<AskedRefund, RefundRefusal>; readonly facts: readonly Decided[] } {
  const payment = paymentOf(timeline);
  const earlier = payment.refunds.find(({ requestId }) => requestId === request.requestId);
  if (earlier !== undefined) {
    const isSame = request.amount === undefined || isEqual(request.amount, earlier.amount);
    const { refundId: known, amount } = earlier;
    return {
      outcome: isSame ? ok({ refundId: known, amount }) : refused({ reason: 'request-reused' }),
      facts: [],
    };
  }
  const left = refundable(payment);
  const amount = request.amount ?? left;
  const refusal = whyNot(left, amount) ?? whileRunning(timeline, left, amount);
  if (refusal !== undefined) return { outcome: refused(refusal), facts: [] };
  const { paymentId } = payment;
  const { requestId } = request;
  const data = { paymentId, refundId, amount: toJson(amount), reason: 'operator', requestId };
  return { outcome: ok({ refundId, amount }), facts: [{ name: 'refund.requested', data }] };
}

const isEqual = (a: Money, b: Money) => a.currency === b.currency && a.amountMinor === b.amountMinor;

/**
 * A refund of everything that is left while a parcel is still to go would leave the order unpaid and half finished. The
 * order or that parcel is stopped instead.
 */
function whileRunning({ facts }: Timeline, left: Money, amount: Money): RefundRefusal | undefined {
  const isRunning = orderStateOf(facts).ended === undefined && parcelsToGo(facts).length > 0;
  return isRunning && isEqual(left, amount) ? { reason: 'order-running' } : undefined;
}

function whyNot(left: Money, amount: Money): RefundRefusal | undefined {
  if (left.amountMinor <= 0) return { reason: 'nothing-captured' };
  if (amount.currency !== left.currency) return { reason: 'other-currency' };
  if (amount.amountMinor <= 0 || compare(amount, left) > 0) return { reason: 'more-than-is-left', left };
  return undefined;
}
