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

/** The members of a payment that we read. */
export const paymentSchema = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.string(),
  fee: z.int().nullish(),
  acquirer_data: z.object({ rrn: z.string().nullish() }).or(z.array(z.unknown())).nullish(),
});

export type CodePayment = z.infer<typeof paymentSchema>;

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

/** Translates a code with its payments. A payment that failed ends nothing: the shopper may scan the code again. */
export function toPayment(code: QrCode, payments: readonly CodePayment[]): ProviderPayment {
  const unknown = payments.find(({ status }) => lookUp(paymentStates, status) === undefined);
  if (unknown !== undefined)
    throw new PartnerRefused('razorpay', 200, `unknown payment status ${unknown.status}`);
  const isIn = (state: string) => (one: CodePayment) => lookUp(paymentStates, one.status) === state;
  const captures = payments.filter(isIn('taken')).map(toCapture);
  const [first, ...rest] = captures;
  const providerPaymentId = code.id;
  if (first !== undefined)
    return {
      ...{ providerPaymentId, status: 'captured', captures },
      amount: sum(
        [first, ...rest].map(({ amount }) => amount),
        first.amount.currency,
      ),
    };
  const isOpen = code.status === 'active' || payments.some(isIn('coming'));
  if (!isOpen && code.status !== 'closed')
    throw new PartnerRefused('razorpay', 200, `unknown code status ${code.status}`);
  const amount = money(code.payment_amount ?? 0, 'INR');
  if (!isOpen) return { providerPaymentId, status: 'voided', amount, captures: [] };
  return { providerPaymentId, status: 'waiting', isUnderWay: true, amount, captures: [] };
}

function toCapture({ id, amount, currency, fee, acquirer_data }: CodePayment): ProviderCapture {
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
