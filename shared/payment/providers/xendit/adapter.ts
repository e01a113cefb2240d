import { invariant } from '../../../kernel/invariant.ts';
import { toMajorUnits } from '../../../partners/major-units.ts';
import { PartnerRefused, readAnswer } from '../../../partners/partner-answer.ts';
import { definePaymentProvider, type ProviderPayment } from '../../provider.ts';
import { nextActionOf, paymentRequestSchema, toPayment } from './answers.ts';
import { ask, askFor, type Context, settingsSchema } from './call.ts';
import { interpretEvent, lookUpNamed, verifyToken } from './notifications.ts';
import { channelCodes, offeredMethods } from './offered-methods.ts';
import { refundOnce } from './refund-once.ts';

/** The codes of a cancellation that the state of the request no longer allows. */
const WRONG_STATE = ['INACTIVE_PAYMENT_REQUEST', 'INELIGIBLE_TRANSACTION_STATUS'];

/**
 * A wallet's payment always has a page to return to, which the shopper's request names. A start whose answer was lost
 * is repeated without it, only to be voided: nobody returns from that.
 */
const NOWHERE = 'https://www.xendit.co/';

/** Wallets and QR codes of South-East Asia by Xendit's payment requests, version 3. The shopper pushes the money. */
export const xendit = definePaymentProvider({
  code: 'xendit',
  methods: offeredMethods,
  settings: settingsSchema,
  verify: verifyToken,

  start: async (context, command) => {
    const { orderId, paymentId, amount, method, country, payableUntil, returnUrl } = command;
    const channel = channelCodes[method];
    invariant(channel !== undefined, 'a payment is by a method that its provider offers', { method });
    const isPage = offeredMethods.some((one) => one.method === method && one.flow === 'redirect');
    const back = returnUrl ?? NOWHERE;
    const body = {
      ...{ reference_id: paymentId, type: 'PAY', country, currency: amount.currency },
      ...{ request_amount: toMajorUnits(amount), capture_method: 'AUTOMATIC', channel_code: channel },
      channel_properties: isPage ? { success_return_url: back, failure_return_url: back } : {},
      ...{ description: orderId, metadata: { order_id: orderId, payment_id: paymentId } },
    };
    const request = await askFor(context, {
      ...{ method: 'POST', path: '/v3/payment_requests', body, idempotencyKey: `start:${paymentId}` },
      schema: paymentRequestSchema,
    });
    return { payment: toPayment(request), nextAction: nextActionOf(request, payableUntil) };
  },

  capture: (context, { providerPaymentId }) => find(context, providerPaymentId),

  void: async (context, { paymentId, providerPaymentId }) => {
    const path = `/v3/payment_requests/${encodeURIComponent(providerPaymentId)}/cancel`;
    const answer = await ask(context, {
      ...{ method: 'POST', path, body: {}, idempotencyKey: `void:${paymentId}` },
    });
    if (answer.done) return toPayment(readAnswer('xendit', answer.response, paymentRequestSchema));
    if (WRONG_STATE.includes(answer.code)) return find(context, providerPaymentId);
    throw new PartnerRefused('xendit', answer.status, answer.code);
  },

  refund: refundOnce,
  find: (context, { providerPaymentId }) => find(context, providerPaymentId),
  lookUp: (context, { reference }) => lookUpNamed(context, reference),
  interpret: interpretEvent,
});

async function find(context: Context, id: string): Promise<ProviderPayment> {
  const path = `/v3/payment_requests/${encodeURIComponent(id)}`;
  return toPayment(await askFor(context, { method: 'GET', path, schema: paymentRequestSchema }));
}
