import * as z from 'zod';
import { invariant } from '../../../kernel/invariant.ts';
import { dayMs, later } from '../../../kernel/time.ts';
import { baseUrlSchema, PartnerRefused } from '../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import { definePaymentProvider } from '../../provider.ts';
import { effect } from './call.ts';
import { toAdyenAmount } from './currencies.ts';
import { interpretAdyen } from './interpret.ts';
import { expireLink, linkSchema, readLink, toPayment } from './link.ts';
import { adyenTypes, isAtOnce, offeredMethods } from './offered-methods.ts';
import { paymentReference, refundReference } from './references.ts';
import { settlementFile } from './settlement-file.ts';
import { verifyAdyen, webhookSettings } from './verify.ts';

/** Adyen only says that it received a request. */
const receivedSchema = z.object({ pspReference: z.string(), status: z.literal('received') });

/**
 * How long after the first call a refund may be asked for again. Adyen keeps idempotency keys for a week at least, and
 * shows no refund under our reference.
 */
const REFUND_AGAIN_MS = 6 * dayMs;

/**
 * Payments by Adyen's Checkout API, through payment links: the one object of that API whose state can be asked for. The
 * shopper pays on Adyen's page. Captures, cancellations and refunds are only received; webhooks bring their outcome.
 */
export const adyen = definePaymentProvider({
  code: 'adyen',
  methods: offeredMethods,
  // docs.adyen.com/development-resources/refusal-reasons, 4 and 9, read on 2026-11-30.
  softDeclines: ['acquirer-error', 'issuer-unavailable'],
  settings: z.strictObject({
    apiKey: secretTextSchema,
    merchantAccount: z.string().min(1),
    ...webhookSettings,
    baseUrl: baseUrlSchema,
  }),

  verify: verifyAdyen,

  start: async (context, { orderId, paymentId, amount, method, country, returnUrl, payableUntil }) => {
    const type = adyenTypes[method];
    invariant(type !== undefined, 'a payment has a method that its provider offers');
    const link = await effect(
      context,
      {
        path: '/paymentLinks',
        body: {
          reference: paymentReference({ orderId, paymentId }, method),
          amount: toAdyenAmount(amount),
          countryCode: country,
          allowedPaymentMethods: [type],
          expiresAt: payableUntil.replace(/\.\d+Z$/, 'Z'),
          ...(isAtOnce(method) ? { captureDelayHours: 0 } : { manualCapture: true }),
          ...(returnUrl === undefined ? {} : { returnUrl }),
        },
        key: `start:${paymentId}`,
      },
      linkSchema,
    );
    return { payment: toPayment(link), nextAction: { type: 'redirect', url: link.url } };
  },

  capture: async (context, command) => {
    const { orderId, paymentId, captureId, providerPaymentId, authorisationReference, amount } = command;
    const payment = toPayment(await readLink(context, providerPaymentId));
    if (authorisationReference === undefined) return payment;
    await effect(
      context,
      {
        path: `/payments/${encodeURIComponent(authorisationReference)}/captures`,
        body: {
          amount: toAdyenAmount(amount),
          reference: paymentReference({ orderId, paymentId }, 'capture'),
        },
        key: `capture:${captureId}`,
      },
      receivedSchema,
    );
    return { ...payment, status: 'authorised', authorisationReference };
  },

  void: async (context, { orderId, paymentId, providerPaymentId, authorisationReference }) => {
    const reference = paymentReference({ orderId, paymentId }, 'void');
    if (authorisationReference !== undefined) {
      const payment = toPayment(await readLink(context, providerPaymentId));
      const path = `/payments/${encodeURIComponent(authorisationReference)}/cancels`;
      await effect(context, { path, body: { reference }, key: `void:${paymentId}` }, receivedSchema);
      return { ...payment, status: 'authorised', authorisationReference };
    }
    const link = await expireLink(context, providerPaymentId);
    // The shopper has paid, and the webhook with the reference of the payment is still on its way. The key is another
    // one than above: Adyen repeats the first answer under a key for a week at least, and the cancellation by the
    // payment's own reference is another request (docs.adyen.com/development-resources/api-idempotency).
    if (link.status !== 'expired') {
      const body = { paymentReference: link.reference, reference };
      await effect(context, { path: '/cancels', body, key: `void:${paymentId}:link` }, receivedSchema);
    }
    return toPayment(link);
  },

  refund: async (context, command) => {
    const { orderId, paymentId, refundId, authorisationReference, amount, askedAt } = command;
    if (authorisationReference === undefined)
      throw new PartnerUnavailable('adyen', 'has not sent the reference of the payment yet');
    if (later(askedAt, REFUND_AGAIN_MS) < context.now)
      throw new PartnerRefused('adyen', 0, 'refund-too-long-ago');
    const answer = await effect(
      context,
      {
        path: `/payments/${encodeURIComponent(authorisationReference)}/refunds`,
        body: {
          amount: toAdyenAmount(amount),
          reference: refundReference({ orderId, paymentId }, refundId),
        },
        key: `refund:${refundId}`,
      },
      receivedSchema,
    );
    return { refundId, providerReference: answer.pspReference, status: 'pending', amount };
  },

  find: async (context, { providerPaymentId }) => toPayment(await readLink(context, providerPaymentId)),

  // A batch is paid out once a week at the latest, unless the merchant asked for once a month.
  settledWithinDays: 14,
  settlementFile,

  interpret: interpretAdyen,
});
