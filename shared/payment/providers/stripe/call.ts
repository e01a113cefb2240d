import { PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import { type PartnerResponse, PartnerUnavailable, type Send } from '../../../partners/send.ts';
import { declineCodeOf, errorSchema, intentSchema, type StripeIntent } from './answers.ts';
import { type Effect, getRequest, postRequest, type StripeAccess } from './requests.ts';

export interface StripeContext {
  readonly settings: StripeAccess;
  readonly send: Send;
}

/** Stripe's error codes for a request that the intent's state does not allow. */
const wrongState = [
  'payment_intent_unexpected_state',
  'charge_already_captured',
  'charge_expired_for_capture',
];

/** The result of a request that changes something: Stripe's answer, or the code of a refusal that callers handle. */
export type EffectAnswer =
  | { readonly done: true; readonly response: PartnerResponse }
  | { readonly done: false; readonly code: string };

/**
 * Sends a request that changes something, under its idempotency key. A refusal whose code is in `expected` is returned
 * as a value.
 *
 * Stripe stores every answer under the key for a day, failures included. A stored failure describes the past, so the
 * request is sent once more under a second key. That is safe for each kind of request. The intent's state allows only
 * one capture and only one cancellation. A second unconfirmed intent authorises no money. Existing refunds are read
 * before a refund is requested. A file that is uploaded twice is used once, and a dispute takes evidence once.
 */
export async function postEffect(
  context: StripeContext,
  effect: Effect,
  expected: readonly string[] = [],
): Promise<EffectAnswer> {
  const first = await context.send(postRequest(context.settings, effect));
  const isKeptFailure = first.status >= 400 && first.headers['idempotent-replayed'] === 'true';
  const again = { ...effect, idempotencyKey: `${effect.idempotencyKey}:again` };
  const response = isKeptFailure ? await context.send(postRequest(context.settings, again)) : first;
  if (response.status < 300) return { done: true, response };
  const code = readRefusal(response);
  if (expected.includes(code)) return { done: false, code };
  throw new PartnerRefused('stripe', response.status, code);
}

/** Reads an object. Throws PartnerRefused if the object does not exist. */
export async function getObject(context: StripeContext, path: string): Promise<PartnerResponse> {
  const response = await context.send(getRequest(context.settings, path));
  if (response.status < 300) return response;
  throw new PartnerRefused('stripe', response.status, readRefusal(response));
}

/** Reads an intent with its charge, which says how the card was authenticated. */
export async function readIntent(context: StripeContext, id: string): Promise<StripeIntent> {
  const response = await getObject(
    context,
    `/v1/payment_intents/${encodeURIComponent(id)}?expand[0]=latest_charge`,
  );
  return readAnswer('stripe', response, intentSchema);
}

/** Captures or cancels an intent. If the intent's state no longer allows that, reads the intent instead. */
export async function moveIntent(context: StripeContext, id: string, effect: Effect): Promise<StripeIntent> {
  const answer = await postEffect(context, effect, wrongState);
  return answer.done ? readAnswer('stripe', answer.response, intentSchema) : readIntent(context, id);
}

/**
 * Charges without the shopper. A decline is an answer, and so is the same decline under the same key: nothing is tried
 * under another key, because each key is one attempt.
 */
export async function chargeOnce(
  context: StripeContext,
  effect: Effect,
): Promise<{ readonly intent: StripeIntent } | { readonly declined: string }> {
  const response = await context.send(postRequest(context.settings, effect));
  if (response.status < 300) return { intent: readAnswer('stripe', response, intentSchema) };
  const code = readRefusal(response);
  if (response.status !== 402) throw new PartnerRefused('stripe', response.status, code);
  return { declined: declineCodeOf(readAnswer('stripe', response, errorSchema).error) };
}

/** The code of a refusal. Throws PartnerUnavailable if a later try may succeed: 409, 429, 5xx or unreadable text. */
function readRefusal(response: PartnerResponse): string {
  refuseNotNow('stripe', response);
  const { error } = readAnswer('stripe', response, errorSchema);
  // 409: the first call under this key is still running, or another call has locked the object.
  if (response.status === 409 || error.code === 'lock_timeout')
    throw new PartnerUnavailable('stripe', `answered ${response.status} ${error.code ?? error.type}`);
  return error.code ?? error.type;
}
