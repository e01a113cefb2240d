import * as z from 'zod';
import { readCallbackBody } from '../../../partners/partner-answer.ts';
import type { Callback, Verdict } from '../../../partners/plug-in.ts';
import { nameCallback, verifyPlainHex } from '../../../partners/webhook-signatures/index.ts';
import type { PaymentUpdate } from '../../provider.ts';
import {
  codeSchema,
  isKnownRefundStatus,
  ownerOf,
  paymentSchema,
  refundSchema,
  toPayment,
  toRefund,
} from './answers.ts';
import type { Settings } from './call.ts';
import { disputeSchema, toDispute } from './disputes.ts';

const entity = <Entity>(schema: z.ZodType<Entity>) => z.object({ entity: schema });
/** `created_at`: when the event happened, in seconds. A repeat of the event has the same. */
const eventSchema = z.object({
  event: z.string(),
  payload: z.looseObject({}),
  created_at: z.int().positive().optional(),
});
const creditedSchema = z.object({
  payload: z.object({ payment: entity(paymentSchema), qr_code: entity(codeSchema) }),
});
const closedSchema = z.object({ payload: z.object({ qr_code: entity(codeSchema) }) });
const paidSchema = z.object({ payload: z.object({ payment: entity(paymentSchema) }) });
const refundedSchema = z.object({ payload: z.object({ refund: entity(refundSchema) }) });
const disputedSchema = z.object({ payload: z.object({ dispute: entity(disputeSchema) }) });

export const refundEvents = ['refund.created', 'refund.processed', 'refund.failed'];
export const disputeEvents = [
  'payment.dispute.created',
  'payment.dispute.under_review',
  'payment.dispute.action_required',
  'payment.dispute.won',
  'payment.dispute.lost',
  'payment.dispute.closed',
];

/**
 * Events of a payment. That of a request to pay names its order, which is looked up. That of a code doesn't name the
 * code: `qr_code.credited` says the same.
 */
export const paymentEvents = [
  'order.paid',
  'payment.authorized',
  'payment.captured',
  'payment.failed',
  'payment.pending',
];

export const ignoredEvents = ['qr_code.created', 'refund.speed_changed'];

/** The signature is over the body. The id is in a header of its own, the same in each repeat. */
export function verifySignature(
  { settings, now }: { readonly settings: Settings; readonly now: string },
  { headers, rawBody }: Callback,
): Verdict {
  const message = { rawBody, now, secrets: settings.webhookSecrets };
  const check = verifyPlainHex(headers['x-razorpay-signature'], message);
  return nameCallback(check, () => (isEvent(rawBody) ? headers['x-razorpay-event-id'] : undefined));
}

function isEvent(rawBody: Buffer): boolean {
  try {
    return eventSchema.safeParse(JSON.parse(rawBody.toString('utf8'))).success;
  } catch {
    // Not JSON: the call is refused as malformed.
    return false;
  }
}

export function interpretEvent(rawBody: Buffer): PaymentUpdate {
  const { event, created_at } = readCallbackBody('razorpay', rawBody, eventSchema);
  if (ignoredEvents.includes(event)) return { kind: 'ignored', word: event };
  return readEvent(event, rawBody, created_at) ?? { kind: 'unrecognised', word: event };
}

/** What an event says; undefined if it is not about a payment of ours, or in words that we don't know. */
function readEvent(event: string, rawBody: Buffer, happenedAt?: number): PaymentUpdate | undefined {
  if (event === 'qr_code.credited') {
    const { qr_code, payment } = readCallbackBody('razorpay', rawBody, creditedSchema).payload;
    const owner = ownerOf(qr_code.entity);
    return owner && { kind: 'payment', ...owner, payment: toPayment(qr_code.entity, [payment.entity]) };
  }
  if (event === 'qr_code.closed') {
    const code = readCallbackBody('razorpay', rawBody, closedSchema).payload.qr_code.entity;
    // A payment closes the code as well. Whether there was one is asked for.
    return ownerOf(code) && { kind: 'look-up', reference: code.id };
  }
  if (paymentEvents.includes(event)) {
    const payment = readCallbackBody('razorpay', rawBody, paidSchema).payload.payment.entity;
    return payment.order_id == null || ownerOf(payment) === undefined
      ? { kind: 'ignored', word: event }
      : { kind: 'look-up', reference: payment.order_id };
  }
  if (refundEvents.includes(event)) {
    const refund = readCallbackBody('razorpay', rawBody, refundedSchema).payload.refund.entity;
    const [owner, refundId] = [ownerOf(refund), refund.receipt];
    if (owner === undefined || refundId == null || !isKnownRefundStatus(refund.status)) return undefined;
    return { kind: 'refund', ...owner, refund: toRefund(refund, refundId) };
  }
  if (!disputeEvents.includes(event)) return undefined;
  const read = readCallbackBody('razorpay', rawBody, disputedSchema).payload.dispute.entity;
  const dispute = toDispute(read, happenedAt);
  return dispute && { kind: 'dispute', providerPaymentId: read.payment_id, dispute };
}
