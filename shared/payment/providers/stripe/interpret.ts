import * as z from 'zod';
import { readCallbackBody } from '../../../partners/partner-answer.ts';
import type { PaymentUpdate } from '../../provider.ts';
import { intentSchema, refundSchema, toPayment, toRefund } from './answers.ts';

const eventSchema = z.object({ id: z.string(), type: z.string(), data: z.object({ object: z.unknown() }) });

/** Events that move a payment of ours. */
const paymentEvents = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
] as const;

const refundEvents = ['refund.created', 'refund.updated', 'refund.failed'] as const;

/**
 * Events without new information: effects of our own calls, steps of the shopper, or an older name of an event above.
 */
export const ignoredEvents = [
  'payment_intent.created',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'charge.captured',
  'charge.expired',
  'charge.failed',
  'charge.pending',
  'charge.refund.updated',
  'charge.refunded',
  'charge.succeeded',
  'charge.updated',
] as const;

/**
 * A stored event in our words. An event in none of the lists is unrecognised and raises an alarm: for example a
 * dispute, which a person has to answer, or a refund that somebody made in Stripe's dashboard, which our ledger does
 * not know.
 */
export function interpretStripe(rawBody: Buffer): PaymentUpdate {
  const event = readCallbackBody('stripe', rawBody, eventSchema);
  const { type } = event;
  if (isOneOf(ignoredEvents, type)) return { kind: 'ignored', word: type };
  if (isOneOf(paymentEvents, type)) return readPayment(type, event.data.object);
  if (isOneOf(refundEvents, type)) return readRefund(type, event.data.object);
  return { kind: 'unrecognised', word: type };
}

function readPayment(type: string, object: unknown): PaymentUpdate {
  const read = intentSchema.safeParse(object);
  if (!read.success) return { kind: 'unrecognised', word: `${type}: ${statusOf(object)}` };
  const { orderId, paymentId } = read.data.metadata;
  // An intent that another system created in the same account.
  if (orderId === undefined || paymentId === undefined)
    return { kind: 'ignored', word: `${type}: not our intent` };
  return { kind: 'payment', orderId, paymentId, payment: toPayment(read.data) };
}

function readRefund(type: string, object: unknown): PaymentUpdate {
  const read = refundSchema.safeParse(object);
  if (!read.success) return { kind: 'unrecognised', word: `${type}: ${statusOf(object)}` };
  const { orderId, paymentId, refundId } = read.data.metadata ?? {};
  if (orderId === undefined || paymentId === undefined || refundId === undefined) {
    return { kind: 'unrecognised', word: `${type}: not our refund` };
  }
  return { kind: 'refund', orderId, paymentId, refund: toRefund(read.data, refundId) };
}

function isOneOf(words: readonly string[], word: string): boolean {
  return words.includes(word);
}

/** The status word of an object that we could not read. */
function statusOf(object: unknown): string {
  const read = z.object({ status: z.string() }).safeParse(object);
  return read.success ? read.data.status : 'no status';
}
