import { newDigits, newId } from '../../../../../infra/sandbox/random.ts';
import { type StripeBooks, type StripeCall, unasked } from './books.ts';
import { mergeMetadata, readInteger, readText, refuseUnknown } from './form.ts';
import { findMethod } from './method-reading.ts';
import { invalid, missing, StripeRefusal } from './refusal.ts';
import type { StripeCharge, StripeRefund } from './wire.ts';

const reasons = ['duplicate', 'fraudulent', 'requested_by_customer'];
/** How long the bank takes to answer a refund (before pacing). */
const bankDelayMs = 300;

/** POST /v1/refunds: refunds `amount`, or the whole rest of the charge if `amount` is absent. */
export function createRefund(books: StripeBooks, call: StripeCall): StripeRefund {
  const { params } = call;
  refuseUnknown(params, [
    'amount',
    'charge',
    'currency',
    'instructions_email',
    'metadata',
    'origin',
    'payment_intent',
    'reason',
    'refund_application_fee',
    'reverse_transfer',
  ]);
  const charge = readCharge(books, call);
  const reason = readText(params, 'reason') ?? null;
  if (reason !== null && !reasons.includes(reason))
    throw invalid('reason', `Invalid reason: must be one of ${reasons.join(', ')}`);
  refuseLate(books, charge);
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw new StripeRefusal(400, { type: 'invalid_request_error', code: 'charge_already_refunded', message });
  }
  const amount = readInteger(params, 'amount') ?? left;
  if (amount < 1)
    throw invalid('amount', 'This value must be greater than or equal to 1.', 'parameter_invalid_integer');
  if (amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`;
    throw new StripeRefusal(400, {
      type: 'invalid_request_error',
      code: 'amount_too_large',
      message,
      param: 'amount',
    });
  }
  const status = firstStatus(charge);
  const id = newId('re');
  const refund = books.saveRefund({
    id,
    object: 'refund',
    amount,
    balance_transaction: books.book('refund', id, { amount: -amount, currency: charge.currency }).id,
    charge: charge.id,
    created: books.nowSeconds(),
    currency: charge.currency,
    destination_details: {
      card: { type: 'refund', reference_status: 'pending', reference_type: 'acquirer_reference_number' },
      type: 'card',
    },
    metadata: mergeMetadata({}, params),
    payment_intent: charge.payment_intent,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  });
  const refundedMinor = charge.amount_refunded + amount;
  const refunded = {
    ...charge,
    amount_refunded: refundedMinor,
    refunded: refundedMinor === charge.amount_captured,
  };
  books.saveCharge(refunded);
  books.emit('refund.created', refund, call);
  books.emit('charge.refunded', refunded, call);
  const fails = findMethod(charge.payment_method)?.later === 'refund_fails' || books.refundFails(charge);
  books.later('stripe.refund', bankDelayMs, { refund: id, fails });
  return refund;
}

/** The bank answers a refund: with a reference number, or with a refusal. */
export function settleRefund(
  books: StripeBooks,
  { refund: id, fails }: { readonly refund: string; readonly fails: boolean },
): void {
  const refund = books.refund(id);
  const charge = books.charge(refund.charge);
  if (fails) {
    const failed: StripeRefund = { ...refund, status: 'failed', failure_reason: 'expired_or_canceled_card' };
    books.saveRefund(failed);
    books.book('refund_failure', refund.id, { amount: refund.amount, currency: refund.currency });
    books.saveCharge({ ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
    books.emit('refund.failed', failed, unasked);
    return;
  }
  const reference = {
    reference: newDigits(23),
    reference_status: 'available',
    reference_type: 'acquirer_reference_number',
    type: 'refund',
  };
  const settled = books.saveRefund({
    ...refund,
    status: 'succeeded',
    destination_details: { card: reference, type: 'card' },
  });
  books.emit('refund.updated', settled, unasked);
}

/** Cash has no way back: Stripe asks the customer for a bank account first. */
function firstStatus({ payment_method }: StripeCharge): StripeRefund['status'] {
  const method = findMethod(payment_method);
  if (method?.type === 'oxxo') return 'requires_action';
  return method?.later === 'refund_pends' || method?.type === 'grabpay' ? 'pending' : 'succeeded';
}

/** Days after the charge in which these methods are refunded (docs.stripe.com/payments, one page for each). */
const windowDays: Readonly<Record<string, number>> = {
  ...{ klarna: 180, mobilepay: 365, affirm: 120, afterpay_clearpay: 120 },
  ...{ alipay: 90, wechat_pay: 180, grabpay: 90, pix: 90 },
};

function refuseLate(books: StripeBooks, charge: StripeCharge): void {
  const { type } = findMethod(charge.payment_method) ?? { type: 'card' };
  const days = windowDays[type];
  if (days === undefined || books.nowSeconds() <= charge.created + days * 86_400) return;
  const message = `${type} payments cannot be refunded after ${days} days.`;
  throw new StripeRefusal(400, { type: 'invalid_request_error', code: 'charge_not_refundable', message });
}

function readCharge(books: StripeBooks, call: StripeCall): StripeCharge {
  const chargeId = readText(call.params, 'charge');
  const intentId = readText(call.params, 'payment_intent');
  if (chargeId !== undefined) return refuseUncaptured(books.charge(chargeId, 'charge', 400), chargeId);
  if (intentId === undefined) throw missing('payment_intent');
  const latest = books.intent(intentId, 'payment_intent', 400).latest_charge;
  return refuseUncaptured(latest === null ? undefined : books.charge(latest), intentId);
}

function refuseUncaptured(charge: StripeCharge | undefined, id: string): StripeCharge {
  if (charge?.captured && charge.paid) return charge;
  const message = `${id} does not have a successful, captured charge to refund.`;
  throw new StripeRefusal(400, { type: 'invalid_request_error', code: 'charge_not_refundable', message });
}
