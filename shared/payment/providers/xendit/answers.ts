import * as z from 'zod';
import { lookUp } from '../../../kernel/look-up.ts';
import { fromMajorUnits } from '../../../partners/major-units.ts';
import { PartnerRefused } from '../../../partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { ProviderNextAction } from '../../next-action.ts';
import type { PaymentOwner, ProviderPayment, ProviderRefund } from '../../provider.ts';

/** Amounts are numbers; some examples of the reference write them as texts. */
const unitsSchema = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
]);
const metadataSchema = z.record(z.string(), z.unknown()).nullish();

/** The members of a payment request that we read. */
export const paymentRequestSchema = z.object({
  payment_request_id: z.string(),
  reference_id: z.string(),
  latest_payment_id: z.string().nullish(),
  status: z.string(),
  currency: z.string(),
  request_amount: unitsSchema,
  actions: z
    .array(z.object({ type: z.string(), descriptor: z.string().nullish(), value: z.string() }))
    .nullish(),
  failure_code: z.string().nullish(),
  metadata: metadataSchema,
});

export type PaymentRequest = z.infer<typeof paymentRequestSchema>;

/** Our status for each status of a payment request. */
const paymentStatus: Readonly<Record<string, ProviderPayment['status']>> = {
  ACCEPTING_PAYMENTS: 'waiting',
  REQUIRES_ACTION: 'waiting',
  AUTHORIZED: 'authorised',
  SUCCEEDED: 'captured',
  FAILED: 'failed',
  CANCELED: 'voided',
  EXPIRED: 'voided',
};

export const isKnownStatus = (status: string): boolean => lookUp(paymentStatus, status) !== undefined;

/** Translates a payment request. The shopper has chosen how to pay when there is one, so it is under way. */
export function toPayment(request: PaymentRequest): ProviderPayment {
  const { payment_request_id: id, latest_payment_id: paymentId, failure_code } = request;
  const status = lookUp(paymentStatus, request.status);
  if (status === undefined) throw new PartnerRefused('xendit', 200, `unknown status ${request.status}`);
  const amount = fromMajorUnits('xendit', request.request_amount, request.currency);
  return {
    ...{ providerPaymentId: id, status, amount },
    captures: status === 'captured' ? [{ reference: paymentId ?? id, amount }] : [],
    ...(status === 'waiting' && { isUnderWay: true as const }),
    ...(status === 'failed' && { failureCode: failure_code ?? 'FAILED' }),
  };
}

/** The shopper's next step: a QR code until that time, or the page of the wallet. None once the payment has ended. */
export function nextActionOf(request: PaymentRequest, expiresAt: string): ProviderNextAction {
  if (lookUp(paymentStatus, request.status) !== 'waiting') return { type: 'none' };
  const actions = request.actions ?? [];
  const code = actions.find(
    ({ type, descriptor }) => type === 'PRESENT_TO_CUSTOMER' && descriptor === 'QR_STRING',
  );
  if (code !== undefined) return { type: 'qr', payload: code.value, expiresAt };
  const page = actions.find(
    ({ type, descriptor }) => type === 'REDIRECT_CUSTOMER' && descriptor === 'WEB_URL',
  );
  if (page === undefined) throw new PartnerUnavailable('xendit', 'answered without a code or an address');
  return { type: 'redirect', url: page.value };
}

const ownerSchema = z.object({ order_id: z.string(), payment_id: z.string() });

/** Whose payment it is; undefined if it is not ours. */
export function ownerOf(metadata: z.infer<typeof metadataSchema>): PaymentOwner | undefined {
  const read = ownerSchema.safeParse(metadata);
  return read.success ? { orderId: read.data.order_id, paymentId: read.data.payment_id } : undefined;
}

/** The members of a refund that we read. Its `reference_id` is our id. */
export const refundSchema = z.object({
  id: z.string(),
  reference_id: z.string().nullish(),
  status: z.string(),
  currency: z.string(),
  amount: unitsSchema,
  failure_code: z.string().nullish(),
  metadata: metadataSchema,
});

export type XenditRefund = z.infer<typeof refundSchema>;

/** Our status for each status of a refund. */
const refundStatus: Readonly<Record<string, ProviderRefund['status']>> = {
  PENDING: 'pending',
  SUCCEEDED: 'paid',
  FAILED: 'failed',
  CANCELLED: 'failed',
};

export const isKnownRefundStatus = (status: string): boolean => lookUp(refundStatus, status) !== undefined;

export function toRefund(refund: XenditRefund, refundId: string): ProviderRefund {
  const status = lookUp(refundStatus, refund.status);
  if (status === undefined) throw new PartnerRefused('xendit', 200, `unknown refund status ${refund.status}`);
  return {
    ...{ refundId, providerReference: refund.id, status },
    amount: fromMajorUnits('xendit', refund.amount, refund.currency),
    ...(status === 'failed' && { failureCode: refund.failure_code ?? refund.status }),
  };
}
