/**
 * Does the same as Stripe.js when the shopper presses "pay": the card never reaches us. `card` is the test method of a
 * card. Throws an Error with the answer if the card is not accepted.
 */
export async function confirmAsBrowser(
  stripeUrl: string,
  clientSecret: string,
  card = 'pm_card_visa',
): Promise<void> {
  const intentId = clientSecret.split('_secret_')[0];
  const response = await fetch(`${stripeUrl}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer pk_test_sample' },
    body: new URLSearchParams({ payment_method: card, client_secret: clientSecret }),
  });
  if (!response.ok) throw new Error(`the card was not accepted: ${await response.text()}`);
}
