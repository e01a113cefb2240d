import * as z from 'zod';
import { baseUrlSchema, PartnerRefused, readAnswer } from '../../../partners/partner-answer.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import { definePaymentProvider, type ProviderPayment } from '../../provider.ts';
import { toPayPalAmount } from './amounts.ts';
import { call, type PayPalContext, refusalOf } from './call.ts';
import { interpretPayPal, lookUpPayPal } from './interpret.ts';
import { offeredMethods } from './offered-methods.ts';
import { orderSchema, paymentsOf, readOrder, toPayment } from './order.ts';
import { orderReference, voidReference } from './references.ts';
import { refundOnce } from './refund-once.ts';
import { settlementFile } from './settlement-file.ts';
import { verifyPayPal, webhookSettings } from './verify.ts';

const settingsSchema = z
  .strictObject({
    clientId: z.string().min(1),
    /** The secret of the app at PayPal. */
    apiKey: secretTextSchema,
    ...webhookSettings,
    baseUrl: baseUrlSchema.default('https://api-m.paypal.com'),
  })
  .refine(({ sandboxRoot, baseUrl }) => sandboxRoot === undefined || baseUrl.startsWith('http://'), {
    path: ['sandboxRoot'],
    message: 'only with a server of this machine',
  });

/**
 * Payments by PayPal's Orders API, version 2. The shopper approves an order on PayPal's page. That moves no money: we
 * authorise it when PayPal reports the approval, or when we ask, and capture it later.
 */
export const paypal = definePaymentProvider({
  code: 'paypal',
  methods: offeredMethods,
  settings: settingsSchema,

  verify: verifyPayPal,

  start: async (context, { orderId, paymentId, amount, returnUrl, payableUntil }) => {
    const experience = {
      ...{ user_action: 'PAY_NOW', shipping_preference: 'NO_SHIPPING' },
      ...(returnUrl === undefined ? {} : { return_url: returnUrl, cancel_url: returnUrl }),
    };
    const response = await call(context, {
      ...{ method: 'POST', path: '/v2/checkout/orders', key: `start:${paymentId}` },
      body: {
        intent: 'AUTHORIZE',
        purchase_units: [
          { custom_id: orderReference({ orderId, paymentId }, payableUntil), amount: toPayPalAmount(amount) },
        ],
        payment_source: { paypal: { experience_context: experience } },
      },
    });
    if (response.status >= 300) throw refusalOf(response);
    const order = readAnswer('paypal', response, orderSchema);
    const url = order.links.find(({ rel }) => rel === 'payer-action')?.href;
    if (url === undefined) throw new PartnerUnavailable('paypal', 'answered without the address of its page');
    return { payment: toPayment(order, context), nextAction: { type: 'redirect', url } };
  },

  capture: async (context, { captureId, providerPaymentId, amount }) => {
    const read = await readOrder(context, providerPaymentId);
    const authorization = read && paymentsOf(read.order).authorizations.at(-1);
    if (read === undefined || authorization === undefined || read.payment.status !== 'authorised')
      return read?.payment ?? gone(providerPaymentId);
    const path = `/v2/payments/authorizations/${encodeURIComponent(authorization.id)}/capture`;
    const body = { amount: toPayPalAmount(amount), invoice_id: captureId, final_capture: true };
    return change(context, providerPaymentId, { path, body, key: `capture:${captureId}` });
  },

  void: async (context, { orderId, paymentId, providerPaymentId }) => {
    const read = await readOrder(context, providerPaymentId);
    if (read === undefined) return gone(providerPaymentId);
    const { order, payment } = read;
    const authorization = paymentsOf(order).authorizations.at(-1);
    if (payment.status === 'captured' || payment.status === 'voided') return payment;
    if (authorization !== undefined && payment.status !== 'failed') {
      const path = `/v2/payments/authorizations/${encodeURIComponent(authorization.id)}/void`;
      return change(context, providerPaymentId, { path, body: {}, key: `void:${paymentId}` });
    }
    // Nothing ends an order at PayPal. Its text says from now on that it must not be authorised.
    const path = `/v2/checkout/orders/${encodeURIComponent(providerPaymentId)}`;
    const value = voidReference({ orderId, paymentId });
    const body = [{ op: 'replace', path: "/purchase_units/@reference_id=='default'/custom_id", value }];
    const response = await call(context, { method: 'PATCH', path, body });
    if (response.status >= 300 && response.status !== 422) throw refusalOf(response);
    return (await readOrder(context, providerPaymentId))?.payment ?? gone(providerPaymentId);
  },

  refund: refundOnce,

  find: async (context, { providerPaymentId }) =>
    (await readOrder(context, providerPaymentId))?.payment ?? gone(providerPaymentId),

  lookUp: (context, { reference }) => lookUpPayPal(context, reference),

  // A report is there by noon of the day after.
  settledWithinDays: 3,
  holdsContested: true,
  settlementFile,

  interpret: interpretPayPal,
});

/** Issues by which PayPal says that the state of an authorisation does not allow the call. */
const WRONG_STATE: readonly string[] = [
  ...[
    'AUTHORIZATION_ALREADY_CAPTURED',
    'AUTHORIZATION_DENIED',
    'AUTHORIZATION_EXPIRED',
    'AUTHORIZATION_VOIDED',
  ],
  ...['PREVIOUSLY_CAPTURED', 'PREVIOUSLY_VOIDED', 'CANNOT_BE_VOIDED', 'MAX_CAPTURE_COUNT_EXCEEDED'],
  ...['DUPLICATE_INVOICE_ID'],
];

/** What was captured or voided. Its state is read with that of the order. */
const changedSchema = z.object({ id: z.string() });

/** Captures or voids, and gives the state afterwards; also if the state did not allow it. */
async function change(
  context: PayPalContext,
  id: string,
  { path, body, key }: { readonly path: string; readonly body: object; readonly key: string },
): Promise<ProviderPayment> {
  const response = await call(context, { method: 'POST', path, body, key });
  if (response.status >= 300) {
    const refusal = refusalOf(response);
    if (!WRONG_STATE.includes(refusal.code)) throw refusal;
  } else if (response.status !== 204) readAnswer('paypal', response, changedSchema);
  return (await readOrder(context, id))?.payment ?? gone(id);
}

/** PayPal forgets an order that was never paid. An order whose money it holds is always found. */
function gone(id: string): never {
  throw new PartnerRefused('paypal', 404, `INVALID_RESOURCE_ID ${id.slice(0, 4)}`);
}
