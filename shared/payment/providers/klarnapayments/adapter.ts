import * as z from 'zod';
import { invariant } from '../../../kernel/invariant.ts';
import { nameCallback, verifySharedToken } from '../../../partners/webhook-signatures/index.ts';
import { definePaymentProvider } from '../../provider.ts';
import { refundIn, summaryLine } from './answers.ts';
import { accountFor, ask, askFor, type Context, refusedWith, settingsSchema } from './call.ts';
import { interpretKlarna, lookUpKlarna } from './interpret.ts';
import { offeredMethods, type Region, regionOf } from './offered-methods.ts';
import { findIntent, orderPath, readOrder } from './order.ts';
import { readReference, referenceOf } from './references.ts';

const paymentSessionSchema = z.object({ session_id: z.string() });
const pageSchema = z.object({ session_id: z.string(), redirect_url: z.string() });

/**
 * Klarna Payments on Klarna's hosted page, which places the order once the shopper is accepted. Captures and refunds go
 * by Order Management. The port gives amounts, so that each request has one line that sums them up.
 */
export const klarnapayments = definePaymentProvider({
  code: 'klarnapayments',
  methods: offeredMethods,
  settings: settingsSchema,

  // Klarna signs nothing: the address that we gave it has a secret.
  verify: ({ settings, now }, { query, rawBody }) =>
    nameCallback(verifySharedToken(query.secret, { now, secrets: settings.webhookSecrets }), () =>
      idOf(rawBody.toString('utf8')),
    ),

  start: async (context, { orderId, paymentId, amount, country, returnUrl }) => {
    const region = regionOf(country);
    invariant(region !== undefined, 'a payment starts where its method is offered', { country });
    const { baseUrl } = accountFor(context.settings, region);
    const hook = hookUrl(context);
    const session = await askFor(context, {
      ...{ region, method: 'POST', path: '/payments/v1/sessions', key: `start:${paymentId}` },
      body: {
        ...{ intent: 'buy', purchase_country: country, purchase_currency: amount.currency },
        ...{ locale: `en-${country}`, order_amount: amount.amountMinor, order_tax_amount: 0 },
        order_lines: [summaryLine(`Order ${orderId}`, amount)],
        ...{ merchant_reference1: orderId, merchant_reference2: paymentId },
        merchant_urls: { notification: hook },
      },
      schema: paymentSessionSchema,
    });
    const back = returnUrl ?? context.settings.returnUrl;
    const page = await askFor(context, {
      ...{ region, method: 'POST', path: '/hpp/v1/sessions', key: `page:${paymentId}` },
      body: {
        payment_session_url: `${baseUrl}/payments/v1/sessions/${session.session_id}`,
        merchant_urls: {
          ...{ success: back, cancel: back, back, failure: back, error: back, status_update: hook },
        },
        options: { place_order_mode: 'PLACE_ORDER' },
      },
      schema: pageSchema,
    });
    const providerPaymentId = referenceOf({ region, amount, sessionId: page.session_id });
    return {
      payment: { providerPaymentId, status: 'waiting', amount, captures: [] },
      nextAction: { type: 'redirect', url: page.redirect_url },
    };
  },

  capture: async (context, command) => {
    const { captureId, providerPaymentId, authorisationReference, amount, isFinal } = command;
    const { order, payment, region } = await findIntent(context, providerPaymentId, authorisationReference);
    const isTaken = payment.captures.some((capture) => capture.captureId === captureId);
    if (order === undefined || (payment.status !== 'authorised' && !isTaken)) return payment;
    if (!isTaken) {
      const taken = await change(context, {
        ...{ region, path: orderPath(order.order_id, '/captures'), key: `capture:${captureId}` },
        accepted: 201,
        body: {
          ...{ captured_amount: amount.amountMinor, reference: captureId },
          order_lines: [summaryLine('Dispatched goods', amount)],
        },
      });
      if (!taken) return (await findIntent(context, providerPaymentId, order.order_id)).payment;
    }
    if (isFinal) await releaseRest(context, { region, orderId: order.order_id, captureId });
    return (await findIntent(context, providerPaymentId, order.order_id)).payment;
  },

  void: async (context, { paymentId, providerPaymentId, authorisationReference }) => {
    const { payment, region, order } = await findIntent(context, providerPaymentId, authorisationReference);
    if (payment.status === 'captured' || payment.status === 'voided') return payment;
    if (order !== undefined && payment.captures.length > 0)
      await releaseRest(context, { region, orderId: order.order_id, captureId: paymentId });
    else if (order !== undefined) {
      const path = orderPath(order.order_id, '/cancel');
      await change(context, { region, path, key: `void:${paymentId}`, accepted: 204 });
    } else await disable(context, region, readReference(providerPaymentId).sessionId);
    // The shopper may have paid meanwhile: then the answer says so, and the call is repeated.
    const after = (await findIntent(context, providerPaymentId, order?.order_id)).payment;
    return after.status === 'failed' ? { ...after, status: 'voided' } : after;
  },

  refund: async (context, { refundId, providerPaymentId, authorisationReference, amount }) => {
    const found = await findIntent(context, providerPaymentId, authorisationReference);
    const failed = (failureCode: string) =>
      ({ refundId, providerReference: providerPaymentId, status: 'failed', amount, failureCode }) as const;
    if (found.order === undefined) return failed('NO_SUCH_ORDER');
    const known = refundIn(found.order, refundId);
    if (known !== undefined) return known;
    const answer = await ask(context, {
      ...{ region: found.region, method: 'POST', path: orderPath(found.order.order_id, '/refunds') },
      ...{ key: `refund:${refundId}`, accepted: 201 },
      body: {
        ...{ refunded_amount: amount.amountMinor, reference: refundId },
        order_lines: [summaryLine('Refund', amount)],
      },
    });
    if (!answer.done) {
      if (answer.code !== 'REFUND_NOT_ALLOWED') throw refusedWith(answer);
      return failed(answer.code);
    }
    const after = refundIn(await readOrder(context, found.region, found.order.order_id), refundId);
    return after ?? { refundId, providerReference: refundId, status: 'pending', amount };
  },

  find: async (context, { providerPaymentId }) => (await findIntent(context, providerPaymentId)).payment,

  lookUp: (context, { reference }) => lookUpKlarna(context, reference),

  interpret: interpretKlarna,
});

/** The address for Klarna's callbacks, with the secret that is good for the longest time. */
function hookUrl({ settings }: Context): string {
  const { callbackUrl, webhookSecrets } = settings;
  const secret = webhookSecrets.find(({ notAfter }) => notAfter === undefined) ?? webhookSecrets[0];
  const url = new URL(callbackUrl);
  url.searchParams.set('secret', secret?.value ?? '');
  return url.href;
}

/** Changes the order. False if its state does not allow that: the state is read afterwards. */
async function change(context: Context, call: Omit<Parameters<typeof ask>[1], 'method'>): Promise<boolean> {
  const answer = await ask(context, { ...call, method: 'POST' });
  if (answer.done) return true;
  if (answer.status === 403 && answer.code.endsWith('NOT_ALLOWED')) return false;
  throw refusedWith(answer);
}

/** Nothing more will be captured. Klarna refuses this where nothing is left. */
async function releaseRest(
  context: Context,
  {
    region,
    orderId,
    captureId,
  }: { readonly region: Region; readonly orderId: string; readonly captureId: string },
): Promise<void> {
  const { remaining_authorized_amount: left } = await readOrder(context, region, orderId);
  if (left === 0) return;
  const path = orderPath(orderId, '/release-remaining-authorization');
  await change(context, { region, path, key: `release:${captureId}`, accepted: 204 });
}

/** Closes the page. Klarna refuses it once the shopper has paid, and does not know it after two days. */
async function disable(context: Context, region: Region, sessionId: string): Promise<void> {
  const path = `/hpp/v1/sessions/${encodeURIComponent(sessionId)}`;
  const answer = await ask(context, { region, method: 'DELETE', path });
  if (!answer.done && answer.status !== 400 && answer.status !== 404) throw refusedWith(answer);
}

/** The id of an event of the page; an event of Order Management has none, and is named by what it says. */
function idOf(body: string): string | undefined {
  const schema = z.object({
    event_id: z.string().optional(),
    order_id: z.string().optional(),
    event_type: z.string().optional(),
  });
  try {
    const read = schema.safeParse(JSON.parse(body));
    if (!read.success) return undefined;
    const { event_id, order_id, event_type } = read.data;
    return event_id ?? (order_id === undefined ? undefined : `${order_id}:${event_type ?? ''}`);
  } catch {
    // Not JSON: the caller refuses it as malformed.
    return undefined;
  }
}
