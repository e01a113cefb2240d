import { invariant } from '../../../kernel/invariant.ts';
import { later } from '../../../kernel/time.ts';
import { toMajorUnits } from '../../../partners/major-units.ts';
import { readAnswer } from '../../../partners/partner-answer.ts';
import { definePaymentProvider, type ProviderPayment } from '../../provider.ts';
import { accountIn, readReference, settingsSchema } from './accounts.ts';
import { nextActionOf, paymentSchema, toPayment } from './answers.ts';
import { ask, askFor, type Context, refusedWith } from './call.ts';
import { lookUpNamed } from './look-up-named.ts';
import { interpretNotification, verifyNotification } from './notifications.ts';
import { clearingMs, MIN_PIX_MS, methodIds, offeredMethods } from './offered-methods.ts';
import { payerBody } from './payer.ts';
import { refundOnce } from './refund-once.ts';

/** The codes of a cancellation that the payment's state no longer allows. */
const WRONG_STATE = ['2018', '2016'];

/**
 * Pix, boleto and OXXO by the Payments API of Mercado Pago. The shopper pushes the money, so that nothing is ever
 * authorised. Notifications are hints: what they name is read again.
 */
export const mercadopago = definePaymentProvider({
  code: 'mercadopago',
  methods: offeredMethods,
  settings: settingsSchema,
  verify: verifyNotification,

  start: async (context, { orderId, paymentId, amount, method, country, payableUntil, payer }) => {
    const account = accountIn(context.settings, country);
    const methodId = methodIds[method];
    invariant(methodId !== undefined, 'a payment is by a method that its provider offers', { method });
    const leastUntil = later(context.now, MIN_PIX_MS + 60_000);
    const cleared = later(payableUntil, -(clearingMs[method] ?? 0));
    const until = method === 'pix' && cleared < leastUntil ? leastUntil : cleared;
    const body = {
      transaction_amount: toMajorUnits(amount),
      description: orderId,
      payment_method_id: methodId,
      external_reference: paymentId,
      metadata: { order_id: orderId, payment_id: paymentId },
      date_of_expiration: until.replace('Z', '+00:00'),
      payer: payerBody(payer, method),
    };
    const payment = await askFor(context, account, {
      ...{ method: 'POST', path: '/v1/payments', body, idempotencyKey: `start:${paymentId}` },
      schema: paymentSchema,
    });
    return { payment: toPayment(payment, account), nextAction: nextActionOf(payment) };
  },

  capture: (context, { providerPaymentId }) => find(context, providerPaymentId),

  void: async (context, { paymentId, providerPaymentId }) => {
    const { account, id } = readReference(context.settings, providerPaymentId);
    const path = `/v1/payments/${id}`;
    const body = { status: 'cancelled' };
    const answer = await ask(context, account, {
      ...{ method: 'PUT', path, body, idempotencyKey: `void:${paymentId}` },
    });
    if (answer.done) return toPayment(readAnswer('mercadopago', answer.response, paymentSchema), account);
    if (answer.codes.some((code) => WRONG_STATE.includes(code))) return find(context, providerPaymentId);
    throw refusedWith(answer);
  },

  refund: refundOnce,
  find: (context, { providerPaymentId }) => find(context, providerPaymentId),
  lookUp: (context, { reference }) => lookUpNamed(context, reference),
  interpret: interpretNotification,
});

async function find(context: Context, providerPaymentId: string): Promise<ProviderPayment> {
  const { account, id } = readReference(context.settings, providerPaymentId);
  const payment = await askFor(context, account, {
    ...{ method: 'GET', path: `/v1/payments/${id}`, schema: paymentSchema },
  });
  return toPayment(payment, account);
}
