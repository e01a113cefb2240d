/** What the provider's browser library does when the shopper presses "pay": the card never passes through us. */
export async function confirmAsBrowser(
  url: string,
  clientSecret: string,
  card = 'pm_card_visa',
): Promise<void> {
  const intentId = clientSecret.split('_secret_')[0];
  const response = await fetch(`${url}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer pk_test_sample' },
    body: new URLSearchParams({ payment_method: card, client_secret: clientSecret }),
  });
  if (!response.ok) throw new Error(`the card was not accepted: ${await response.text()}`);
}
