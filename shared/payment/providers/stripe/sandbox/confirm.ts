import { paidOf } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { newDigits, newId } from '../../../../../infra/sandbox/random.ts';
import type { StripeBooks, StripeCall } from './books.ts';
import { newCharge } from './charge.ts';
import { stripeFee } from './currencies.ts';
import { keepMethod } from './customers.ts';
import type { DisputeKind } from './disputes.ts';
import { type Form, readForm, readInteger, readText, refuseUnknown } from './form.ts';
import { findMethod, noMethod, readMethod } from './method-reading.ts';
import { askedOf, localMethods, nextActionFor, type StripeMethod } from './methods.ts';
import { invalid, missing, refuseState, StripeRefusal } from './refusal.ts';
import { needsReturnUrl } from './types.ts';
import type { StripeCharge, StripeError, StripeIntent } from './wire.ts';

const confirmable =
  'amount_details capture_method confirmation_token error_on_requires_action mandate_data off_session payment_method payment_method_data payment_method_options radar_options receipt_email return_url setup_future_usage shipping use_stripe_sdk'.split(
    ' ',
  );

/** The time between the charge and the dispute, for the test card whose payment is disputed (before pacing). */
const disputeDelayMs = 500;

/** What the customer does on the page that `next_action` links to. */
export type CustomerOutcome = 'succeed' | 'fail' | 'expire';

/** POST /v1/payment_intents/{id}/confirm */
export function confirmKnownIntent(books: StripeBooks, id: string, call: StripeCall): StripeIntent {
  refuseUnknown(call.params, confirmable);
  return confirmIntent(books, books.intent(id), call);
}

/** Tries to charge the intent. A decline is saved and then thrown as Stripe's 402, which contains the intent. */
export function confirmIntent(books: StripeBooks, intent: StripeIntent, call: StripeCall): StripeIntent {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    const why =
      intent.status === 'succeeded'
        ? 'it has already succeeded after being previously confirmed'
        : `it has a status of ${intent.status}`;
    throw refuseState(intent, `You cannot confirm this PaymentIntent because ${why}.`);
  }
  const named = readMethod(intent, call.params);
  const options = optionsFor(intent, named.type, call);
  const method = askedOf(named, options);
  const returnUrl = readText(call.params, 'return_url');
  const offSession = readText(call.params, 'off_session') === 'true';
  if (needsReturnUrl(intent) && returnUrl === undefined && !offSession) {
    const hint =
      'Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`.';
    throw invalid('return_url', `This PaymentIntent accepts payment methods that redirect. ${hint}`);
  }
  if (!intent.payment_method_types.includes(method.type)) {
    const message = `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent.`;
    throw invalid('payment_method', message, 'payment_intent_incompatible_payment_method');
  }
  refuseLimits(intent, method.type);
  const confirmed = { ...intent, payment_method: method.id, last_payment_error: null, next_action: null };
  if (offSession && method.laterDecline !== undefined)
    return decline(books, confirmed, { ...method, outcome: 'decline', ...method.laterDecline }, call);
  if (method.outcome === 'decline') return decline(books, confirmed, method, call);
  if (method.outcome === 'succeed') return payAsCustomer(books, confirmed, method, call);
  if (offSession) {
    return decline(
      books,
      confirmed,
      { ...method, code: 'authentication_required', declineCode: 'authentication_required' },
      call,
    );
  }
  const waiting = books.saveIntent({
    ...confirmed,
    status: 'requires_action',
    next_action: nextActionFor(method.type, {
      pageUrl: books.pageUrl(intent.id),
      returnUrl,
      amount: intent.amount,
      nowSeconds: books.nowSeconds(),
      number: newDigits(14),
      options,
    }),
  });
  books.emit('payment_intent.requires_action', waiting, call);
  return waiting;
}

/** Each method has limits of its own, beside those of the currency. */
function refuseLimits({ amount, currency }: StripeIntent, type: string): void {
  const [least, most] = localMethods[type]?.limits?.[currency] ?? [0, Number.MAX_SAFE_INTEGER];
  const code = amount < least ? 'amount_too_small' : amount > most ? 'amount_too_large' : undefined;
  if (code !== undefined) throw invalid('amount', `${type} takes from ${least} to ${most}.`, code);
}

/** The options for the type, of the confirmation or of the intent. */
function optionsFor(intent: StripeIntent, type: string, call: StripeCall): Form {
  const given = readForm(call.params, 'payment_method_options') ?? (intent.payment_method_options as Form);
  const options = readForm(given, type) ?? {};
  const days = readInteger(options, 'expires_after_days');
  if (type === 'oxxo' && days !== undefined && (days < 1 || days > 7))
    throw invalid('payment_method_options[oxxo][expires_after_days]', 'Must be between 1 and 7.');
  if (type === 'wechat_pay' && readText(options, 'client') === undefined)
    throw missing('payment_method_options[wechat_pay][client]');
  const secure = readText(options, 'request_three_d_secure');
  if (secure !== undefined && !['any', 'automatic', 'challenge'].includes(secure))
    throw invalid(
      'payment_method_options[card][request_three_d_secure]',
      'Must be any, automatic or challenge.',
    );
  return options;
}

/** Records what the customer did on the page. Does nothing if the intent waits for no customer, nor a late one. */
export function finishAction(
  books: StripeBooks,
  id: string,
  outcome: CustomerOutcome,
  call: StripeCall,
): StripeIntent {
  const intent = books.intent(id);
  if (intent.status === 'requires_payment_method' && outcome === 'succeed')
    return payLate(books, intent, call);
  if (intent.status !== 'requires_action' || intent.payment_method === null) return intent;
  const named = findMethod(intent.payment_method) ?? noMethod(intent.payment_method);
  const method = askedOf(named, readForm(intent.payment_method_options as Form, named.type) ?? {});
  const code = outcome === 'expire' ? EXPIRED : (method.code ?? 'payment_intent_authentication_failure');
  try {
    if (outcome === 'succeed' && method.outcome !== 'authenticate_then_decline')
      return payAsCustomer(books, { ...intent, next_action: null }, method, call);
    return decline(books, intent, { ...method, code }, call);
  } catch (error) {
    if (error instanceof StripeRefusal) return books.intent(id);
    throw error;
  }
}

/** The error of an attempt whose time ran out. */
const EXPIRED = 'payment_intent_payment_attempt_expired';

/** A bank or a counter may say after the end of an attempt that it was paid, where a fault asks for that. */
function payLate(books: StripeBooks, intent: StripeIntent, call: StripeCall): StripeIntent {
  const { last_payment_error: error } = intent;
  const id = (error?.payment_method as { readonly id?: string } | undefined)?.id;
  const method = id === undefined ? undefined : findMethod(id);
  if (error?.code !== EXPIRED || method === undefined) return intent;
  if (books.behaviourOf(intent) !== 'paid_late') return intent;
  return takeMoney(books, { ...intent, payment_method: method.id, last_payment_error: null }, method, call);
}

/** The customer agrees. Another amount or currency: somebody has changed the intent meanwhile, as its API allows. */
function payAsCustomer(
  books: StripeBooks,
  intent: StripeIntent,
  method: StripeMethod,
  call: StripeCall,
): StripeIntent {
  const behaviour = books.behaviourOf(intent);
  if (behaviour === 'declined') {
    const refused = { code: 'card_declined', declineCode: 'generic_decline' } as const;
    return decline(books, intent, { ...method, outcome: 'decline', ...refused }, call);
  }
  const paid = takeMoney(books, { ...intent, ...paidOf(intent, behaviour, STEP) }, method, call);
  if (behaviour !== 'disputed' || paid.latest_charge === null) return paid;
  const charge = books.charge(paid.latest_charge);
  books.contest(charge);
  if (charge.captured) disputeSoon(books, charge, 'chargeback');
  return paid;
}

/** A step of amounts in every currency: some must end with zeros. */
const STEP = 100;

const disputeSoon = (books: StripeBooks, { id }: StripeCharge, kind: DisputeKind): void =>
  books.later('stripe.dispute', disputeDelayMs, { charge: id, kind });

/** Captures `amount` of an authorised intent and releases the rest of the authorisation. */
export function settleCharge(
  books: StripeBooks,
  intent: StripeIntent,
  amount: number,
  call: StripeCall,
): StripeIntent {
  const charge = books.charge(intent.latest_charge ?? '');
  const transaction = bookCapture(books, charge, amount);
  const captured = books.saveCharge({
    ...charge,
    amount_captured: amount,
    balance_transaction: transaction,
    captured: true,
  });
  const paid = books.saveIntent({
    ...intent,
    amount_capturable: 0,
    amount_received: amount,
    status: 'succeeded',
  });
  books.emit('charge.captured', captured, call);
  books.emit('payment_intent.succeeded', paid, call);
  const later = books.isContested(charge) ? 'dispute' : findMethod(charge.payment_method)?.later;
  if (later === 'dispute') disputeSoon(books, charge, 'chargeback');
  if (later === 'inquiry') disputeSoon(books, charge, 'inquiry');
  return paid;
}

function takeMoney(
  books: StripeBooks,
  intent: StripeIntent,
  method: StripeMethod,
  call: StripeCall,
): StripeIntent {
  const charge = books.saveCharge(newCharge(books, intent, method, null));
  keepMethod(books, intent);
  books.emit('charge.succeeded', charge, call);
  const authorised: StripeIntent = {
    ...intent,
    latest_charge: charge.id,
    amount_capturable: intent.amount,
    status: 'requires_capture',
  };
  if (intent.capture_method !== 'manual') return settleCharge(books, authorised, intent.amount, call);
  books.saveIntent(authorised);
  books.emit('payment_intent.amount_capturable_updated', authorised, call);
  return authorised;
}

function decline(books: StripeBooks, intent: StripeIntent, method: StripeMethod, call: StripeCall): never {
  const code = method.code ?? 'card_declined';
  const tried = code === 'card_declined' || method.outcome === 'decline';
  const charge = tried ? books.saveCharge(newCharge(books, intent, method, code)) : undefined;
  const error: StripeError = {
    type: tried || code === 'authentication_required' ? 'card_error' : 'invalid_request_error',
    code,
    message: tried ? 'Your card was declined.' : 'The provided PaymentMethod has failed authentication.',
    ...(method.declineCode && { decline_code: method.declineCode }),
    ...(charge && { charge: charge.id }),
    payment_method: { id: method.id, object: 'payment_method', type: method.type },
  };
  const failed = books.saveIntent({
    ...intent,
    last_payment_error: error,
    latest_charge: charge?.id ?? intent.latest_charge,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  });
  if (charge !== undefined) books.emit('charge.failed', charge, call);
  books.emit('payment_intent.payment_failed', failed, call);
  throw new StripeRefusal(402, { ...error, payment_intent: failed });
}

/**
 * Stripe books a charge with the amount that was authorised. What is not captured of it is taken off in a second
 * transaction, which looks like a refund. Gives the id of the first.
 */
function bookCapture(
  books: StripeBooks,
  { id, amount, currency, payment_intent }: StripeCharge,
  taken: number,
) {
  const fee = stripeFee(taken, currency);
  const booked = books.book('charge', id, { amount, currency, fee });
  if (taken < amount) {
    const rest = newId('re');
    const reversal = { category: 'partial_capture_reversal' };
    const { id: transaction } = books.book('refund', rest, { amount: taken - amount, currency, ...reversal });
    books.saveRelease({
      id: rest,
      amount: amount - taken,
      balance_transaction: transaction,
      charge: id,
      currency,
      payment_intent,
    });
  }
  return booked.id;
}
