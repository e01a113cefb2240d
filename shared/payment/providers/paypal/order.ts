import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import type { Money } from '../../../kernel/money.ts';
import { readAnswer } from '../../../partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { ProviderCapture, ProviderPayment, ProviderRefund } from '../../provider.ts';
import { fromPayPalAmount, type PayPalAmount } from './amounts.ts';
import { call, type PayPalContext, refusalOf } from './call.ts';
import { readReference } from './references.ts';

const amountSchema = z.object({ currency_code: z.string(), value: z.string() });

const authorizationSchema = z.object({
  id: z.string(),
  status: z.enum(['CREATED', 'CAPTURED', 'DENIED', 'PARTIALLY_CAPTURED', 'VOIDED', 'PENDING', 'EXPIRED']),
  amount: amountSchema,
});
const captureSchema = z.object({
  id: z.string(),
  status: z.enum(['COMPLETED', 'DECLINED', 'PARTIALLY_REFUNDED', 'PENDING', 'REFUNDED', 'FAILED']),
  amount: amountSchema,
  invoice_id: z.string().optional(),
  seller_receivable_breakdown: z.object({ paypal_fee: amountSchema.optional() }).optional(),
});
export const refundSchema = z.object({
  id: z.string(),
  status: z.enum(['CANCELLED', 'FAILED', 'PENDING', 'COMPLETED']),
  amount: amountSchema,
  custom_id: z.string().optional(),
});

/** The members of an order of PayPal's that we read. */
export const orderSchema = z.object({
  id: z.string(),
  status: z.enum(['CREATED', 'SAVED', 'APPROVED', 'VOIDED', 'COMPLETED', 'PAYER_ACTION_REQUIRED']),
  purchase_units: z.tuple(
    [
      z.object({
        custom_id: z.string().optional(),
        amount: amountSchema,
        payments: z
          .object({
            authorizations: z.array(authorizationSchema).default([]),
            captures: z.array(captureSchema).default([]),
            refunds: z.array(refundSchema).default([]),
          })
          .optional(),
      }),
    ],
    z.unknown(),
  ),
  links: z.array(z.object({ rel: z.string(), href: z.string() })).default([]),
});

export type PayPalOrder = z.infer<typeof orderSchema>;

const unitOf = ({ purchase_units: [unit] }: PayPalOrder) => unit;
export const paymentsOf = (order: PayPalOrder) =>
  unitOf(order).payments ?? { authorizations: [], captures: [], refunds: [] };
export const customIdOf = (order: PayPalOrder): string | undefined => unitOf(order).custom_id;

/** The words for a capture by which the money came. A pending one is none yet. */
const TAKEN: readonly string[] = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'];

/** The words for a capture that will bring no money. */
const DENIED: readonly string[] = ['DECLINED', 'FAILED'];

/** Our status for each status of an authorisation from which nothing was taken. */
const authorised: Record<z.infer<typeof authorizationSchema>['status'], ProviderPayment['status']> = {
  CREATED: 'authorised',
  PENDING: 'waiting',
  // Captured, and PayPal still looks at the capture.
  CAPTURED: 'authorised',
  PARTIALLY_CAPTURED: 'authorised',
  DENIED: 'failed',
  VOIDED: 'voided',
  EXPIRED: 'voided',
};

/** Our status for each status of an order that was not authorised. One that can't be paid any more is void to us. */
const unpaid: Record<PayPalOrder['status'], ProviderPayment['status']> = {
  CREATED: 'waiting',
  SAVED: 'waiting',
  PAYER_ACTION_REQUIRED: 'waiting',
  APPROVED: 'waiting',
  COMPLETED: 'waiting',
  VOIDED: 'voided',
};

/** Translates an order. `refusal`: why PayPal did not authorise it just now. */
export function toPayment(
  order: PayPalOrder,
  { now }: Pick<PayPalContext, 'now'>,
  refusal?: string,
): ProviderPayment {
  const { authorizations, captures } = paymentsOf(order);
  const authorization = authorizations.at(-1);
  const taken = captures.filter(({ status }) => TAKEN.includes(status)).map(toCapture);
  const head = { providerPaymentId: order.id, captures: taken };
  const amount = readAmount(authorization?.amount ?? unitOf(order).amount);
  if (taken.length > 0) return { ...head, status: 'captured', amount };
  if (authorization !== undefined) {
    const isDenied = captures.length > 0 && captures.every(({ status }) => DENIED.includes(status));
    // PayPal captures an authorisation once. A capture that it denied leaves nothing to take.
    const isGone = authorization.status === 'CAPTURED' && isDenied;
    const status = isGone ? 'voided' : authorised[authorization.status];
    const isUnderWay = status === 'waiting' ? (true as const) : undefined;
    const failureCode = status === 'failed' ? 'authorization-denied' : undefined;
    return { ...head, status, amount, ...defined({ isUnderWay, failureCode }) };
  }
  const isPayable = readReference(customIdOf(order), now)?.isPayable === true;
  if (!isPayable) return { ...head, status: 'voided', amount };
  if (refusal !== undefined) return { ...head, status: 'failed', amount, failureCode: refusal };
  return { ...head, status: unpaid[order.status], amount };
}

function toCapture({
  id,
  amount,
  invoice_id,
  seller_receivable_breakdown,
}: z.infer<typeof captureSchema>): ProviderCapture {
  const fee = seller_receivable_breakdown?.paypal_fee;
  return {
    ...defined({ captureId: invoice_id, fee: fee === undefined ? undefined : readAmount(fee) }),
    ...{ reference: id, amount: readAmount(amount) },
  };
}

const refundStatus: Record<z.infer<typeof refundSchema>['status'], ProviderRefund['status']> = {
  PENDING: 'pending',
  COMPLETED: 'paid',
  FAILED: 'failed',
  CANCELLED: 'failed',
};

export function toRefund(refund: z.infer<typeof refundSchema>, refundId: string): ProviderRefund {
  const status = refundStatus[refund.status];
  const failureCode = status === 'failed' ? refund.status.toLowerCase() : undefined;
  return {
    ...{ refundId, providerReference: refund.id, status, amount: readAmount(refund.amount) },
    ...defined({ failureCode }),
  };
}

/** Issues of PayPal for a shopper's money that it could not get: another try is the shopper's. */
const DECLINES: readonly string[] = [
  ...['INSTRUMENT_DECLINED', 'TRANSACTION_REFUSED', 'PAYER_CANNOT_PAY', 'PAYER_ACTION_REQUIRED'],
  ...['PAYER_ACCOUNT_RESTRICTED', 'PAYER_ACCOUNT_LOCKED_OR_CLOSED', 'DECLINED_DUE_TO_RELATED_TXN'],
  ...['TRANSACTION_LIMIT_EXCEEDED', 'MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED'],
];
/** Issues for an order whose state changed meanwhile. */
const CHANGED: readonly string[] = [
  'ORDER_ALREADY_AUTHORIZED',
  'ORDER_NOT_APPROVED',
  'ORDER_EXPIRED',
  'ORDER_COMPLETED_OR_VOIDED',
];

/**
 * The order as PayPal has it; undefined if PayPal does not know it any more. An order that the shopper has approved is
 * authorised first, as long as it may be paid: approving it moves no money. PayPal authorises an order once, so that
 * the call needs no id of its own: an id would repeat a decline after the shopper chose another card.
 */
export async function readOrder(
  context: PayPalContext,
  id: string,
): Promise<{ readonly order: PayPalOrder; readonly payment: ProviderPayment } | undefined> {
  const order = await getOrder(context, id);
  if (order === undefined) return undefined;
  const isPayable = readReference(customIdOf(order), context.now)?.isPayable === true;
  if (order.status !== 'APPROVED' || !isPayable) return { order, payment: toPayment(order, context) };
  const path = `/v2/checkout/orders/${encodeURIComponent(id)}/authorize`;
  const response = await call(context, { method: 'POST', path, body: {} });
  if (response.status < 300) {
    const done = readAnswer('paypal', response, orderSchema);
    return { order: done, payment: toPayment(done, context) };
  }
  const refusal = refusalOf(response);
  if (!DECLINES.includes(refusal.code) && !CHANGED.includes(refusal.code)) throw refusal;
  const now = (await getOrder(context, id)) ?? order;
  const code = DECLINES.includes(refusal.code) ? refusal.code.toLowerCase() : undefined;
  return { order: now, payment: toPayment(now, context, code) };
}

async function getOrder(context: PayPalContext, id: string): Promise<PayPalOrder | undefined> {
  const path = `/v2/checkout/orders/${encodeURIComponent(id)}`;
  const response = await call(context, { method: 'GET', path });
  if (response.status < 300) return readAnswer('paypal', response, orderSchema);
  const refusal = refusalOf(response);
  if (refusal.code === 'INVALID_RESOURCE_ID') return undefined;
  throw refusal;
}

/** Throws PartnerUnavailable for an amount that we could not have requested. */
export function readAmount(amount: PayPalAmount): Money {
  const read = fromPayPalAmount(amount);
  if (read !== undefined) return read;
  throw new PartnerUnavailable('paypal', `answered with an amount in ${amount.currency_code}`);
}
