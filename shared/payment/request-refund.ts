import type { Cause } from '../../events/envelope.ts';
import { compare, type Money, money, toJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import {
  type ActOnOrder,
  actOnOrder,
  type Decided,
  earlierRequest,
  mostToReturn,
  type OperatorRequest,
  operatorRequest,
  type Timeline,
} from '../timeline/index.ts';
import { type Payment, paymentOf, refundable } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';

export type RefundRefusal =
  | { readonly reason: 'nothing-captured' | 'other-currency' | 'request-reused' }
  | { readonly reason: 'more-than-is-left'; readonly left: Money }
  /** `most`: what may go back while parcels are still to be sent. */
  | { readonly reason: 'order-running'; readonly most: Money };

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
 * it. The amount is limited to what was captured and is not already being refunded, and while parcels are still to be
 * sent to {@link mostToReturn}. A repeat of the request gets the answer of the first.
 */
export async function requestRefund(
  deps: ActOnOrder & Pick<PaymentDeps, 'newId'>,
  orderId: string,
  request: RefundRequest,
): Promise<Result<AskedRefund, RefundRefusal>> {
  const refundId = deps.newId('refund', deps.clock());
  const asked = refundWish(request);
  const cause: Cause = { by: 'operator', reference: request.operator, request: asked };
  let outcome: Result<AskedRefund, RefundRefusal> = refused({ reason: 'nothing-captured' });
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const decision = decideRefund(timeline, refundId, { ...request, asked });
    outcome = decision.outcome;
    return decision.facts;
  });
  return outcome;
}

function decideRefund(
  timeline: Timeline,
  refundId: string,
  request: RefundRequest & { readonly asked: OperatorRequest },
): { readonly outcome: Result<AskedRefund, RefundRefusal>; readonly facts: readonly Decided[] } {
  const payment = paymentOf(timeline);
  const earlier = earlierRequest(timeline.facts, request.asked);
  if (earlier !== undefined) return { outcome: repeated(payment, earlier, request), facts: [] };
  const left = refundable(payment);
  const amount = request.amount ?? left;
  const refusal = whyNot(left, amount) ?? whileRunning(timeline, amount);
  if (refusal !== undefined) return { outcome: refused(refusal), facts: [] };
  const { paymentId } = payment;
  const { requestId } = request;
  const data = { paymentId, refundId, amount: toJson(amount), reason: 'operator', requestId };
  return { outcome: ok({ refundId, amount }), facts: [{ name: 'refund.requested', data }] };
}

/** The request as its facts name it: the refund of an amount differs from that of whatever is left. */
export const refundWish = ({ requestId, amount }: RefundRequest): OperatorRequest =>
  operatorRequest(requestId, {
    decision: 'refund',
    ...(amount === undefined ? {} : { amount: toJson(amount) }),
  });

function repeated(
  payment: Payment,
  earlier: 'same' | 'other',
  request: RefundRequest,
): Result<AskedRefund, RefundRefusal> {
  const refund = payment.refunds.find(({ requestId }) => requestId === request.requestId);
  if (earlier === 'other' || refund === undefined) return refused({ reason: 'request-reused' });
  return ok({ refundId: refund.refundId, amount: refund.amount });
}

/** A refund that leaves too little of the price of parcels still to be sent, on its own or with earlier ones. */
function whileRunning({ facts }: Timeline, amount: Money): RefundRefusal | undefined {
  const most = mostToReturn(facts);
  if (most === undefined || amount.amountMinor <= most) return undefined;
  return { reason: 'order-running', most: money(most, amount.currency) };
}

function whyNot(left: Money, amount: Money): RefundRefusal | undefined {
  if (left.amountMinor <= 0) return { reason: 'nothing-captured' };
  if (amount.currency !== left.currency) return { reason: 'other-currency' };
  if (amount.amountMinor <= 0 || compare(amount, left) > 0) return { reason: 'more-than-is-left', left };
  return undefined;
}
