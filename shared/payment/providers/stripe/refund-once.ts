import { readAnswer } from '../../../partners/partner-answer.ts';
import type { BoundPaymentProvider, ProviderRefund } from '../../provider.ts';
import { refundListSchema, refundSchema, type StripeRefund, toRefund } from './answers.ts';
import { getObject, postEffect, type StripeContext } from './call.ts';
import { toStripeAmount } from './currencies.ts';

type RefundCommand = Parameters<BoundPaymentProvider['refund']>[1];

/** Final refusals: nothing is left to refund, or Stripe cannot refund this payment. */
const refusals = [
  'charge_already_refunded',
  'charge_disputed',
  'charge_not_refundable',
  'amount_too_large',
  'payment_intent_unexpected_state',
  'refund_disputed_payment',
  'insufficient_funds',
];

/**
 * Refunds only once, even if the call is repeated or comes late. An idempotency key lasts a day, but a parked message
 * may return after a week. Therefore the existing refunds are read first. If one of them has our id, it is the answer.
 */
export async function refundOnce(context: StripeContext, command: RefundCommand): Promise<ProviderRefund> {
  const { orderId, paymentId, refundId, providerPaymentId } = command;
  const earlier = await findRefund(context, command);
  if (earlier !== undefined) return toRefund(earlier, refundId);
  const answer = await postEffect(
    context,
    {
      path: '/v1/refunds',
      form: {
        ...paidBy(command),
        amount: toStripeAmount(command.amount).amount,
        metadata: { orderId, paymentId, refundId },
      },
      idempotencyKey: `refund:${refundId}`,
    },
    refusals,
  );
  if (answer.done) return toRefund(readAnswer('stripe', answer.response, refundSchema), refundId);
  return {
    refundId,
    providerReference: providerPaymentId,
    status: 'failed',
    amount: command.amount,
    failureCode: answer.code,
  };
}

/** What is refunded: the charge of one instalment, or the intent. A capture without a charge is known by its intent. */
function paidBy({ captureReference, providerPaymentId }: RefundCommand): Record<string, string> {
  if (captureReference === undefined) return { payment_intent: providerPaymentId };
  return captureReference.startsWith('pi_')
    ? { payment_intent: captureReference }
    : { charge: captureReference };
}

/** The refund with our id. Reads one page of a hundred refunds, because a payment has only a few. */
async function findRefund(context: StripeContext, command: RefundCommand): Promise<StripeRefund | undefined> {
  const query = new URLSearchParams({ ...paidBy(command), limit: '100' });
  const response = await getObject(context, `/v1/refunds?${query}`);
  const { data } = readAnswer('stripe', response, refundListSchema);
  return data.find((refund) => refund.metadata?.refundId === command.refundId);
}
