// Confirms a payment at the payment provider, as Stripe.js does. The shop never receives the card number. For a real
// account, replace this file by <script src="https://js.stripe.com/...">.

/** The sandbox accepts any publishable key. */
const PUBLISHABLE_KEY = 'pk_test_sample_shop';

/** The provider refused the payment. The shopper may try again for the same order. */
export class PaymentRefused extends Error {}

/** Whether the page asks for a card before it confirms a payment by this method. */
export const needsCard = (method) => method === 'card';

/**
 * Confirms the payment of this client secret. Gives what the shopper does next, in the form of the API's `nextAction`:
 * nothing, or a page to go to, a code to scan, a voucher to pay. `url` is the address of the provider's server.
 */
export async function confirmPayment({ url, clientSecret, method, card, returnUrl }) {
  const intentId = clientSecret.split('_secret_')[0];
  const response = await fetch(`${url}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PUBLISHABLE_KEY}` },
    body: new URLSearchParams({
      client_secret: clientSecret,
      return_url: returnUrl,
      ...(needsCard(method) ? cardData(card) : methodData(method)),
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new PaymentRefused(wordsOf(answer.error ?? {}));
  return toNextAction(answer.next_action);
}

function cardData({ number, expiry, cvc }) {
  const [month, year] = expiry.split('/').map((part) => part.trim());
  return {
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    'payment_method_data[card][exp_month]': month,
    'payment_method_data[card][exp_year]': year,
    'payment_method_data[card][cvc]': cvc,
  };
}

/** Stripe's type of a method that has another name there. */
const TYPES = { afterpay: 'afterpay_clearpay' };

const methodData = (method) => ({
  'payment_method_data[type]': TYPES[method] ?? method.replaceAll('-', '_'),
});

/** Stripe's next action: its details are in a member that has the name of its type. */
function toNextAction(action) {
  if (action == null) return { type: 'none' };
  const details = action[action.type] ?? {};
  if (typeof details.url === 'string') return { type: 'redirect', url: details.url };
  const { data, expires_at } = { ...details, ...details.qr_code };
  if (typeof data === 'string') return { type: 'qr', payload: data, expiresAt: instant(expires_at) };
  const { number, reference, entity, hosted_voucher_url: url, expires_after } = details;
  const text = [entity, number ?? reference].filter(Boolean).join(' ');
  return { type: 'voucher', reference: text, url, expiresAt: instant(expires_at ?? expires_after) };
}

/** Unix seconds as an instant; undefined if Stripe does not say when it ends. */
const instant = (seconds) => (seconds === undefined ? undefined : new Date(seconds * 1_000).toISOString());

/**
 * Reads the query with which the bank's page sends the shopper back. Gives whether the payment was confirmed, or
 * undefined when the query is not about the payment of this client secret.
 */
export function readReturn(query, clientSecret) {
  if (!query.has('redirect_status') || query.get('payment_intent_client_secret') !== clientSecret)
    return undefined;
  return { isConfirmed: query.get('redirect_status') === 'succeeded' };
}

function wordsOf({ message = 'The payment was not accepted.', decline_code }) {
  return decline_code === undefined ? message : `${message} (${decline_code.replaceAll('_', ' ')})`;
}
