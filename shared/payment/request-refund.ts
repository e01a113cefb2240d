import type { Cause } from '../../events/envelope.ts';
import { compare, type Money, toJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type ActOnOrder, actOnOrder, type Decided, type Timeline } from '../timeline/index.ts';
import { paymentOf, refundable } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';

export type RefundRefusal =
  | { readonly reason: 'nothing-captured' | 'other-currency' }
  | { readonly reason: 'more-than-is-left'; readonly left: Money };

export interface RefundRequest {
  /** Names the request: the same one asks for one refund, however often it comes. */
  readonly requestId: string;
  /** Absent: all that is left. */
  readonly amount?: Money | undefined;
}

export interface AskedRefund {
  readonly refundId: string;
  readonly amount: Money;
}

/**
 * An operator gives money back. The refund is named and written down; the step that returns money asks the
 * provider for it. Never more than was taken and is not already going back.
 */
export async function requestRefund(
  deps: ActOnOrder & Pick<PaymentDeps, 'newId'>,
  orderId: string,
  request: RefundRequest,
): Promise<Result<AskedRefund, RefundRefusal>> {
  const refundId = deps.newId('refund', deps.clock());
  const cause: Cause = { by: 'operator', reference: request.requestId };
  let outcome: Result<AskedRefund, RefundRefusal> = refused({ reason: 'nothing-captured' });
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const decision = decideRefund(timeline, refundId, request);
    outcome = decision.outcome;
    return decision.facts;
  });
  return outcome;
}

export function decideRefund(
  timeline: Timeline,
  refundId: string,
  request: RefundRequest,
): { readonly outcome: Result<AskedRefund, RefundRefusal>; readonly facts: readonly Decided[] } {
  const payment = paymentOf(timeline);
  const earlier = payment.refunds.find(({ askedBy }) => askedBy === request.requestId);
  if (earlier !== undefined)
    return { outcome: ok({ refundId: earlier.refundId, amount: earlier.amount }), facts: [] };
  const left = refundable(payment);
  const amount = request.amount ?? left;
  const refusal = whyNot(left, amount);
  if (refusal !== undefined) return { outcome: refused(refusal), facts: [] };
  const { paymentId } = payment;
  const data = { paymentId, refundId, amount: toJson(amount), reason: 'operator' };
  return { outcome: ok({ refundId, amount }), facts: [{ name: 'refund.requested', data }] };
}

function whyNot(left: Money, amount: Money): RefundRefusal | undefined {
  if (left.amountMinor <= 0) return { reason: 'nothing-captured' };
  if (amount.currency !== left.currency) return { reason: 'other-currency' };
  if (amount.amountMinor <= 0 || compare(amount, left) > 0) return { reason: 'more-than-is-left', left };
  return undefined;
}
