import { newId } from '../../../../../infra/sandbox/random.ts';
import { defined } from '../../../../kernel/defined.ts';
import type { StripeBooks, StripeCall } from './books.ts';
import { confirmIntent, settleCharge } from './confirm.ts';
import { checkCharge } from './currencies.ts';
import { checkCustomer } from './customers.ts';
import { mergeMetadata, readForm, readInteger, readText, refuseUnknown } from './form.ts';
import { findCardMethod } from './methods.ts';
import { invalid, missing, noSuch, refuseState } from './refusal.ts';
import { chooseMethods } from './types.ts';
import type { StripeIntent } from './wire.ts';

const creatable =
  'allowed_payment_method_types amount amount_details automatic_payment_methods capture_method confirm confirmation_method currency customer description error_on_requires_action excluded_payment_method_types mandate_data metadata off_session payment_details payment_method payment_method_configuration payment_method_data payment_method_options payment_method_types radar_options receipt_email return_url setup_future_usage shipping statement_descriptor statement_descriptor_suffix transfer_group use_stripe_sdk'.split(
    ' ',
  );
const updatable =
  'amount amount_details currency customer description metadata payment_details payment_method payment_method_options receipt_email setup_future_usage shipping statement_descriptor statement_descriptor_suffix transfer_group'.split(
    ' ',
  );
const cancellationReasons = ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'];

/** POST /v1/payment_intents */
export function createIntent(books: StripeBooks, call: StripeCall): StripeIntent {
  const { params } = call;
  refuseUnknown(params, creatable);
  const amount = readInteger(params, 'amount');
  const currency = readText(params, 'currency')?.toLowerCase();
  if (amount === undefined) throw missing('amount');
  if (currency === undefined) throw missing('currency');
  checkCharge(amount, currency);
  const id = newId('pi', 24);
  const intent: StripeIntent = {
    id,
    object: 'payment_intent',
    ...chooseMethods(params, currency, call.apiVersion),
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: newId(`${id}_secret`),
    confirmation_method: readText(params, 'confirmation_method') === 'manual' ? 'manual' : 'automatic',
    created: books.nowSeconds(),
    currency,
    customer: readText(params, 'customer') ?? null,
    description: readText(params, 'description') ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: mergeMetadata({}, params),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_options: readForm(params, 'payment_method_options') ?? {},
    processing: null,
    receipt_email: readText(params, 'receipt_email') ?? null,
    review: null,
    setup_future_usage: readText(params, 'setup_future_usage') ?? null,
    shipping: readForm(params, 'shipping') ?? null,
    source: null,
    statement_descriptor: readText(params, 'statement_descriptor') ?? null,
    statement_descriptor_suffix: readText(params, 'statement_descriptor_suffix') ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: readText(params, 'transfer_group') ?? null,
  };
  const confirms = readText(params, 'confirm') === 'true';
  if (!confirms && readText(params, 'return_url')) {
    throw invalid('return_url', 'You can only use `return_url` when `confirm` is true.');
  }
  const method = readText(params, 'payment_method');
  if (method !== undefined && findCardMethod(method) === undefined)
    throw noSuch('PaymentMethod', method, 'payment_method', 400);
  checkCustomer(books, call, defined({ customer: intent.customer ?? undefined, payment_method: method }));
  books.saveIntent(intent);
  books.emit('payment_intent.created', intent, call);
  if (confirms) return confirmIntent(books, intent, call);
  if (method === undefined) return intent;
  return books.saveIntent({ ...intent, payment_method: method, status: 'requires_confirmation' });
}

/** POST /v1/payment_intents/{id} */
export function updateIntent(books: StripeBooks, id: string, call: StripeCall): StripeIntent {
  const { params } = call;
  refuseUnknown(params, updatable);
  const intent = books.intent(id);
  const amount = readInteger(params, 'amount');
  const method = readText(params, 'payment_method');
  const open = ['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(
    intent.status,
  );
  if (!open && (amount !== undefined || method !== undefined || params.currency !== undefined)) {
    const what = 'This PaymentIntent could not be updated because it has a status of';
    throw refuseState(intent, `${what} ${intent.status}.`);
  }
  const currency = readText(params, 'currency')?.toLowerCase() ?? intent.currency;
  if (amount !== undefined) checkCharge(amount, currency);
  if (method !== undefined && findCardMethod(method) === undefined)
    throw noSuch('PaymentMethod', method, 'payment_method', 400);
  const needsConfirmation = method !== undefined || (amount !== undefined && intent.payment_method !== null);
  return books.saveIntent({
    ...intent,
    amount: amount ?? intent.amount,
    currency,
    metadata: mergeMetadata(intent.metadata, params),
    description: readText(params, 'description') ?? intent.description,
    shipping: readForm(params, 'shipping') ?? intent.shipping,
    receipt_email: readText(params, 'receipt_email') ?? intent.receipt_email,
    payment_method: method ?? intent.payment_method,
    ...(open && needsConfirmation ? { status: 'requires_confirmation', next_action: null } : {}),
  });
}

/** POST /v1/payment_intents/{id}/capture */
export function captureIntent(books: StripeBooks, id: string, call: StripeCall): StripeIntent {
  refuseUnknown(call.params, [
    'amount_to_capture',
    'metadata',
    'final_capture',
    'statement_descriptor',
    'statement_descriptor_suffix',
  ]);
  const intent = books.intent(id);
  const asked = readInteger(call.params, 'amount_to_capture');
  if (intent.status === 'succeeded') {
    throw refuseState(
      intent,
      'This PaymentIntent could not be captured because it has already been captured.',
    );
  }
  if (intent.status !== 'requires_capture') {
    const only = 'Only a PaymentIntent with one of the following statuses may be captured: requires_capture.';
    throw refuseState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. ${only}`,
    );
  }
  const amount = asked ?? intent.amount_capturable;
  if (amount < 1)
    throw invalid(
      'amount_to_capture',
      'This value must be greater than or equal to 1.',
      'parameter_invalid_integer',
    );
  if (amount > intent.amount_capturable) {
    const max = `The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge.`;
    throw invalid('amount_to_capture', max, 'amount_too_large');
  }
  return settleCharge(
    books,
    { ...intent, metadata: mergeMetadata(intent.metadata, call.params) },
    amount,
    call,
  );
}

/** POST /v1/payment_intents/{id}/cancel */
export function cancelIntent(books: StripeBooks, id: string, call: StripeCall): StripeIntent {
  refuseUnknown(call.params, ['cancellation_reason']);
  const intent = books.intent(id);
  const reason = readText(call.params, 'cancellation_reason');
  if (reason !== undefined && !cancellationReasons.includes(reason)) {
    throw invalid(
      'cancellation_reason',
      `Invalid cancellation_reason: must be one of ${cancellationReasons.join(', ')}`,
    );
  }
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw refuseState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
    );
  }
  const cancelled = books.saveIntent({
    ...intent,
    amount_capturable: 0,
    canceled_at: books.nowSeconds(),
    cancellation_reason: reason ?? null,
    next_action: null,
    status: 'canceled',
  });
  books.emit('payment_intent.canceled', cancelled, call);
  return cancelled;
}
