import { PartnerRefused, readAnswer } from '../../../partners/partner-answer.ts';
import type { BoundPaymentProvider, ProviderRefund } from '../../provider.ts';
import { listOf, refundSchema, toRefund } from './answers.ts';
import { ask, askFor, type Context } from './call.ts';
import { readState } from './read-code.ts';

type RefundCommand = Parameters<BoundPaymentProvider['refund']>[1];

/**
 * The merchant's balance is too small for now. Razorpay's refusal has a sentence and no code of its own; the refund is
 * asked for again.
 */
const isOfBalance = (description: string): boolean => /enough balance/i.test(description);

/** Refunds only once, even if Razorpay has forgotten the key: the refunds of the payment are read first. */
export async function refundOnce(context: Context, command: RefundCommand): Promise<ProviderRefund> {
  const { orderId, paymentId, refundId, providerPaymentId, amount } = command;
  const { captures } = await readState(context, providerPaymentId);
  const payment = captures[0]?.reference;
  const failed = (failureCode: string): ProviderRefund => ({
    ...{ refundId, providerReference: providerPaymentId, status: 'failed', amount, failureCode },
  });
  if (payment === undefined) return failed('NOT_CAPTURED');
  const path = `payments/${encodeURIComponent(payment)}`;
  const { items } = await askFor(context, {
    ...{ method: 'GET', path: `${path}/refunds?count=100`, schema: listOf(refundSchema) },
  });
  const earlier = items.find(({ receipt }) => receipt === refundId);
  if (earlier !== undefined) return toRefund(earlier, refundId);
  const body = {
    ...{ amount: amount.amountMinor, speed: 'normal', receipt: refundId },
    notes: { order_id: orderId, payment_id: paymentId },
  };
  const answer = await ask(context, {
    ...{ method: 'POST', path: `${path}/refund`, body, refundKey: refundId },
  });
  if (answer.done) return toRefund(readAnswer('razorpay', answer.response, refundSchema), refundId);
  // Every final refusal has this status: nothing or too little is left of the payment, or the window is over.
  if (answer.status === 400 && !isOfBalance(answer.description)) return failed(answer.code);
  throw new PartnerRefused('razorpay', answer.status, answer.code);
}
