import { refundFails } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { MercadoBooks } from './books.ts';
import { MercadoRefusal } from './refusal.ts';
import type { WirePayment, WireRefund } from './wire.ts';

const REFUND_DAYS = 180;
/** Refunds whose amount ends in .13 wait for the banks, as those of Pix may, and are paid at the next question. */
const WAITS_FOR_BANKS = 13;

const minorOf = (amount: number) => Math.round(amount * 100);

/** POST /v1/payments/{id}/refunds: refunds `amount`, or the whole rest if it is absent. */
export function createRefund(books: MercadoBooks, payment: WirePayment, body: unknown): WireRefund {
  const { amount: asked } = (body ?? {}) as { readonly amount?: unknown };
  if (asked !== undefined && typeof asked !== 'number')
    throw new MercadoRefusal(400, 'amount attribute must be numeric', 4041);
  if (!['approved', 'in_mediation'].includes(payment.status) || payment.date_approved === null)
    throw new MercadoRefusal(400, 'The action requested is not valid for the current payment state', 2063);
  if (books.sandbox.now() > Date.parse(payment.date_approved) + REFUND_DAYS * 86_400_000)
    throw new MercadoRefusal(404, 'Payment too old to be refunded', 15016);
  const left = minorOf(payment.transaction_amount) - minorOf(payment.transaction_amount_refunded);
  const amount = asked === undefined ? left : minorOf(asked);
  if (amount <= 0 || amount > left)
    throw new MercadoRefusal(400, 'The amount is not valid for what is left of the payment', 4040);
  const id = 1_000_000_000 + books.sandbox.store.next('mercadopago.refund');
  const fails = refundFails(books.sandbox, JSON.stringify(payment));
  const waits = fails || amount % 100 === WAITS_FOR_BANKS;
  const refund: WireRefund = {
    ...{ id, payment_id: payment.id, amount: amount / 100, metadata: {} },
    source: { id: String(payment.collector_id), name: 'Sandbox', type: 'collector' },
    ...{ date_created: books.time(), unique_sequence_number: null, refund_mode: 'standard' },
    ...{ adjustment_amount: 0, status: waits ? 'in_process' : 'approved', reason: null },
    ...{ labels: waits ? ['contingency'] : [], amount_refunded_to_payer: amount / 100 },
  };
  books.sandbox.store.put('mercadopago.refund', String(id), refund, String(payment.id));
  if (fails) books.sandbox.store.put('mercadopago.failing_refund', String(id), { id });
  const refundedMinor = minorOf(payment.transaction_amount_refunded) + amount;
  const isWhole = amount === left;
  books.save(
    {
      ...payment,
      transaction_amount_refunded: refundedMinor / 100,
      status: isWhole ? 'refunded' : payment.status,
      status_detail: isWhole ? 'refunded' : 'partially_refunded',
    },
    'payment.updated',
  );
  return refund;
}

/** GET /v1/payments/{id}/refunds: the oldest first. One that waited for the banks is over after it was shown. */
export function listRefunds(books: MercadoBooks, payment: WirePayment): WireRefund[] {
  const { store } = books.sandbox;
  const shown = store.withReference<WireRefund>('mercadopago.refund', String(payment.id)).reverse();
  for (const refund of shown) {
    if (refund.status !== 'in_process') continue;
    const id = String(refund.id);
    const fails = store.get('mercadopago.failing_refund', id) !== undefined;
    store.put('mercadopago.refund', id, { ...refund, status: fails ? 'rejected' : 'approved' });
    if (fails) takeBack(books, payment, refund);
  }
  return shown;
}

/** The payer's bank did not take the refund: the money is the merchant's again. */
function takeBack(books: MercadoBooks, payment: WirePayment, { amount }: WireRefund): void {
  const refundedMinor = minorOf(payment.transaction_amount_refunded) - minorOf(amount);
  const status = payment.status === 'refunded' ? 'approved' : payment.status;
  const status_detail = refundedMinor === 0 ? 'accredited' : 'partially_refunded';
  const transaction_amount_refunded = refundedMinor / 100;
  books.save({ ...payment, transaction_amount_refunded, status, status_detail }, 'payment.updated');
}
