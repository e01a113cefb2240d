import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { readCallbackBody } from '../../../partners/partner-answer.ts';
import type { PaymentUpdate } from '../../provider.ts';
import { capturesOf, intentSchema, refundSchema, type StripeIntent, toPayment, toRefund } from './answers.ts';
import { disputeSchema, toDispute } from './disputes.ts';

const eventSchema = z.object({
  ...{ id: z.string(), type: z.string() },
  /** When the event was made, in seconds since 1970: newer words about a dispute count more. */
  created: z.int().optional(),
  data: z.object({ object: z.unknown() }),
});

type StripeEvent = z.infer<typeof eventSchema>;

/** Events that change the state of a payment. */
const paymentEvents = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
] as const;

const refundEvents = ['refund.created', 'refund.updated', 'refund.failed'] as const;

const disputeEvents = [
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const;

/** The events that a webhook is registered for, and that are polled where no webhook can arrive. */
export const wantedEvents = [...paymentEvents, ...refundEvents, ...disputeEvents];

/**
 * Events without new information: the results of our own calls, steps of the shopper, and older names of events above.
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
 * Translates a stored event. An event that is in neither list is unrecognised and raises an alarm. One example is a
 * refund made in Stripe's dashboard, because our ledger does not contain that refund.
 */
export function interpretStripe(rawBody: Buffer): PaymentUpdate {
  const event = readCallbackBody('stripe', rawBody, eventSchema);
  const { type } = event;
  if (isOneOf(ignoredEvents, type)) return { kind: 'ignored', word: type };
  if (isOneOf(paymentEvents, type)) return readPayment(type, event.data.object);
  if (isOneOf(refundEvents, type)) return readRefund(type, event.data.object);
  if (isOneOf(disputeEvents, type)) return readDispute(type, event);
  return { kind: 'unrecognised', word: type };
}

/** A dispute has no metadata of ours: the intent says whose it is. */
function readDispute(type: string, { created, data: { object } }: StripeEvent): PaymentUpdate {
  const read = disputeSchema.safeParse(object);
  if (!read.success || created === undefined)
    return { kind: 'unrecognised', word: `${type}: ${statusOf(object)}` };
  const dispute = toDispute(read.data, new Date(created * 1_000));
  return { kind: 'dispute', providerPaymentId: read.data.payment_intent, dispute };
}

function readPayment(type: string, object: unknown): PaymentUpdate {
  const read = intentSchema.safeParse(object);
  if (!read.success) return { kind: 'unrecognised', word: `${type}: ${statusOf(object)}` };
  const { orderId, paymentId } = read.data.metadata;
  // Another system created this intent in the same Stripe account.
  if (orderId === undefined || paymentId === undefined)
    return { kind: 'ignored', word: `${type}: not our intent` };
  if (read.data.metadata.instalmentOf !== undefined)
    return readInstalment(type, read.data, { orderId, paymentId });
  return { kind: 'payment', orderId, paymentId, payment: toPayment(read.data) };
}

/** A later instalment. A decline is the answer to our own call, which is repeated until it comes. */
function readInstalment(
  type: string,
  intent: StripeIntent,
  owner: { readonly orderId: string; readonly paymentId: string },
): PaymentUpdate {
  const { instalmentOf: providerPaymentId } = intent.metadata;
  const captures = capturesOf(intent);
  if (captures.length === 0) return { kind: 'ignored', word: `${type}: a later instalment` };
  const { amount } = toPayment(intent);
  const payment = { ...defined({ providerPaymentId }), status: 'authorised', amount, captures } as const;
  return { kind: 'payment', ...owner, payment };
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

/** The status of an object that does not fit our schema. */
function statusOf(object: unknown): string {
  const read = z.object({ status: z.string() }).safeParse(object);
  return read.success ? read.data.status : 'no status';
}
