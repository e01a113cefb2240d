import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { ProviderCapture, ProviderPayment, ProviderRefund } from '../../provider.ts';
import { needsAuthentication } from '../../strong-authentication.ts';
import { fromStripeAmount } from './currencies.ts';

/** The members of a Charge that we read: how a card payment was authenticated. */
const chargeSchema = z.object({
  id: z.string(),
  payment_method_details: z
    .object({
      card: z
        .object({
          /** Where the card was issued. */
          country: z.string().nullish(),
          three_d_secure: z
            .object({
              result: z.string().nullish(),
              exemption_indicator: z.string().nullish(),
              electronic_commerce_indicator: z.string().nullish(),
            })
            .nullish(),
          /** `dynamic_last4` is there if the wallet paid with its device's own token, and not with a stored card. */
          wallet: z.object({ type: z.string(), dynamic_last4: z.string().nullish() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

const intentStatuses = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
] as const;

const pageSchema = z.object({ url: z.string().nullish() }).nullish();
const codeSchema = z.object({ data: z.string().nullish(), expires_at: z.int().nullish() }).nullish();

/** What a shopper has to do for a method that we confirm: each type has its details under its own name. */
const nextActionSchema = z.object({
  type: z.string(),
  redirect_to_url: pageSchema,
  alipay_handle_redirect: pageSchema,
  upi_handle_redirect_or_display_qr_code: z.object({ hosted_instructions_url: z.string() }).nullish(),
  wechat_pay_display_qr_code: codeSchema,
  pix_display_qr_code: codeSchema,
  oxxo_display_details: z
    .object({
      number: z.string().nullish(),
      hosted_voucher_url: z.string().nullish(),
      expires_after: z.int().nullish(),
    })
    .nullish(),
});

/** The members of a PaymentIntent that we read. */
export const intentSchema = z.object({
  id: z.string(),
  object: z.literal('payment_intent'),
  status: z.enum(intentStatuses),
  amount: z.int(),
  amount_capturable: z.int(),
  amount_received: z.int(),
  currency: z.string(),
  client_secret: z.string().nullish(),
  latest_charge: z.union([z.string(), chargeSchema]).nullish(),
  customer: z.string().nullish(),
  payment_method: z.string().nullish(),
  last_payment_error: z
    .object({
      code: z.string().nullish(),
      decline_code: z.string().nullish(),
      payment_method: z.object({ id: z.string() }).nullish(),
    })
    .nullish(),
  next_action: nextActionSchema.nullish(),
  metadata: z.record(z.string(), z.string()),
});

export type StripeIntent = z.infer<typeof intentSchema>;

const refundStatuses = ['pending', 'requires_action', 'succeeded', 'failed', 'canceled'] as const;

/** The members of a Refund that we read. */
export const refundSchema = z.object({
  id: z.string(),
  object: z.literal('refund'),
  status: z.enum(refundStatuses),
  amount: z.int(),
  currency: z.string(),
  failure_reason: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullable(),
});

export type StripeRefund = z.infer<typeof refundSchema>;

export const refundListSchema = z.object({ data: z.array(refundSchema), has_more: z.boolean() });

/** An error's type and codes. The error's message is not read, because it may repeat the shopper's input. */
export const errorSchema = z.object({
  error: z.object({ type: z.string(), code: z.string().nullish(), decline_code: z.string().nullish() }),
});

/**
 * Our status for each status of an intent. After a declined attempt, the intent keeps the error and waits for a new
 * payment method. We call this `failed`, and the shopper may try again.
 */
const paymentStatus: Record<StripeIntent['status'], ProviderPayment['status']> = {
  requires_payment_method: 'waiting',
  requires_confirmation: 'waiting',
  requires_action: 'waiting',
  processing: 'waiting',
  requires_capture: 'authorised',
  canceled: 'voided',
  succeeded: 'captured',
};

/** The shopper has confirmed the intent: a redirect, a voucher or a bank's answer is awaited. */
const UNDER_WAY: ReadonlySet<StripeIntent['status']> = new Set(['requires_action', 'processing']);

/** Our status for each status of a refund. After a cancelled or failed refund, the money is still with us. */
const refundStatus: Record<StripeRefund['status'], ProviderRefund['status']> = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'paid',
  failed: 'failed',
  canceled: 'failed',
};

/**
 * What is charged later of an order in instalments, in Stripe's units, by the metadata of the intent of the first one:
 * the payment is of both. Zero for an order that is paid in one amount.
 */
export const laterOf = ({ metadata }: StripeIntent): number => Number(metadata.later ?? 0);

/** Translates an intent. Throws PartnerUnavailable if the amount is one that we could not have requested. */
export function toPayment(intent: StripeIntent): ProviderPayment {
  const { status, last_payment_error: error } = intent;
  const isDeclined = status === 'requires_payment_method' && error != null;
  const held = status === 'requires_capture' ? intent.amount_capturable : intent.amount;
  const failureCode = declineCodeOf(error);
  const later = laterOf(intent);
  // The first instalment was taken, and the others can be.
  const isBegun = status === 'succeeded' && later > 0;
  const ours = isBegun ? 'authorised' : paymentStatus[status];
  return {
    providerPaymentId: intent.id,
    status: isDeclined ? 'failed' : ours,
    amount: readAmount(held + later, intent.currency),
    captures: capturesOf(intent),
    ...defined({ authentication: authenticationOf(intent) }),
    ...(UNDER_WAY.has(status) && { isUnderWay: true as const }),
    ...(isDeclined && { failureCode }),
  };
}

/** The code of a decline: the bank's own word, where Stripe repeats it. */
export const declineCodeOf = (
  error:
    | { readonly code?: string | null | undefined; readonly decline_code?: string | null | undefined }
    | null
    | undefined,
): string => error?.decline_code ?? error?.code ?? 'declined';

/** Stripe captures an intent once. The captured charge repeats no id of ours, the intent's metadata does. */
export function capturesOf({ id, status, amount_received, currency, latest_charge, metadata }: StripeIntent) {
  if (status !== 'succeeded') return [];
  const capture: ProviderCapture = {
    ...(metadata.captureId === undefined ? {} : { captureId: metadata.captureId }),
    reference: (typeof latest_charge === 'string' ? latest_charge : latest_charge?.id) ?? id,
    amount: readAmount(amount_received, currency),
  };
  return [capture];
}

/**
 * How the card was authenticated, where the answer has the whole charge. A result of 3-D Secure goes before the wallet.
 * A card that was issued outside the area is out of scope: only the shop's side is inside.
 */
function authenticationOf({ latest_charge }: StripeIntent): ProviderPayment['authentication'] {
  const charge = typeof latest_charge === 'string' ? undefined : latest_charge;
  const card = charge?.payment_method_details?.card;
  if (card == null) return undefined;
  const { three_d_secure: secure, wallet, country } = card;
  const eci = secure?.electronic_commerce_indicator ?? undefined;
  switch (secure?.result) {
    case 'authenticated':
      return { outcome: 'authenticated', by: '3-d-secure', ...defined({ eci }) };
    case 'attempt_acknowledged':
      return { outcome: 'attempted', ...defined({ eci }) };
    case 'exempted':
      if (secure.exemption_indicator !== 'low_risk') break;
      return { outcome: 'exempted', exemption: 'low-risk', ...defined({ eci }) };
    case null:
    case undefined:
      if (!isUnlocked(wallet)) break;
      return { outcome: 'authenticated', by: 'wallet' };
  }
  if (country != null && !needsAuthentication(country)) return { outcome: 'out-of-scope' };
  return { outcome: 'not-authenticated' };
}

/**
 * Whether the shopper unlocked the wallet's device to pay. A card that is only stored with a wallet authenticates
 * nobody, and neither does a wallet of another kind, such as Link (docs.stripe.com/strong-customer-authentication).
 */
function isUnlocked(wallet: { type: string; dynamic_last4?: string | null | undefined } | null | undefined) {
  const unlocks = ['apple_pay', 'google_pay', 'samsung_pay'].includes(wallet?.type ?? '');
  return unlocks && wallet?.dynamic_last4 != null;
}

/** Translates a refund and gives it our id. */
export function toRefund(refund: StripeRefund, refundId: string): ProviderRefund {
  const status = refundStatus[refund.status];
  return {
    refundId,
    providerReference: refund.id,
    status,
    amount: readAmount(refund.amount, refund.currency),
    ...(status === 'failed' && { failureCode: refund.failure_reason ?? refund.status }),
  };
}

export function readAmount(amount: number, currency: string) {
  const read = fromStripeAmount(amount, currency);
  if (read === undefined) throw new PartnerUnavailable('stripe', `answered with an amount in ${currency}`);
  return read;
}
