/** Posts a form to the sandbox of Stripe: as a browser, or as a person who needs no key. */
export async function postToStripe<Answer>(
  stripeUrl: string,
  path: string,
  { form, key }: { readonly form: Record<string, string>; readonly key?: string | undefined },
): Promise<Answer> {
  const response = await fetch(`${stripeUrl}${path}`, {
    method: 'POST',
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    body: new URLSearchParams(form),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** The shopper chooses Klarna in the browser and agrees on Klarna's page. */
export async function payByKlarna(stripeUrl: string, clientSecret: string): Promise<void> {
  const intentId = clientSecret.split('_secret_')[0] ?? '';
  await postToStripe(stripeUrl, `/v1/payment_intents/${intentId}/confirm`, {
    form: {
      ...{ client_secret: clientSecret, return_url: 'https://shop.example/return' },
      'payment_method_data[type]': 'klarna',
    },
    key: 'pk_test_browser',
  });
  const page = `${stripeUrl}/sandbox/authorise/${intentId}?outcome=succeed`;
  await fetch(page, { redirect: 'manual' });
}
