import { invariant } from '../../../kernel/invariant.ts';
import { later, minuteMs } from '../../../kernel/time.ts';
import { PartnerRefused } from '../../../partners/partner-answer.ts';
import {
  type BoundPaymentProvider,
  definePaymentProvider,
  type PaymentOwner,
  type ProviderPayment,
} from '../../provider.ts';
import { codeSchema, listOf, nextActionOf, ownerOf, type QrCode, toPayment } from './answers.ts';
import { ask, askFor, type Context, settingsSchema } from './call.ts';
import { interpretEvent, verifySignature } from './notifications.ts';
import { offeredMethods, RESERVATION_MS } from './offered-methods.ts';
import { readCode } from './read-code.ts';
import { refundOnce } from './refund-once.ts';

type StartCommand = Parameters<BoundPaymentProvider['start']>[1];

const toSeconds = (instant: string) => Math.floor(Date.parse(instant) / 1_000);

/** A code stays open for 15 minutes at least. One minute more, for a clock that is late. */
const MIN_OPEN_MS = 16 * minuteMs;
/** How long before the order's first start a code may seem to be made, by another clock. */
const CLOCK_SLACK_MS = 10 * minuteMs;
const PAGE = 100;
const MAX_PAGES = 10;

/** UPI by Razorpay: a code for one payment of a fixed amount, whose text opens the app on a telephone. */
export const razorpay = definePaymentProvider({
  code: 'razorpay',
  methods: offeredMethods,
  settings: settingsSchema,
  verify: verifySignature,

  start: async (context, command) => {
    const { paymentId, method, payableUntil } = command;
    invariant(method === 'upi', 'a payment is by a method that its provider offers', { method });
    const earlier = await firstCode(context, paymentId, payableUntil);
    if (earlier === undefined) {
      const made = await createCode(context, command);
      const first = (await firstCode(context, paymentId, payableUntil)) ?? made;
      if (first.id === made.id) {
        const payment = toPayment(made, []);
        return { payment, nextAction: nextActionOf(made, payment, payableUntil) };
      }
      // Another call made one at the same time.
      await close(context, made.id);
      return showCode(context, first.id, payableUntil);
    }
    return showCode(context, earlier.id, payableUntil);
  },

  capture: (context, { providerPaymentId }) => find(context, providerPaymentId),

  void: async (context, { providerPaymentId }) => {
    await close(context, providerPaymentId);
    return find(context, providerPaymentId);
  },

  refund: refundOnce,
  find: (context, { providerPaymentId }) => find(context, providerPaymentId),
  ownerOf: (context, { providerPaymentId }) => ownerByPayment(context, providerPaymentId),

  lookUp: async (context, { reference }) => {
    const { code, ...payment } = await readCode(context, reference);
    const owner = ownerOf(code);
    return owner === undefined ? [] : [{ kind: 'payment', ...owner, payment }];
  },

  interpret: interpretEvent,
});

async function find(context: Context, id: string): Promise<ProviderPayment> {
  const { code: _, ...payment } = await readCode(context, id);
  return payment;
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

/**
 * The first code that was made for the payment. Codes have no idempotency key, so those since the order was placed are
 * read: newest first, so that the last match is the first code.
 */
async function firstCode(
  context: Context,
  paymentId: string,
  payableUntil: string,
): Promise<QrCode | undefined> {
  const from = toSeconds(later(payableUntil, -RESERVATION_MS - CLOCK_SLACK_MS));
  let first: QrCode | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ from: `${from}`, count: `${PAGE}`, skip: `${page * PAGE}` });
    const path = `payments/qr_codes?${query}`;
    const { items } = await askFor(context, { method: 'GET', path, schema: listOf(codeSchema) });
    first = items.findLast((code) => ownerOf(code)?.paymentId === paymentId) ?? first;
    if (items.length < PAGE) break;
  }
  return first;
}

/** A dispute names the payment, and the payment's code has our notes. */
async function ownerByPayment(context: Context, payment: string): Promise<PaymentOwner | undefined> {
  const path = `payments/qr_codes?${new URLSearchParams({ payment_id: payment })}`;
  const { items } = await askFor(context, { method: 'GET', path, schema: listOf(codeSchema) });
  return items.map(ownerOf).find((owner) => owner !== undefined);
}
