import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { PartnerRefused, readAnswer } from '../../../partners/partner-answer.ts';
import type { BoundPaymentProvider, ProviderPayment } from '../../provider.ts';
import { listOf, orderSchema, paymentSchema, type RazorpayOrder, toCollected } from './answers.ts';
import { ask, askFor, type Context } from './call.ts';
import { firstOf } from './first-of.ts';

type StartCommand = Parameters<BoundPaymentProvider['start']>[1];

/** The least time that a request stays open, in minutes: Razorpay's own default. */
const MIN_OPEN_MINUTES = 5;
const ORDERS = { path: 'orders', schema: orderSchema } as const;
const createdSchema = z.object({ razorpay_payment_id: z.string() });

/** Whether the reference is that of an order, and so of a request to pay. */
export const isCollected = (providerPaymentId: string): boolean => providerPaymentId.startsWith('order_');

/**
 * Sends a request to pay to the shopper's UPI app. It belongs to an order at Razorpay, which takes one payment. A
 * request that was answered is followed by no second one, unless it failed: then the shopper may name another address.
 * Without an address nobody is asked: a start whose answer was lost is repeated so, to be voided.
 */
export async function startCollect(context: Context, command: StartCommand) {
  const { payableUntil } = command;
  const order = (await firstOf(context, ORDERS, command)) ?? (await createOrder(context, command));
  const before = await readOrder(context, order.id);
  const mayAsk = (before.status === 'waiting' && before.isUnderWay !== true) || before.status === 'failed';
  const vpa = command.payer?.vpa;
  const payment =
    mayAsk && vpa !== undefined ? await request(context, command, { order, before, vpa }) : before;
  const isAsked = payment.status === 'waiting' && payment.isUnderWay === true;
  return { payment, nextAction: isAsked ? pushUntil(payableUntil) : ({ type: 'none' } as const) };
}

const pushUntil = (expiresAt: string) => ({ type: 'push', expiresAt }) as const;

/** The first order of the payment: another call may have made one at the same time. */
async function createOrder(context: Context, command: StartCommand): Promise<RazorpayOrder> {
  const { orderId, paymentId, amount } = command;
  const body = {
    ...{ amount: amount.amountMinor, currency: amount.currency, receipt: paymentId, payment_capture: true },
    notes: { order_id: orderId, payment_id: paymentId },
  };
  const made = await askFor(context, { method: 'POST', path: 'orders', body, schema: orderSchema });
  return (await firstOf(context, ORDERS, command)) ?? made;
}

async function request(
  context: Context,
  { orderId, paymentId, amount, payableUntil, returnUrl, payer }: StartCommand,
  asked: { readonly order: RazorpayOrder; readonly before: ProviderPayment; readonly vpa: string },
): Promise<ProviderPayment> {
  const { order, before, vpa } = asked;
  invariant(payer !== undefined, 'a method that needs the payer gets it');
  const { customer, device } = payer;
  const minutes = Math.floor((Date.parse(payableUntil) - Date.parse(context.now)) / 60_000);
  const body = {
    ...{ amount: amount.amountMinor, currency: amount.currency, order_id: order.id },
    ...{ email: customer.email, contact: customer.phone, method: 'upi' },
    upi: { flow: 'collect', vpa, expiry_time: Math.max(minutes, MIN_OPEN_MINUTES) },
    ...defined({ ip: device?.ip, referer: returnUrl, user_agent: device?.userAgent }),
    ...{ description: orderId, notes: { order_id: orderId, payment_id: paymentId } },
  };
  const answer = await ask(context, { method: 'POST', path: 'payments/create/upi', body });
  if (answer.done) {
    readAnswer('razorpay', answer.response, createdSchema);
    return { providerPaymentId: order.id, status: 'waiting', isUnderWay: true, amount, captures: [] };
  }
  // The shopper may name another address, or pay by another method.
  if (answer.code !== 'invalid_vpa') throw new PartnerRefused('razorpay', answer.status, answer.code);
  return { ...before, status: 'failed', failureCode: answer.code };
}

/** An order with the payments of its requests, newest first. */
export async function readOrder(context: Context, id: string): Promise<ProviderPayment> {
  const path = `orders/${encodeURIComponent(id)}`;
  const order = await askFor(context, { method: 'GET', path, schema: orderSchema });
  const { items } = await askFor(context, {
    ...{ method: 'GET', path: `${path}/payments`, schema: listOf(paymentSchema) },
  });
  return toCollected(order, items);
}

/** A request can't be taken back: it ends by itself. One that failed, or was never sent, is over. */
export async function endCollect(context: Context, id: string): Promise<ProviderPayment> {
  const payment = await readOrder(context, id);
  if (payment.status === 'captured' || payment.isUnderWay === true) return payment;
  const { failureCode: _, ...ended } = payment;
  return { ...ended, status: 'voided' };
}
