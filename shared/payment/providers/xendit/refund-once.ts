import * as z from 'zod';
import { toMajorUnits } from '../../../partners/major-units.ts';
import { PartnerRefused, readAnswer } from '../../../partners/partner-answer.ts';
import type { BoundPaymentProvider, ProviderRefund } from '../../provider.ts';
import { refundSchema, toRefund } from './answers.ts';
import { ask, askFor, type Context } from './call.ts';

type RefundCommand = Parameters<BoundPaymentProvider['refund']>[1];

/** Final refusals: nothing or too little is left, the channel gives none, or its window is over. */
const refusals = [
  'MAXIMUM_REFUND_AMOUNT_REACHED',
  'INELIGIBLE_TRANSACTION',
  'REFUND_NOT_SUPPORTED',
  'PARTIAL_REFUND_NOT_SUPPORTED',
];

const listSchema = z.object({ data: z.array(refundSchema) });

/** Refunds only once, even if Xendit has forgotten the key: the refunds of the request are read first. */
export async function refundOnce(context: Context, command: RefundCommand): Promise<ProviderRefund> {
  const { orderId, paymentId, refundId, providerPaymentId, amount } = command;
  const query = new URLSearchParams({ payment_request_id: providerPaymentId, limit: '100' });
  const { data } = await askFor(context, { method: 'GET', path: `/refunds?${query}`, schema: listSchema });
  const earlier = data.find(({ reference_id }) => reference_id === refundId);
  if (earlier !== undefined) return toRefund(earlier, refundId);
  const body = {
    ...{ payment_request_id: providerPaymentId, reference_id: refundId },
    ...{ amount: toMajorUnits(amount), currency: amount.currency, reason: 'REQUESTED_BY_CUSTOMER' },
    metadata: { order_id: orderId, payment_id: paymentId },
  };
  const answer = await ask(context, {
    ...{ method: 'POST', path: '/refunds', body, idempotencyKey: `refund:${refundId}` },
  });
  if (answer.done) return toRefund(readAnswer('xendit', answer.response, refundSchema), refundId);
  if (!refusals.includes(answer.code)) throw new PartnerRefused('xendit', answer.status, answer.code);
  const failureCode = answer.code;
  return { refundId, providerReference: providerPaymentId, status: 'failed', amount, failureCode };
}
