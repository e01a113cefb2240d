// Confirms a payment at the payment provider, as Stripe.js does. The shop never receives the card number. For a real
// account, replace this file by <script src="https://js.stripe.com/...">.

/** The sandbox accepts any publishable key. */
const PUBLISHABLE_KEY = 'pk_test_sample_shop';

/** The provider refused the card. The shopper may try another card for the same order. */
export class CardRefused extends Error {}

/**
 * Confirms the payment of this client secret. Gives an address if the cardholder must confirm the payment at the
 * bank; otherwise undefined.
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
