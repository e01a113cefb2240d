import * as z from 'zod';
import { baseUrlSchema, readAnswer } from '../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import {
  nameCallback,
  readBodyId,
  verifyTimestampedHex,
  webhookSecretsSchema,
} from '../../../partners/webhook-signatures/index.ts';
import { type BoundPaymentProvider, definePaymentProvider } from '../../provider.ts';
import { needsAuthentication } from '../../strong-authentication.ts';
import { intentSchema, toPayment } from './answers.ts';
import { moveIntent, postEffect, readIntent } from './call.ts';
import { confirmLocal, localAction } from './confirm-local.ts';
import { toStripeAmount } from './currencies.ts';
import { submitEvidence } from './evidence.ts';
import type { FormValue } from './form.ts';
import { afterVoid, chargeInstalment, mandateFor, withInstalments } from './instalments.ts';
import { interpretStripe } from './interpret.ts';
import { isLocal, offeredMethods, stripeType } from './offered-methods.ts';
import { refundOnce } from './refund-once.ts';
import { settlementsOf } from './settlements.ts';

/**
 * Payments by Stripe's PaymentIntents API. We create the intent, and the shopper's browser confirms it with the client
 * secret, so no card data reaches us. Stripe first authorises the money; `capture` collects it later. For methods that
 * are paid elsewhere we confirm it ourselves, and the shopper's payment is the capture.
 */
export const stripe = definePaymentProvider({
  code: 'stripe',
  methods: offeredMethods,
  // docs.stripe.com/declines/codes, "Card decline codes", read on 2026-11-30.
  softDeclines: ['issuer_not_available', 'processing_error', 'reenter_transaction', 'try_again_later'],
  settings: z.strictObject({
    apiKey: secretTextSchema,
    webhookSecrets: webhookSecretsSchema,
    baseUrl: baseUrlSchema.default('https://api.stripe.com'),
  }),

  verify: ({ settings, now }, callback) => {
    const { rawBody, headers } = callback;
    const secrets = settings.webhookSecrets;
    const check = verifyTimestampedHex(headers['stripe-signature'], { rawBody, now, secrets });
    return nameCallback(check, () => readBodyId(rawBody));
  },

  start: async (context, command) => {
    const { method, paymentId } = command;
    const { metadata, ...amount } = await mandateFor(context, command);
    const answer = await postEffect(context, {
      path: '/v1/payment_intents',
      form: {
        ...amount,
        capture_method: isLocal(method) ? 'automatic' : 'manual',
        allowed_payment_method_types: [stripeType(method)],
        payment_method_options: cardOptions(command),
        metadata,
      },
      idempotencyKey: `start:${paymentId}`,
    });
    if (!answer.done) throw new PartnerUnavailable('stripe', `made no intent: ${answer.code}`);
    const { response } = answer;
    const intent = readAnswer('stripe', response, intentSchema);
    if (isLocal(method)) {
      const confirmed = await confirmLocal(context, { intent, response }, command);
      return { payment: toPayment(confirmed), nextAction: localAction(confirmed, command) };
    }
    const clientSecret = intent.client_secret;
    if (clientSecret == null) throw new PartnerUnavailable('stripe', 'answered without a client secret');
    return { payment: toPayment(intent), nextAction: { type: 'confirm', clientSecret } };
  },

  capture: async (context, command) => {
    const { captureId, providerPaymentId, amount, instalment = 1 } = command;
    if (instalment > 1) return chargeInstalment(context, command);
    const intent = await moveIntent(context, providerPaymentId, {
      path: `/v1/payment_intents/${encodeURIComponent(providerPaymentId)}/capture`,
      form: {
        amount_to_capture: toStripeAmount(amount).amount,
        metadata: { captureId },
        expand: ['latest_charge'],
      },
      idempotencyKey: `capture:${captureId}`,
    });
    return toPayment(intent);
  },

  void: async (context, { paymentId, providerPaymentId }) => {
    const intent = await moveIntent(context, providerPaymentId, {
      path: `/v1/payment_intents/${encodeURIComponent(providerPaymentId)}/cancel`,
      form: {},
      idempotencyKey: `void:${paymentId}`,
    });
    return afterVoid(context, intent);
  },

  refund: (context, command) => refundOnce(context, command),

  find: async (context, { providerPaymentId }) =>
    withInstalments(context, await readIntent(context, providerPaymentId)),

  ownerOf: async (context, { providerPaymentId }) => {
    const { orderId, paymentId } = (await readIntent(context, providerPaymentId)).metadata;
    return orderId === undefined || paymentId === undefined ? undefined : { orderId, paymentId };
  },

  submitEvidence,

  settlements: settlementsOf,
  // Paid out daily by the default schedule, two to seven days after the charge (docs.stripe.com/payouts).
  settledWithinDays: 10,

  interpret: interpretStripe,
});

/**
 * Where we capture a card on an authentication alone, we ask for one: `any` asks for 3-D Secure with every card that
 * supports it, with a question to the cardholder or without (docs.stripe.com/payments/3d-secure/authentication-flow,
 * "Manually triggering 3DS"). `automatic` is Stripe's default, and leaves it to Stripe's own rules and exemptions. A
 * card without 3-D Secure is authorised all the same; the capture then looks at where it was issued.
 */
function cardOptions({ method, country }: Parameters<BoundPaymentProvider['start']>[1]): FormValue {
  if (method !== 'card' || !needsAuthentication(country)) return undefined;
  return { card: { request_three_d_secure: 'any' } };
}
