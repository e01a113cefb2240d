import * as z from 'zod';
import { PartnerRefused, readAnswer } from '../../../partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { BoundPaymentProvider, ProviderPayment } from '../../provider.ts';
import { capturesOf, declineCodeOf, intentSchema, laterOf, type StripeIntent, toPayment } from './answers.ts';
import { chargeOnce, getObject, postEffect, readIntent, type StripeContext } from './call.ts';
import { toStripeAmount } from './currencies.ts';

type StartCommand = Parameters<BoundPaymentProvider['start']>[1];
type CaptureCommand = Parameters<BoundPaymentProvider['capture']>[1];

const customerSchema = z.object({ id: z.string(), object: z.literal('customer') });
const intentListSchema = z.object({ data: z.array(intentSchema), has_more: z.boolean() });

/**
 * The members of the first intent of an order in instalments: its card is kept with a customer of this order alone, and
 * may be charged without the shopper (docs.stripe.com/payments/save-during-payment). Empty for an order that is paid in
 * one amount. The customer has no data of the person.
 */
export async function mandateFor(
  context: StripeContext,
  { orderId, paymentId, amount, firstInstalment }: StartCommand,
) {
  if (firstInstalment === undefined) return { ...toStripeAmount(amount), metadata: { orderId, paymentId } };
  const answer = await postEffect(context, {
    path: '/v1/customers',
    form: { metadata: { orderId, paymentId } },
    idempotencyKey: `customer:${paymentId}`,
  });
  if (!answer.done) throw new PartnerUnavailable('stripe', `made no customer: ${answer.code}`);
  const { id: customer } = readAnswer('stripe', answer.response, customerSchema);
  const later = toStripeAmount(amount).amount - toStripeAmount(firstInstalment).amount;
  return {
    ...toStripeAmount(firstInstalment),
    ...{ customer, setup_future_usage: 'off_session' },
    metadata: { orderId, paymentId, later },
  };
}

/** The payment of an intent, with what was charged later of its instalments. */
export async function withInstalments(
  context: StripeContext,
  intent: StripeIntent,
): Promise<ProviderPayment> {
  if (laterOf(intent) === 0) return toPayment(intent);
  return paymentWith(intent, await laterIntents(context, intent));
}

/**
 * Charges a later instalment on the kept card. An idempotency key lasts a day, but a parked message may return after a
 * week. So the customer's intents are read first: if one has our id, it is the attempt, whatever became of it.
 */
export async function chargeInstalment(
  context: StripeContext,
  { orderId, paymentId, providerPaymentId, captureId, amount }: CaptureCommand,
): Promise<ProviderPayment> {
  const first = await readIntent(context, providerPaymentId);
  const known = await laterIntents(context, first);
  const own = known.find(({ metadata }) => metadata.captureId === captureId);
  if (own !== undefined) return { ...paymentWith(first, known), ...declineOf(own, captureId) };
  const { customer, payment_method } = first;
  if (customer == null || payment_method == null)
    throw new PartnerRefused('stripe', 400, 'no-kept-payment-method');
  const charged = await chargeOnce(context, {
    path: '/v1/payment_intents',
    form: {
      ...toStripeAmount(amount),
      ...{ customer, payment_method, off_session: true, confirm: true },
      allowed_payment_method_types: ['card'],
      metadata: { orderId, paymentId, captureId, instalmentOf: providerPaymentId },
    },
    idempotencyKey: `capture:${captureId}`,
  });
  if ('declined' in charged)
    return { ...paymentWith(first, known), declined: { captureId, code: charged.declined } };
  return { ...paymentWith(first, [...known, charged.intent]), ...declineOf(charged.intent, captureId) };
}

/** The state after a void: what the shopper authorised is released, or nothing more is charged of what was begun. */
export async function afterVoid(context: StripeContext, intent: StripeIntent): Promise<ProviderPayment> {
  const payment = await withInstalments(context, intent);
  const isBegun = laterOf(intent) > 0 && payment.status === 'authorised' && payment.captures.length > 0;
  return isBegun ? { ...payment, status: 'captured' } : payment;
}

/** The first intent with the captures of those that were charged later, oldest first. */
function paymentWith(first: StripeIntent, later: readonly StripeIntent[]): ProviderPayment {
  const payment = toPayment(first);
  return { ...payment, captures: [...payment.captures, ...later.flatMap(capturesOf)] };
}

/** Reads one page of a hundred intents, because a customer has those of one order. Stripe lists the newest first. */
async function laterIntents(context: StripeContext, { id, customer }: StripeIntent): Promise<StripeIntent[]> {
  if (customer == null) return [];
  const query = new URLSearchParams({ customer, limit: '100' });
  const response = await getObject(context, `/v1/payment_intents?${query}`);
  const { data } = readAnswer('stripe', response, intentListSchema);
  return data.filter(({ metadata }) => metadata.instalmentOf === id).reverse();
}

/** An attempt without the shopper that needs one, or was declined. While the bank is asked there is no outcome. */
function declineOf(intent: StripeIntent, captureId: string): Pick<ProviderPayment, 'declined'> {
  const { status, last_payment_error: error } = intent;
  if (status === 'succeeded' || status === 'processing') return {};
  const code = status === 'requires_action' ? 'authentication_required' : declineCodeOf(error);
  return { declined: { captureId, code } };
}
