import { PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import { type PartnerResponse, PartnerUnavailable, type Send } from '../../../partners/send.ts';
import { errorSchema, intentSchema, type StripeIntent } from './answers.ts';
import type { FormValue } from './form.ts';
import { getRequest, postRequest, type StripeAccess } from './requests.ts';

export interface StripeContext {
  readonly settings: StripeAccess;
  readonly send: Send;
}

export interface Effect {
  readonly path: string;
  readonly form: Readonly<Record<string, FormValue>>;
  readonly idempotencyKey: string;
}

/** Stripe's codes for an intent that is in the wrong state for the effect. */
const wrongState = [
  'payment_intent_unexpected_state',
  'charge_already_captured',
  'charge_expired_for_capture',
];

/** An effect's answer: the answer itself, or the code of a refusal that the caller handles. */
export type EffectAnswer =
  | { readonly done: true; readonly response: PartnerResponse }
  | { readonly done: false; readonly code: string };

/**
 * Requests an effect under its key. A refusal whose code is in `expected` is a value.
 *
 * Stripe keeps a failed answer under the key for a day, like a successful one. A kept failure describes the past, so
 * the effect is requested once more under a second key. That is safe: the intent's state guards effects that happen
 * only once (a capture, a cancellation), a second unconfirmed intent authorises no money, and a refund is looked up
 * before it is requested.
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

/** Reads an object; throws PartnerRefused for one that does not exist. */
export async function getObject(context: StripeContext, path: string): Promise<PartnerResponse> {
  const response = await context.send(getRequest(context.settings, path));
  if (response.status < 300) return response;
  throw new PartnerRefused('stripe', response.status, readRefusal(response));
}

export async function readIntent(context: StripeContext, id: string): Promise<StripeIntent> {
  const response = await getObject(context, `/v1/payment_intents/${encodeURIComponent(id)}`);
  return readAnswer('stripe', response, intentSchema);
}

/** Moves an intent on; if its state no longer allows that, reads its state. */
export async function moveIntent(context: StripeContext, id: string, effect: Effect): Promise<StripeIntent> {
  const answer = await postEffect(context, effect, wrongState);
  return answer.done ? readAnswer('stripe', answer.response, intentSchema) : readIntent(context, id);
}

/** The code of a refusal. Throws PartnerUnavailable where it means "not now": 409, 429, 5xx or garbage. */
function readRefusal(response: PartnerResponse): string {
  refuseNotNow('stripe', response);
  const { error } = readAnswer('stripe', response, errorSchema);
  // 409: the first call under this key is still running, or another call has locked the object.
  if (response.status === 409 || error.code === 'lock_timeout')
    throw new PartnerUnavailable('stripe', `answered ${response.status} ${error.code ?? error.type}`);
  return error.code ?? error.type;
}
