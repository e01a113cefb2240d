import * as z from 'zod';
import { isCurrency } from '../../../kernel/currency.ts';
import { defined } from '../../../kernel/defined.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import { type Money, money, sum } from '../../../kernel/money.ts';
import { PartnerRefused } from '../../../partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { ProviderNextAction } from '../../next-action.ts';
import type { PaymentOwner, ProviderCapture, ProviderPayment, ProviderRefund } from '../../provider.ts';

/** Our own notes. An object without notes has an empty list there. */
const notesSchema = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullish();

/** The members of a QR code that we read. */
export const codeSchema = z.object({
  id: z.string(),
  status: z.string(),
  payment_amount: z.int().nullable(),
  /** The address `upi://pay?…`. Only for accounts with this feature. */
  image_content: z.string().nullish(),
  notes: notesSchema,
});

export type QrCode = z.infer<typeof codeSchema>;

/** The members of an order that we read. A request to pay belongs to one. */
export const orderSchema = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  notes: notesSchema,
});

export type RazorpayOrder = z.infer<typeof orderSchema>;

/** The members of a payment that we read. */
export const paymentSchema = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
  fee: z.int().nullish(),
  /** Of a request to pay: the order that it belongs to. A payment by a code has none. */
  order_id: z.string().nullish(),
  error_reason: z.string().nullish(),
  notes: notesSchema,
  acquirer_data: z.object({ rrn: z.string().nullish() }).or(z.array(z.unknown())).nullish(),
});

export type RazorpayPayment = z.infer<typeof paymentSchema>;

export const listOf = <Item>(item: z.ZodType<Item>) => z.object({ items: z.array(item) });

/** Amounts are in our minor units. */
export function readAmount(amount: number, currency: string): Money {
  if (!isCurrency(currency))
    throw new PartnerUnavailable('razorpay', `answered with an amount in ${currency}`);
  return money(amount, currency);
}

/** What a status of a payment says about the money: taken, on its way, or not. */
const paymentStates: Readonly<Record<string, 'taken' | 'coming' | 'none'>> = {
  created: 'coming',
  authorized: 'coming',
  pending: 'coming',
  captured: 'taken',
  refunded: 'taken',
  failed: 'none',
};

const isIn = (state: 'taken' | 'coming' | 'none') => (payment: RazorpayPayment) =>
  lookUp(paymentStates, payment.status) === state;

/** What was captured of a code or an order; undefined if nothing was. */
function toCaptured(
  providerPaymentId: string,
  payments: readonly RazorpayPayment[],
): ProviderPayment | undefined {
  const unknown = payments.find(({ status }) => lookUp(paymentStates, status) === undefined);
  if (unknown !== undefined)
    throw new PartnerRefused('razorpay', 200, `unknown payment status ${unknown.status}`);
  const captures = payments.filter(isIn('taken')).map(toCapture);
  const [first] = captures;
  if (first === undefined) return undefined;
  const amount = sum(
    captures.map((one) => one.amount),
    first.amount.currency,
  );
  return { providerPaymentId, status: 'captured', captures, amount };
}

/**
 * Translates an order with the requests to pay that were made for it. One that failed may be followed by another one,
 * and without any the order waits for the first.
 */
export function toCollected(order: RazorpayOrder, payments: readonly RazorpayPayment[]): ProviderPayment {
  const providerPaymentId = order.id;
  const captured = toCaptured(providerPaymentId, payments);
  if (captured !== undefined) return captured;
  const amount = readAmount(order.amount, order.currency);
  const open = { providerPaymentId, amount, captures: [] };
  if (payments.some(isIn('coming'))) return { ...open, status: 'waiting', isUnderWay: true };
  const failed = payments[0];
  if (failed === undefined) return { ...open, status: 'waiting' };
  return { ...open, status: 'failed', failureCode: failed.error_reason ?? 'failed' };
}

/** Translates a code with its payments. A payment that failed ends nothing: the shopper may scan the code again. */
export function toPayment(code: QrCode, payments: readonly RazorpayPayment[]): ProviderPayment {
  const providerPaymentId = code.id;
  const captured = toCaptured(providerPaymentId, payments);
  if (captured !== undefined) return captured;
  const isOpen = code.status === 'active' || payments.some(isIn('coming'));
  if (!isOpen && code.status !== 'closed')
    throw new PartnerRefused('razorpay', 200, `unknown code status ${code.status}`);
  const amount = money(code.payment_amount ?? 0, 'INR');
  if (!isOpen) return { providerPaymentId, status: 'voided', amount, captures: [] };
  return { providerPaymentId, status: 'waiting', isUnderWay: true, amount, captures: [] };
}

function toCapture({ id, amount, currency, fee, acquirer_data }: RazorpayPayment): ProviderCapture {
  const rrn = acquirer_data != null && 'rrn' in acquirer_data ? acquirer_data.rrn : undefined;
  return {
    ...{ reference: id, amount: readAmount(amount, currency) },
    ...defined({
      fee: fee == null || fee === 0 ? undefined : readAmount(fee, currency),
      bankReference: rrn ?? undefined,
    }),
  };
}

/** The shopper's next step: a code until that time. On a telephone its text opens the app. */
export function nextActionOf(code: QrCode, payment: ProviderPayment, expiresAt: string): ProviderNextAction {
  if (payment.status !== 'waiting') return { type: 'none' };
  if (code.image_content == null) throw new PartnerRefused('razorpay', 200, 'IMAGE_CONTENT_MISSING');
  return { type: 'qr', payload: code.image_content, expiresAt };
}

const ownerSchema = z.object({ order_id: z.string(), payment_id: z.string() });

/** Whose payment it is; undefined if it is not ours. */
export function ownerOf({ notes }: { readonly notes?: unknown }): PaymentOwner | undefined {
  const read = ownerSchema.safeParse(notes);
  return read.success ? { orderId: read.data.order_id, paymentId: read.data.payment_id } : undefined;
}

/** The members of a refund that we read. */
export const refundSchema = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
  receipt: z.string().nullish(),
  notes: notesSchema,
});

export type RazorpayRefund = z.infer<typeof refundSchema>;

const refundStatus: Readonly<Record<string, ProviderRefund['status']>> = {
  pending: 'pending',
  processed: 'paid',
  failed: 'failed',
};

export const isKnownRefundStatus = (status: string): boolean => lookUp(refundStatus, status) !== undefined;

export function toRefund(refund: RazorpayRefund, refundId: string): ProviderRefund {
  const status = lookUp(refundStatus, refund.status);
  if (status === undefined)
    throw new PartnerRefused('razorpay', 200, `unknown refund status ${refund.status}`);
  return {
    ...{ refundId, providerReference: refund.id, status },
    amount: readAmount(refund.amount, refund.currency),
    ...(status === 'failed' && { failureCode: 'failed' }),
  };
}
