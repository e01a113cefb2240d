import * as z from 'zod';
import { PartnerRefused, readAnswer, readCallbackBody } from '../../../partners/partner-answer.ts';
import type { Callback, Verdict } from '../../../partners/plug-in.ts';
import { nameCallback, verifySharedToken } from '../../../partners/webhook-signatures/index.ts';
import type { LookedUp, PaymentUpdate } from '../../provider.ts';
import {
  isKnownRefundStatus,
  isKnownStatus,
  ownerOf,
  paymentRequestSchema,
  refundSchema,
  toPayment,
  toRefund,
} from './answers.ts';
import { ask, type Context, type Settings } from './call.ts';

const idSchema = z.string().regex(/^[\w-]{1,100}$/);
const eventSchema = z.object({
  event: z.string(),
  data: z.looseObject({
    id: idSchema.optional(),
    payment_request_id: idSchema.optional(),
    status: z.string().optional(),
  }),
});

/** Events about a payment request, and about a refund. Each only says that something changed. */
export const paymentEvents = [
  'payment.capture',
  'payment.authorization',
  'payment.failure',
  'payment.expiry',
  'payment_request.expiry',
];
export const refundEvents = ['refund.succeeded', 'refund.failed'];

/** Events about saved ways to pay, which we don't use. */
export const ignoredEvents = ['payment_token.activation', 'payment_token.failure', 'payment_token.expiry'];

/**
 * Xendit does not sign: it sends one fixed token of the account. So what a call says is a hint, and what it names is
 * read again. A repeat is recognised by `webhook-id`, or by what it says.
 */
export function verifyToken(
  { settings, now }: { readonly settings: Settings; readonly now: string },
  { headers, rawBody }: Callback,
): Verdict {
  const check = verifySharedToken(headers['x-callback-token'], { now, secrets: settings.webhookSecrets });
  return nameCallback(check, () => headers['webhook-id'] ?? nameOf(rawBody));
}

function nameOf(rawBody: Buffer): string | undefined {
  try {
    const { event, data } = eventSchema.parse(JSON.parse(rawBody.toString('utf8')));
    return [event, data.id ?? data.payment_request_id ?? '', data.status ?? ''].join(' ');
  } catch {
    // Not JSON, or of another form: the call is refused as malformed.
    return undefined;
  }
}

/** What an event names, as `payment_requests/pr-…` or `refunds/rfd-…`. */
export function interpretEvent(rawBody: Buffer): PaymentUpdate {
  const { event, data } = readCallbackBody('xendit', rawBody, eventSchema);
  if (ignoredEvents.includes(event)) return { kind: 'ignored', word: event };
  if (paymentEvents.includes(event) && data.payment_request_id !== undefined)
    return { kind: 'look-up', reference: `payment_requests/${data.payment_request_id}` };
  if (refundEvents.includes(event) && data.id !== undefined)
    return { kind: 'look-up', reference: `refunds/${data.id}` };
  return { kind: 'unrecognised', word: event };
}

/** Asks for the object that an event named. */
export async function lookUpNamed(context: Context, reference: string): Promise<readonly LookedUp[]> {
  const isRefund = reference.startsWith('refunds/');
  const path = isRefund ? `/${reference}` : `/v3/${reference}`;
  const answer = await ask(context, { method: 'GET', path });
  const unknown: LookedUp = {
    kind: 'unrecognised',
    word: `${reference.split('/')[0]}: not ours, or unknown`,
  };
  if (!answer.done) {
    if (answer.status === 404) return [unknown];
    throw new PartnerRefused('xendit', answer.status, answer.code);
  }
  if (isRefund) {
    const refund = readAnswer('xendit', answer.response, refundSchema);
    const [owner, refundId] = [ownerOf(refund.metadata), refund.reference_id];
    if (owner === undefined || refundId == null || !isKnownRefundStatus(refund.status)) return [unknown];
    return [{ kind: 'refund', ...owner, refund: toRefund(refund, refundId) }];
  }
  const request = readAnswer('xendit', answer.response, paymentRequestSchema);
  const owner = ownerOf(request.metadata);
  if (owner === undefined || !isKnownStatus(request.status)) return [unknown];
  return [{ kind: 'payment', ...owner, payment: toPayment(request) }];
}
