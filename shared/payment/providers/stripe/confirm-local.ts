import { toInstant } from '../../../kernel/time.ts';
import { readAnswer } from '../../../partners/partner-answer.ts';
import { type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import type { ProviderNextAction } from '../../next-action.ts';
import type { BoundPaymentProvider } from '../../provider.ts';
import { intentSchema, type StripeIntent } from './answers.ts';
import { postEffect, readIntent, type StripeContext } from './call.ts';
import type { FormValue } from './form.ts';
import { stripeType } from './offered-methods.ts';

type StartCommand = Parameters<BoundPaymentProvider['start']>[1];

/** A voucher ends at midnight in Mexico of this day: days before the order, since Stripe hears of the money later. */
const OXXO_DAYS = 2;

/** Methods that Stripe confirms only with a page to return to. */
const RETURNING: readonly string[] = ['alipay', 'grabpay'];

/**
 * Confirms a new intent for a method that needs nothing of the browser. No money moves by that: the shopper still has
 * to pay. An intent that was made by an earlier call is read first, because its first answer is old. Each attempt that
 * failed is followed by another key. Without the page to return to it stays as it is: a start without an answer is
 * repeated so, to be voided, and Stripe's refusal to confirm it would say that there is none.
 */
export async function confirmLocal(
  context: StripeContext,
  created: { readonly intent: StripeIntent; readonly response: PartnerResponse },
  command: StartCommand,
): Promise<StripeIntent> {
  const { id } = created.intent;
  const isReplayed = created.response.headers['idempotent-replayed'] === 'true';
  const intent = isReplayed ? await readIntent(context, id) : created.intent;
  if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_confirmation') return intent;
  if (isReplayed && command.returnUrl === undefined && RETURNING.includes(command.method)) return intent;
  const attempt = intent.last_payment_error?.payment_method?.id ?? 'first';
  const answer = await postEffect(
    context,
    {
      path: `/v1/payment_intents/${encodeURIComponent(id)}/confirm`,
      form: formOf(command),
      idempotencyKey: `confirm:${command.paymentId}:${attempt}`,
    },
    ['payment_intent_unexpected_state'],
  );
  return answer.done ? readAnswer('stripe', answer.response, intentSchema) : readIntent(context, id);
}

function formOf({ method, payer, payableUntil, returnUrl }: StartCommand): Record<string, FormValue> {
  const details = payer && {
    email: payer.customer.email,
    name: payer.address.name,
    // Only for payments between a buyer in Latin America and a seller elsewhere.
    tax_id: method === 'pix' ? payer.address.taxId : undefined,
  };
  return {
    payment_method_data: { type: stripeType(method), billing_details: details },
    payment_method_options: optionsOf(method, payableUntil),
    return_url: returnUrl,
  };
}

/** The same in each repeat of the call: Stripe refuses a key with other members. */
function optionsOf(method: string, payableUntil: string): FormValue {
  if (method === 'oxxo') return { oxxo: { expires_after_days: OXXO_DAYS } };
  if (method === 'pix') return { pix: { expires_at: Math.floor(Date.parse(payableUntil) / 1_000) } };
  return method === 'wechat-pay' ? { wechat_pay: { client: 'web' } } : undefined;
}

/** The shopper's next action, in our words. Throws PartnerUnavailable for one that the method should not have. */
export function localAction(
  { status, next_action: action }: StripeIntent,
  { payableUntil }: Pick<StartCommand, 'payableUntil'>,
): ProviderNextAction {
  if (status !== 'requires_action') return { type: 'none' };
  const url =
    action?.redirect_to_url?.url ??
    action?.alipay_handle_redirect?.url ??
    action?.upi_handle_redirect_or_display_qr_code?.hosted_instructions_url;
  if (url != null) return { type: 'redirect', url };
  const code = action?.wechat_pay_display_qr_code ?? action?.pix_display_qr_code;
  if (code?.data != null)
    return { type: 'qr', payload: code.data, expiresAt: instantOf(code.expires_at) ?? payableUntil };
  const { number, hosted_voucher_url: page, expires_after: ends } = action?.oxxo_display_details ?? {};
  if (number == null || page == null)
    throw new PartnerUnavailable('stripe', `answered with the next action ${action?.type}`);
  return { type: 'voucher', reference: number, url: page, expiresAt: instantOf(ends) ?? payableUntil };
}

const instantOf = (seconds: number | null | undefined) =>
  seconds == null ? undefined : toInstant(new Date(seconds * 1_000));
