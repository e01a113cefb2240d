// Confirms a payment at the provider itself, as Stripe.js does: the card's number never passes through the shop.
// With a real account this file is replaced by <script src="https://js.stripe.com/...">.

/** Any publishable key will do at the sandbox. */
const PUBLISHABLE_KEY = 'pk_test_sample_shop';

/** The provider refused the card; another one may be tried on the same order. */
export class CardRefused extends Error {}

/**
 * Confirms the payment that the client secret belongs to. Gives the address to which the cardholder has to go to
 * confirm it at the bank, or undefined when nothing more is to do.
 */
export async function confirmCard(url, clientSecret, { number, expiry, cvc }, returnUrl) {
  const intentId = clientSecret.split('_secret_')[0];
  const [month, year] = expiry.split('/').map((part) => part.trim());
  const response = await fetch(`${url}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` },
    body: new URLSearchParams({
      client_secret: clientSecret,
      return_url: returnUrl,
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': number,
      'payment_method_data[card][exp_month]': month,
      'payment_method_data[card][exp_year]': year,
      'payment_method_data[card][cvc]': cvc,
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new CardRefused(wordsOf(answer.error ?? {}));
  return answer.next_action?.redirect_to_url?.url;
}

/**
 * Reads the query with which the bank's page sends the cardholder back. Gives whether the payment was confirmed, or
 * undefined when the query is not about the payment of this client secret.
 */
export function readReturn(query, clientSecret) {
  if (!query.has('redirect_status') || query.get('payment_intent_client_secret') !== clientSecret)
    return undefined;
  return { isConfirmed: query.get('redirect_status') === 'succeeded' };
}

function wordsOf({ message = 'The card was not accepted.', decline_code }) {
  return decline_code === undefined ? message : `${message} (${decline_code.replaceAll('_', ' ')})`;
}
