import * as z from 'zod';
import { type Currency, isCurrency } from '../../../kernel/currency.ts';
import { type Money, money } from '../../../kernel/money.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { PaymentOwner, ProviderPayment, ProviderRefund } from '../../provider.ts';

const sessionStatuses = [
  ...(['WAITING', 'BACK', 'IN_PROGRESS', 'MANUAL_ID_CHECK'] as const),
  ...(['COMPLETED', 'CANCELLED', 'FAILED', 'DISABLED', 'ERROR'] as const),
] as const;

/** The members of a session of the hosted page that we read. */
export const sessionSchema = z.object({
  session_id: z.string(),
  status: z.enum(sessionStatuses),
  /** Klarna's order, once the shopper has paid and the page has placed it. */
  order_id: z.string().nullish(),
});

export type Session = z.infer<typeof sessionSchema>;

const orderStatuses = [
  ...(['AUTHORIZED', 'PART_CAPTURED', 'CAPTURED'] as const),
  ...(['CANCELLED', 'EXPIRED', 'CLOSED'] as const),
] as const;

/** The members of an order of Order Management that we read. */
export const orderSchema = z.object({
  order_id: z.string(),
  status: z.enum(orderStatuses),
  fraud_status: z.enum(['ACCEPTED', 'PENDING', 'REJECTED']),
  original_order_amount: z.int(),
  captured_amount: z.int(),
  remaining_authorized_amount: z.int(),
  purchase_currency: z.string(),
  merchant_reference1: z.string().nullish(),
  merchant_reference2: z.string().nullish(),
  captures: z
    .array(z.object({ capture_id: z.string(), captured_amount: z.int(), reference: z.string().nullish() }))
    .nullish(),
  refunds: z
    .array(z.object({ refund_id: z.string(), refunded_amount: z.int(), reference: z.string().nullish() }))
    .nullish(),
});

export type Order = z.infer<typeof orderSchema>;

/** Our status of a session without an order. A shopper who was refused may try again on the page. */
const sessionStatus: Readonly<Record<Session['status'], ProviderPayment['status']>> = {
  ...{ WAITING: 'waiting', BACK: 'waiting', IN_PROGRESS: 'waiting', MANUAL_ID_CHECK: 'waiting' },
  // The page is about to place the order.
  COMPLETED: 'waiting',
  ...{ CANCELLED: 'failed', FAILED: 'failed', ERROR: 'failed', DISABLED: 'voided' },
};

const UNDER_WAY: ReadonlySet<Session['status']> = new Set(['MANUAL_ID_CHECK', 'COMPLETED']);

/** A payment of which no order was placed, with what it asks for. */
export function sessionPayment(
  { status: word }: Session,
  { providerPaymentId, amount }: Pick<ProviderPayment, 'providerPaymentId' | 'amount'>,
): ProviderPayment {
  const status = sessionStatus[word];
  return {
    ...{ providerPaymentId, status, amount, captures: [] },
    ...(UNDER_WAY.has(word) && { isUnderWay: true as const }),
    ...(status === 'failed' && { failureCode: word }),
  };
}

/** A placed order as a payment. Amounts are minor units of ISO 4217. */
export function orderPayment(order: Order, providerPaymentId: string): ProviderPayment {
  const { order_id, captures, fraud_status } = order;
  const currency = currencyOf(order);
  return {
    providerPaymentId,
    authorisationReference: order_id,
    status: statusOf(order),
    amount: money(order.original_order_amount, currency),
    captures: (captures ?? []).map(({ capture_id, captured_amount, reference }) => ({
      ...(reference != null && { captureId: reference }),
      ...{ reference: capture_id, amount: money(captured_amount, currency) },
    })),
    ...(fraud_status === 'PENDING' && { isUnderWay: true as const }),
    ...(fraud_status === 'REJECTED' && { failureCode: 'FRAUD_REJECTED' }),
  };
}

/** What was captured stays so, whatever became of the rest. An order that Klarna examines can't be captured yet. */
function statusOf({ status, fraud_status, remaining_authorized_amount: left, captures }: Order) {
  if ((captures ?? []).length > 0) return status === 'PART_CAPTURED' && left > 0 ? 'authorised' : 'captured';
  if (status !== 'AUTHORIZED') return 'voided';
  if (fraud_status === 'PENDING') return 'waiting';
  return fraud_status === 'REJECTED' ? 'failed' : 'authorised';
}

/** The refund with our id; undefined if there is none. Klarna's refunds are done once they are in the list. */
export function refundIn(order: Order, refundId: string): ProviderRefund | undefined {
  const found = order.refunds?.find(({ reference }) => reference === refundId);
  if (found === undefined) return undefined;
  const amount = money(found.refunded_amount, currencyOf(order));
  return { refundId, providerReference: found.refund_id, status: 'paid', amount };
}

export function ownerOf({ merchant_reference1, merchant_reference2 }: Order): PaymentOwner | undefined {
  const [orderId, paymentId] = [merchant_reference1 ?? '', merchant_reference2 ?? ''];
  return orderId.startsWith('ord_') && paymentId.startsWith('pay_') ? { orderId, paymentId } : undefined;
}

function currencyOf({ purchase_currency: currency }: Order): Currency {
  if (!isCurrency(currency)) throw new PartnerUnavailable('klarnapayments', `answered with ${currency}`);
  return currency;
}

/** The one line of an order, a capture or a refund: the port has an amount, and Klarna wants lines that sum to it. */
export const summaryLine = (name: string, { amountMinor }: Money) => ({
  ...{ type: 'physical', name, quantity: 1, unit_price: amountMinor, total_amount: amountMinor },
  ...{ tax_rate: 0, total_tax_amount: 0 },
});
