import { readAnswer } from '../../../partners/partner-answer.ts';
import type { BoundPaymentProvider, ProviderRefund } from '../../provider.ts';
import { toPayPalAmount } from './amounts.ts';
import { call, type PayPalContext, refusalOf } from './call.ts';
import { paymentsOf, readOrder, refundSchema, toRefund } from './order.ts';
import { refundReference } from './references.ts';

type RefundCommand = Parameters<BoundPaymentProvider['refund']>[1];

/** Final refusals: nothing is left, the time is over, or PayPal can't refund this payment. */
const REFUSALS: readonly string[] = [
  ...['CAPTURE_FULLY_REFUNDED', 'REFUND_AMOUNT_EXCEEDED', 'REFUND_TIME_LIMIT_EXCEEDED', 'REFUND_NOT_ALLOWED'],
  ...['REFUND_IS_RESTRICTED', 'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK', 'TRANSACTION_DISPUTED'],
  ...['PARTIAL_REFUND_NOT_ALLOWED', 'MAX_NUMBER_OF_REFUNDS_EXCEEDED', 'REFUND_FAILED_INSUFFICIENT_FUNDS'],
  ...['PAYER_ACCOUNT_LOCKED_OR_CLOSED', 'REFUND_AMOUNT_TOO_LOW', 'PENDING_CAPTURE'],
];

/**
 * Refunds only once. PayPal keeps the id of a request for six hours, and a parked message may return after a week. So
 * the order's refunds are read first: one whose `custom_id` has our id is the answer.
 */
export async function refundOnce(context: PayPalContext, command: RefundCommand): Promise<ProviderRefund> {
  const { orderId, paymentId, refundId, providerPaymentId, amount } = command;
  const reference = refundReference({ orderId, paymentId }, refundId);
  const read = await readOrder(context, providerPaymentId);
  const { captures = [], refunds = [] } = read === undefined ? {} : paymentsOf(read.order);
  const earlier = refunds.find(({ custom_id }) => custom_id === reference);
  if (earlier !== undefined) return toRefund(earlier, refundId);
  const refused = (failureCode: string): ProviderRefund => ({
    ...{ refundId, providerReference: providerPaymentId, status: 'failed', amount, failureCode },
  });
  const capture = captures.at(-1);
  if (capture === undefined) return refused('no-capture');
  const response = await call(context, {
    ...{ method: 'POST', path: `/v2/payments/captures/${encodeURIComponent(capture.id)}/refund` },
    body: { amount: toPayPalAmount(amount), custom_id: reference },
    key: `refund:${refundId}`,
  });
  if (response.status < 300) return toRefund(readAnswer('paypal', response, refundSchema), refundId);
  const refusal = refusalOf(response);
  if (!REFUSALS.includes(refusal.code)) throw refusal;
  return refused(refusal.code.toLowerCase());
}
