import { invariant } from '../../../kernel/invariant.ts';
import { later, minuteMs } from '../../../kernel/time.ts';
import { PartnerRefused } from '../../../partners/partner-answer.ts';
import {
  type BoundPaymentProvider,
  definePaymentProvider,
  type LookedUp,
  type PaymentOwner,
} from '../../provider.ts';
import {
  codeSchema,
  listOf,
  nextActionOf,
  orderSchema,
  ownerOf,
  paymentSchema,
  type QrCode,
  toPayment,
} from './answers.ts';
import { ask, askFor, type Context, settingsSchema } from './call.ts';
import { endCollect, isCollected, readOrder, startCollect } from './collect.ts';
import { firstOf, toSeconds } from './first-of.ts';
import { interpretEvent, verifySignature } from './notifications.ts';
import { COLLECT, offeredMethods } from './offered-methods.ts';
import { readCode, readState } from './read-code.ts';
import { refundOnce } from './refund-once.ts';

type StartCommand = Parameters<BoundPaymentProvider['start']>[1];

/** A code stays open for 15 minutes at least. One minute more, for a clock that is late. */
const MIN_OPEN_MS = 16 * minuteMs;
const CODES = { path: 'payments/qr_codes', schema: codeSchema } as const;

/**
 * UPI by Razorpay: a code for one payment of a fixed amount, whose text opens the app on a telephone, or a request to
 * pay that is sent to the app of an address.
 */
export const razorpay = definePaymentProvider({
  code: 'razorpay',
  methods: offeredMethods,
  // razorpay.com/docs/errors/payment-methods/upi, read on 2026-11-30.
  softDeclines: ['bank_technical_error', 'gateway_technical_error'],
  settings: settingsSchema,
  verify: verifySignature,

  start: (context, command) => {
    const { method } = command;
    invariant(method === 'upi' || method === COLLECT, 'a payment is by a method that its provider offers', {
      method,
    });
    return method === COLLECT ? startCollect(context, command) : startCode(context, command);
  },

  capture: (context, { providerPaymentId }) => readState(context, providerPaymentId),

  void: async (context, { providerPaymentId }) => {
    if (isCollected(providerPaymentId)) return endCollect(context, providerPaymentId);
    await close(context, providerPaymentId);
    return readState(context, providerPaymentId);
  },

  refund: refundOnce,
  find: (context, { providerPaymentId }) => readState(context, providerPaymentId),
  ownerOf: (context, { providerPaymentId }) => ownerByPayment(context, providerPaymentId),

  lookUp: async (context, { reference }): Promise<LookedUp[]> => {
    if (isCollected(reference)) return lookUpOrder(context, reference);
    const { code, ...payment } = await readCode(context, reference);
    const owner = ownerOf(code);
    return owner === undefined ? [] : [{ kind: 'payment', ...owner, payment }];
  },

  interpret: interpretEvent,
});

async function startCode(context: Context, command: StartCommand) {
  const { payableUntil } = command;
  const earlier = await firstOf(context, CODES, command);
  if (earlier === undefined) {
    const made = await createCode(context, command);
    const first = (await firstOf(context, CODES, command)) ?? made;
    if (first.id === made.id) {
      const payment = toPayment(made, []);
      return { payment, nextAction: nextActionOf(made, payment, payableUntil) };
    }
    // Another call made one at the same time.
    await close(context, made.id);
    return showCode(context, first.id, payableUntil);
  }
  return showCode(context, earlier.id, payableUntil);
}

async function showCode(context: Context, id: string, payableUntil: string) {
  const { code, ...payment } = await readCode(context, id);
  return { payment, nextAction: nextActionOf(code, payment, payableUntil) };
}

function createCode(context: Context, command: StartCommand): Promise<QrCode> {
  const { orderId, paymentId, amount, payableUntil } = command;
  const closeBy = Math.max(toSeconds(payableUntil), toSeconds(later(context.now, MIN_OPEN_MS)));
  const body = {
    ...{ type: 'upi_qr', usage: 'single_use', fixed_amount: true, payment_amount: amount.amountMinor },
    ...{ description: orderId, close_by: closeBy, notes: { order_id: orderId, payment_id: paymentId } },
  };
  return askFor(context, { method: 'POST', path: 'payments/qr_codes', body, schema: codeSchema });
}

/** A code that is closed already is refused, and stays so. */
async function close(context: Context, id: string): Promise<void> {
  const path = `payments/qr_codes/${encodeURIComponent(id)}/close`;
  const answer = await ask(context, { method: 'POST', path });
  if (!answer.done && answer.status !== 400) throw new PartnerRefused('razorpay', answer.status, answer.code);
}

async function lookUpOrder(context: Context, id: string): Promise<LookedUp[]> {
  const path = `orders/${encodeURIComponent(id)}`;
  const owner = ownerOf(await askFor(context, { method: 'GET', path, schema: orderSchema }));
  if (owner === undefined) return [];
  return [{ kind: 'payment', ...owner, payment: await readOrder(context, id) }];
}

/** A dispute names the payment. That of a request has our notes, and one by a code has them in its code. */
async function ownerByPayment(context: Context, payment: string): Promise<PaymentOwner | undefined> {
  const path = `payments/${encodeURIComponent(payment)}`;
  const paid = await askFor(context, { method: 'GET', path, schema: paymentSchema });
  if (paid.order_id != null) return ownerOf(paid);
  const codes = `payments/qr_codes?${new URLSearchParams({ payment_id: payment })}`;
  const { items } = await askFor(context, { method: 'GET', path: codes, schema: listOf(codeSchema) });
  return items.map(ownerOf).find((owner) => owner !== undefined);
}
