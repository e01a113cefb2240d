import { newId } from '../../../../../infra/sandbox/random.ts';
import { methodOfCard } from './card-reading.ts';
import { type Form, isForm, readForm, readText } from './form.ts';
import { findCardMethod, localMethods, type StripeMethod } from './methods.ts';
import { invalid, missing, noSuch, refuseState } from './refusal.ts';
import type { StripeIntent } from './wire.ts';

/** The method that the confirmation names, or the method that the intent already has. */
export function readMethod(intent: StripeIntent, params: Form): StripeMethod {
  const data = readForm(params, 'payment_method_data');
  if (data !== undefined) return methodFromData(data, intent);
  const id = readText(params, 'payment_method') ?? intent.payment_method ?? undefined;
  if (id !== undefined) return findMethod(id) ?? noMethod(id);
  const hint =
    'You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.';
  throw refuseState(
    intent,
    `You cannot confirm this PaymentIntent because it's missing a payment method. ${hint}`,
  );
}

function methodFromData(data: Form, { currency, created }: StripeIntent): StripeMethod {
  const type = readText(data, 'type') ?? '';
  const token = isForm(data.card) ? readText(data.card, 'token') : undefined;
  if (type === 'card' && token !== undefined)
    return findMethod(token.replace(/^tok_/, 'pm_card_')) ?? noMethod(token);
  // The expiry date is compared with the time of the intent's creation, because confirmation soon follows creation.
  if (type === 'card' && isForm(data.card)) {
    const id = methodOfCard(data.card, created);
    return findMethod(id) ?? noMethod(id);
  }
  const local = localMethods[type];
  if (local === undefined)
    throw invalid('payment_method_data[type]', `Invalid payment_method_data[type]: ${type}`);
  if (local.currencies !== undefined && !local.currencies.includes(currency)) {
    const which = `Payments with ${type} support the following currencies: ${local.currencies.join(', ')}.`;
    throw invalid('currency', `The currency provided (${currency}) is invalid. ${which}`);
  }
  const details = readForm(data, 'billing_details') ?? {};
  const absent = local.needs?.find((name) => readText(details, name) === undefined);
  if (absent !== undefined) throw missing(`payment_method_data[billing_details][${absent}]`);
  return { id: newId(`pm_${type}`, 16), type, outcome: 'await_customer' };
}

/** The method with this id: a test card, or a local method to which this sandbox gave the id. */
export function findMethod(id: string): StripeMethod | undefined {
  const type = /^pm_(\w+)_[A-Za-z0-9]{16}$/.exec(id)?.[1];
  if (type !== undefined && localMethods[type] !== undefined) return { id, type, outcome: 'await_customer' };
  return findCardMethod(id);
}

export function noMethod(id: string): never {
  throw noSuch('PaymentMethod', id, 'payment_method', 400);
}
