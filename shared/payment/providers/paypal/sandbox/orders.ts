import { paidOf, refundFails, shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { amountOf, hundredths, newPayPalId, type Order, type PayPalBooks, readAmount } from './books.ts';
import { openDispute } from './disputes.ts';
import { PayPalRefusal } from './refusal.ts';
import { move } from './report.ts';
import { feeOf, showAuthorization, showCapture, showOrder, showRefund } from './wire.ts';

type Json = Readonly<Record<string, unknown>>;
const DAY_MS = 86_400_000;
const REFUND_DAYS = 180;
/** How long the shopper's bank takes to refuse a refund (before pacing). */
const REFUSAL_MS = 200;

/** Members that are not in the API are refused, as text of another type is. */
function only(given: unknown, members: Readonly<Record<string, string>>, place: string): Json {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new PayPalRefusal(400, 'MALFORMED_REQUEST_JSON', place);
  for (const [member, value] of Object.entries(given)) {
    const wanted = members[member];
    if (wanted === undefined) throw new PayPalRefusal(400, 'INVALID_PARAMETER', `${place}/${member}`);
    if (typeof value !== wanted)
      throw new PayPalRefusal(400, 'INVALID_PARAMETER_SYNTAX', `${place}/${member}`);
    if (typeof value === 'string' && value.length > 127 && member !== 'return_url' && member !== 'cancel_url')
      throw new PayPalRefusal(400, 'INVALID_STRING_LENGTH', `${place}/${member}`);
  }
  return given as Json;
}

/** POST /v2/checkout/orders. */
export function createOrder(books: PayPalBooks, body: unknown): object {
  const request = only(body, { intent: 'string', purchase_units: 'object', payment_source: 'object' }, '');
  if (request.intent !== 'AUTHORIZE') throw new PayPalRefusal(422, 'UNSUPPORTED_INTENT', '/intent');
  const units = request.purchase_units;
  if (!Array.isArray(units) || units.length !== 1)
    throw new PayPalRefusal(400, 'MISSING_REQUIRED_PARAMETER', '/purchase_units');
  const unit = only(
    units[0],
    {
      reference_id: 'string',
      custom_id: 'string',
      invoice_id: 'string',
      description: 'string',
      amount: 'object',
    },
    '/purchase_units/0',
  );
  const source = only(request.payment_source, { paypal: 'object' }, '/payment_source');
  const wallet = only(source.paypal, { experience_context: 'object' }, '/payment_source/paypal');
  const experience = only(
    wallet.experience_context ?? {},
    {
      ...{ brand_name: 'string', locale: 'string', shipping_preference: 'string', return_url: 'string' },
      ...{ cancel_url: 'string', landing_page: 'string', user_action: 'string' },
      payment_method_preference: 'string',
    },
    '/payment_source/paypal/experience_context',
  );
  const order = books.save({
    ...{ id: newPayPalId(), status: 'PAYER_ACTION_REQUIRED', amount: readAmount(unit.amount) },
    ...(typeof unit.custom_id === 'string' ? { custom_id: unit.custom_id } : {}),
    ...(typeof experience.return_url === 'string' ? { return_url: experience.return_url } : {}),
    ...{ funding: 'good', isContested: false, authorizations: [], captures: [], refunds: [] },
  });
  return showOrder(books, order);
}

/** PATCH /v2/checkout/orders/{id}: the text of ours alone. */
export function patchOrder(books: PayPalBooks, id: string, body: unknown): void {
  const order = books.order(id);
  if (order.status === 'COMPLETED' || order.status === 'VOIDED')
    throw new PayPalRefusal(422, 'ORDER_ALREADY_COMPLETED');
  if (!Array.isArray(body) || body.length === 0) throw new PayPalRefusal(400, 'MALFORMED_REQUEST_JSON');
  for (const one of body as Json[]) {
    if (one.path !== "/purchase_units/@reference_id=='default'/custom_id" || one.op !== 'replace')
      throw new PayPalRefusal(422, 'NOT_PATCHABLE');
    if (typeof one.value !== 'string') throw new PayPalRefusal(422, 'PATCH_VALUE_REQUIRED');
    books.save({ ...order, custom_id: one.value });
  }
}

/** POST /v2/checkout/orders/{id}/authorize. */
export function authorizeOrder(books: PayPalBooks, id: string): object {
  const order = books.order(id);
  if (order.authorizations.length > 0) throw new PayPalRefusal(422, 'ORDER_ALREADY_AUTHORIZED');
  if (order.status === 'VOIDED') throw new PayPalRefusal(422, 'ORDER_COMPLETED_OR_VOIDED');
  if (order.status !== 'APPROVED') throw new PayPalRefusal(422, 'ORDER_NOT_APPROVED');
  if (order.funding === 'declined') throw new PayPalRefusal(422, 'INSTRUMENT_DECLINED');
  const fault = shopperBehaviour(books.sandbox, order.custom_id ?? '');
  const asked = { amount: hundredths(order.amount), currency: order.amount.currency_code };
  const paid = paidOf(asked, fault, 100);
  const amount = amountOf(paid.amount, { currency_code: paid.currency });
  const authorization = { id: newPayPalId(), status: 'CREATED' as const, amount };
  const isContested = order.isContested || fault === 'disputed';
  const done = books.save({ ...order, status: 'COMPLETED', isContested, authorizations: [authorization] });
  books.emit('PAYMENT.AUTHORIZATION.CREATED', showAuthorization(done, authorization), done);
  return showOrder(books, done);
}

/** POST /v2/payments/authorizations/{id}/capture. */
export function captureAuthorization(books: PayPalBooks, id: string, body: unknown): object {
  const request = only(
    body,
    { amount: 'object', invoice_id: 'string', final_capture: 'boolean', note_to_payer: 'string' },
    '',
  );
  const order = books.holderOf(id);
  const [authorization] = order.authorizations;
  if (authorization?.status === 'VOIDED') throw new PayPalRefusal(422, 'AUTHORIZATION_VOIDED');
  if (authorization?.status === 'CAPTURED') throw new PayPalRefusal(422, 'AUTHORIZATION_ALREADY_CAPTURED');
  const amount = readAmount(request.amount ?? order.amount);
  if (amount.currency_code !== authorization?.amount.currency_code)
    throw new PayPalRefusal(422, 'AUTH_CAPTURE_CURRENCY_MISMATCH');
  // PayPal lets a capture exceed the authorisation by up to 15 percent.
  if (hundredths(amount) > hundredths(authorization.amount) * 1.15)
    throw new PayPalRefusal(422, 'MAX_CAPTURE_AMOUNT_EXCEEDED');
  const capture = {
    ...{ id: newPayPalId(), status: 'COMPLETED' as const, amount, create_time: books.time() },
    ...(typeof request.invoice_id === 'string' ? { invoice_id: request.invoice_id } : {}),
  };
  const done = books.save({
    ...{ ...order, captures: [...order.captures, capture] },
    authorizations: [{ ...authorization, status: 'CAPTURED' }],
  });
  const { custom_id: custom = '' } = order;
  const { id: own, invoice_id: invoice = '' } = capture;
  move(books, { id: own, code: 'T0006', amount, isCredit: true, fee: feeOf(capture), custom, invoice });
  books.emit('PAYMENT.CAPTURE.COMPLETED', showCapture(done, capture), done);
  if (done.isContested) books.sandbox.later('paypal.dispute', 500, { capture: capture.id });
  return showCapture(done, capture);
}

/** POST /v2/payments/authorizations/{id}/void. */
export function voidAuthorization(books: PayPalBooks, id: string): object {
  const order = books.holderOf(id);
  const [authorization] = order.authorizations;
  if (authorization?.status === 'VOIDED') throw new PayPalRefusal(422, 'PREVIOUSLY_VOIDED');
  if (authorization?.status !== 'CREATED') throw new PayPalRefusal(422, 'PREVIOUSLY_CAPTURED');
  const voided = { ...authorization, status: 'VOIDED' as const };
  const done = books.save({ ...order, authorizations: [voided] });
  books.emit('PAYMENT.AUTHORIZATION.VOIDED', showAuthorization(done, voided), done);
  return showAuthorization(done, voided);
}

/** POST /v2/payments/captures/{id}/refund. */
export function refundCapture(books: PayPalBooks, id: string, body: unknown): object {
  const request = only(
    body,
    { amount: 'object', custom_id: 'string', invoice_id: 'string', note_to_payer: 'string' },
    '',
  );
  const order = books.holderOf(id);
  const capture = order.captures.find((one) => one.id === id);
  if (capture === undefined) throw new PayPalRefusal(404, 'INVALID_RESOURCE_ID');
  if (books.sandbox.now() > Date.parse(capture.create_time) + REFUND_DAYS * DAY_MS)
    throw new PayPalRefusal(422, 'REFUND_TIME_LIMIT_EXCEEDED');
  const amount = readAmount(request.amount ?? capture.amount);
  if (amount.currency_code !== capture.amount.currency_code)
    throw new PayPalRefusal(422, 'REFUND_CAPTURE_CURRENCY_MISMATCH');
  const returned = order.refunds
    .filter((one) => one.capture === id && one.status !== 'FAILED')
    .reduce((sum, one) => sum + hundredths(one.amount), 0);
  const left = hundredths(capture.amount) - returned;
  if (left === 0) throw new PayPalRefusal(422, 'CAPTURE_FULLY_REFUNDED');
  if (hundredths(amount) > left) throw new PayPalRefusal(422, 'REFUND_AMOUNT_EXCEEDED');
  const fails = refundFails(books.sandbox, order.custom_id ?? '');
  const refund = {
    ...{ id: newPayPalId(), status: fails ? ('PENDING' as const) : ('COMPLETED' as const) },
    ...{ amount, capture: id },
    ...(typeof request.custom_id === 'string' ? { custom_id: request.custom_id } : {}),
  };
  const status = hundredths(amount) === left ? ('REFUNDED' as const) : ('PARTIALLY_REFUNDED' as const);
  const done: Order = {
    ...{ ...order, refunds: [...order.refunds, refund] },
    captures: order.captures.map((one) => (one.id === id ? { ...one, status } : one)),
  };
  books.save(done);
  if (fails) {
    books.emit('PAYMENT.REFUND.PENDING', showRefund(books, refund), done);
    books.sandbox.later('paypal.refund', REFUSAL_MS, { capture: id, refund: refund.id });
    return showRefund(books, refund);
  }
  const { id: own, custom_id: custom = '' } = refund;
  move(books, { id: own, code: 'T1107', amount, isCredit: false, custom, about: id });
  books.emit('PAYMENT.CAPTURE.REFUNDED', showRefund(books, refund), done);
  return showRefund(books, refund);
}

/** The shopper's bank did not take a refund that was pending: the money is the merchant's again. */
export function failRefund(
  books: PayPalBooks,
  { capture, refund: id }: { readonly capture: string; readonly refund: string },
): void {
  const order = books.holderOf(capture);
  const refunds = order.refunds.map((one) => (one.id === id ? { ...one, status: 'FAILED' as const } : one));
  const isLeft = refunds.some((one) => one.capture === capture && one.status !== 'FAILED');
  const status = isLeft ? ('PARTIALLY_REFUNDED' as const) : ('COMPLETED' as const);
  const captures = order.captures.map((one) => (one.id === capture ? { ...one, status } : one));
  const done = books.save({ ...order, refunds, captures });
  const failed = refunds.find((one) => one.id === id);
  if (failed !== undefined) books.emit('PAYMENT.REFUND.FAILED', showRefund(books, failed), done);
}

/** The shopper contests a captured payment. */
export function disputeLater(books: PayPalBooks, { capture }: { readonly capture: string }): void {
  const order = books.holderOf(capture);
  const contested = order.captures.find(({ id }) => id === capture);
  if (contested !== undefined) openDispute(books, order, contested);
}
