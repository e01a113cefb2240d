import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../infra/sandbox/start-partners.ts';
import { money } from '../../shared/kernel/money.ts';
import type { BoundPaymentProvider } from '../../shared/payment/provider.ts';
import { stripe } from '../../shared/payment/providers/stripe/adapter.ts';
import { isSufficient } from '../../shared/payment/strong-authentication.ts';
import { idOf } from '../builders/ids.ts';
import { impatientSend, present } from '../fixtures/partner-calls.ts';
import { startFast } from './partners/sandbox.ts';

let partners: Partners;
let provider: BoundPaymentProvider;
let count = 0;

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:1', { withoutWebhooks: ['stripe'] });
  provider = stripe.bind(partners.settings()['partners-payment']?.stripe, impatientSend('stripe'));
});
afterAll(() => partners.stop());

/** Confirms as the browser's library does. The status of the intent after it. */
async function confirmed(country: string, card: string) {
  count += 1;
  const { payment, nextAction } = await provider.start(present(), {
    ...{ orderId: idOf('order', count), paymentId: idOf('payment', count), method: 'card', country },
    ...{ amount: money(4_990, 'EUR'), payableUntil: '2099-01-04T10:00:00.000Z' },
  });
  if (nextAction.type !== 'confirm') throw new Error(nextAction.type);
  const { providerPaymentId } = payment;
  const url = partners.urlOf('stripe');
  const response = await fetch(`${url}/v1/payment_intents/${providerPaymentId}/confirm`, {
    ...{ method: 'POST', headers: { authorization: 'Bearer pk_test_browser' } },
    body: new URLSearchParams({ client_secret: nextAction.clientSecret, payment_method: card }),
  });
  const { status } = (await response.json()) as { readonly status: string };
  const authenticates = () =>
    fetch(`${url}/sandbox/authorise/${providerPaymentId}?outcome=succeed`, { redirect: 'manual' });
  return { status, authenticates, find: () => provider.find(present(), { providerPaymentId }) };
}

describe('a card that is authenticated only if that is asked for', () => {
  const card = 'pm_card_threeDSecureOptional';

  it.each(['DE', 'NO', 'GB'])('is asked for it where the capture needs it: %s', async (country) => {
    const { status, authenticates, find } = await confirmed(country, card);
    expect(status).toBe('requires_action');
    await authenticates();
    const { status: now, authentication } = await find();
    expect(now).toBe('authorised');
    expect(authentication).toEqual({ outcome: 'authenticated', by: '3-d-secure', eci: '05' });
    expect(isSufficient(authentication)).toBe(true);
  });

  it.each(['US', 'CH', 'JP'])('is left to Stripe elsewhere: %s', async (country) => {
    const { status, find } = await confirmed(country, card);
    expect(status).toBe('requires_capture');
    expect(await find()).toMatchObject({ status: 'authorised', authentication: { outcome: 'out-of-scope' } });
  });
});

it('a card without 3-D Secure is authorised all the same, and out of scope where its bank is', async () => {
  const { status, find } = await confirmed('DE', 'pm_card_visa');
  expect(status).toBe('requires_capture');
  expect(await find()).toMatchObject({ authentication: { outcome: 'out-of-scope' } });
});
