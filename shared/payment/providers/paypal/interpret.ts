import * as z from 'zod';
import { readAnswer, readCallbackBody } from '../../../partners/partner-answer.ts';
import type { LookedUp, PaymentUpdate } from '../../provider.ts';
import { call, type PayPalContext, refusalOf } from './call.ts';
import { lookUpDispute } from './disputes.ts';
import { customIdOf, paymentsOf, readOrder, toRefund } from './order.ts';
import { readReference } from './references.ts';

/** Events about an order, an authorisation or a capture: the order of PayPal's is asked for. */
const orderEvents = [
  'CHECKOUT.ORDER.APPROVED',
  'PAYMENT.AUTHORIZATION.CREATED',
  'PAYMENT.AUTHORIZATION.VOIDED',
  'PAYMENT.CAPTURE.COMPLETED',
  'PAYMENT.CAPTURE.DECLINED',
  'PAYMENT.CAPTURE.DENIED',
  'PAYMENT.CAPTURE.PENDING',
] as const;

/** Events whose resource leads to its capture by a link: a refund, or a reversal by PayPal. */
const captureEvents = [
  'PAYMENT.CAPTURE.REFUNDED',
  'PAYMENT.CAPTURE.REVERSED',
  'PAYMENT.REFUND.FAILED',
  'PAYMENT.REFUND.PENDING',
] as const;

const disputeEvents = [
  'CUSTOMER.DISPUTE.CREATED',
  'CUSTOMER.DISPUTE.UPDATED',
  'CUSTOMER.DISPUTE.RESOLVED',
] as const;

/** Events without new information for an order. */
const ignoredEvents = [
  'CHECKOUT.ORDER.COMPLETED',
  'CHECKOUT.ORDER.SAVED',
  'CHECKOUT.PAYMENT-APPROVAL.REVERSED',
] as const;

export const paypalEvents: readonly string[] = [
  ...orderEvents,
  ...captureEvents,
  ...disputeEvents,
  ...ignoredEvents,
];

const eventSchema = z.object({
  event_type: z.string(),
  resource: z.object({
    id: z.string().optional(),
    dispute_id: z.string().optional(),
    supplementary_data: z
      .object({ related_ids: z.object({ order_id: z.string().optional() }).optional() })
      .optional(),
    links: z.array(z.object({ rel: z.string(), href: z.string() })).optional(),
  }),
});

/** What a callback names. The state of it is always asked for: the signature protects a body weakly. */
export function interpretPayPal(rawBody: Buffer): PaymentUpdate {
  const { event_type: type, resource } = readCallbackBody('paypal', rawBody, eventSchema);
  if (isOneOf(ignoredEvents, type)) return { kind: 'ignored', word: type };
  if (isOneOf(disputeEvents, type)) return named(type, 'dispute', resource.dispute_id);
  if (isOneOf(captureEvents, type)) return named(type, 'capture', captureOf(resource.links));
  if (type === 'CHECKOUT.ORDER.APPROVED') return named(type, 'order', resource.id);
  if (isOneOf(orderEvents, type))
    return named(type, 'order', resource.supplementary_data?.related_ids?.order_id);
  return { kind: 'unrecognised', word: type };
}

const named = (type: string, kind: string, id: string | undefined): PaymentUpdate =>
  id === undefined || !/^[\w-]{1,60}$/.test(id)
    ? { kind: 'unrecognised', word: `${type}: names no ${kind}` }
    : { kind: 'look-up', reference: `${kind}:${id}` };

const captureOf = (
  links: readonly { readonly rel: string; readonly href: string }[] = [],
): string | undefined =>
  links.map(({ href }) => /\/captures\/([\w-]+)$/.exec(href)?.[1]).find((id) => id !== undefined);

const captureSchema = z.object({
  supplementary_data: z.object({ related_ids: z.object({ order_id: z.string() }) }),
});

/** Asks for what a callback named. */
export async function lookUpPayPal(context: PayPalContext, reference: string): Promise<readonly LookedUp[]> {
  const [kind, id = ''] = reference.split(':');
  if (kind === 'dispute') return [await lookUpDispute(context, id)];
  if (kind === 'order') return ofOrder(context, id);
  const response = await call(context, {
    method: 'GET',
    path: `/v2/payments/captures/${encodeURIComponent(id)}`,
  });
  if (response.status >= 300) throw refusalOf(response);
  return ofOrder(
    context,
    readAnswer('paypal', response, captureSchema).supplementary_data.related_ids.order_id,
  );
}

/** The payment of an order, and our refunds of it. Nothing for an order of another system in the same account. */
async function ofOrder(context: PayPalContext, id: string): Promise<readonly LookedUp[]> {
  const read = await readOrder(context, id);
  const ours = read === undefined ? undefined : readReference(customIdOf(read.order), context.now);
  if (read === undefined || ours === undefined) return [];
  const owner = { orderId: ours.orderId, paymentId: ours.paymentId };
  const refunds = paymentsOf(read.order).refunds.flatMap((refund): LookedUp[] => {
    const refundId = readReference(refund.custom_id, context.now)?.refundId;
    if (refundId === undefined) return [{ kind: 'unrecognised', word: `refund ${refund.id}: not ours` }];
    return [{ kind: 'refund', ...owner, refund: toRefund(refund, refundId) }];
  });
  return [{ kind: 'payment', ...owner, payment: read.payment }, ...refunds];
}

const isOneOf = (words: readonly string[], word: string): boolean => words.includes(word);
