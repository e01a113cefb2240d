import { type Form, readInteger, readText } from './form.ts';
import { missing, StripeRefusal } from './refusal.ts';
import { cardMethodOf, isCardNumber } from './test-cards.ts';

/**
 * The test method for the card in `payment_method_data[card]`. A browser sends the card's number and expiry date.
 * `nowSeconds` is Unix time. Throws Stripe's 402 if the number has a typing error, if it is not the number of a test
 * card, or if the card has expired.
 */
export function methodOfCard(card: Form, nowSeconds: number): string {
  const number = readText(card, 'number')?.replaceAll(/[\s-]/g, '');
  if (number === undefined) throw missing('payment_method_data[card][number]');
  if (!isCardNumber(number)) throw cardError('incorrect_number', 'number', 'Your card number is incorrect.');
  checkExpiry(card, new Date(nowSeconds * 1000));
  const id = cardMethodOf(number);
  if (id !== undefined) return id;
  const message =
    'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.';
  throw cardError('card_declined', 'number', message);
}

/** A card expires at the end of its month. A year of two digits belongs to this century. */
function checkExpiry(card: Form, now: Date): void {
  const month = readInteger(card, 'exp_month');
  const year = readInteger(card, 'exp_year');
  if (month === undefined) throw missing('payment_method_data[card][exp_month]');
  if (year === undefined) throw missing('payment_method_data[card][exp_year]');
  if (month < 1 || month > 12)
    throw cardError('invalid_expiry_month', 'exp_month', "Your card's expiration month is invalid.");
  const fullYear = year < 100 ? 2000 + year : year;
  const isPast = fullYear * 12 + month < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
  if (isPast || fullYear > now.getUTCFullYear() + 50)
    throw cardError('invalid_expiry_year', 'exp_year', "Your card's expiration year is invalid.");
}

function cardError(code: string, param: string, message: string): StripeRefusal {
  return new StripeRefusal(402, { type: 'card_error', code, message, param }, false);
}
