import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { findCardMethod } from '../../../shared/payment/providers/stripe/sandbox/methods.ts';
import { isCardNumber, testCards } from '../../../shared/payment/providers/stripe/sandbox/test-cards.ts';
import { startFast } from './sandbox.ts';
import { connectStripe } from './stripe-sdk.ts';

let partners: Partners;
let stripe: Stripe;

beforeAll(async () => {
  partners = await startFast('http://127.0.0.1:9');
  stripe = connectStripe(partners.urlOf('stripe'));
});
afterAll(() => partners.stop());

/** Confirms a new intent as a browser does, with the card's number. */
async function pay(card: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const intent = await stripe.paymentIntents.create({
    amount: 10_00,
    currency: 'eur',
    capture_method: 'manual',
    allowed_payment_method_types: ['card'],
  });
  const fields = Object.entries({ exp_month: '12', exp_year: '40', cvc: '123', ...card });
  const response = await fetch(`${partners.urlOf('stripe')}/v1/payment_intents/${intent.id}/confirm`, {
    method: 'POST',
    headers: { authorization: 'Bearer pk_test_shop' },
    body: new URLSearchParams({
      client_secret: intent.client_secret ?? '',
      'payment_method_data[type]': 'card',
      ...Object.fromEntries(fields.map(([name, value]) => [`payment_method_data[card][${name}]`, value])),
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const codeOf = ({ body }: { body: Record<string, unknown> }) => (body.error as { code?: string }).code;

describe('a card number, as a browser sends it', () => {
  it('stands for the test card with that number, with or without spaces', async () => {
    expect(await pay({ number: '4242 4242 4242 4242' })).toMatchObject({
      status: 200,
      body: { status: 'requires_capture', payment_method: 'pm_card_visa' },
    });
    const declined = await pay({ number: '4000000000009995' });
    expect(declined.status).toBe(402);
    expect(declined.body.error).toMatchObject({ code: 'card_declined', decline_code: 'insufficient_funds' });
  });

  it('is refused if mistyped, if it belongs to no test card, or if the card has expired', async () => {
    expect(codeOf(await pay({ number: '4242424242424241' }))).toBe('incorrect_number');
    // A well-formed number that no test card has.
    expect(codeOf(await pay({ number: '4111111111111111' }))).toBe('card_declined');
    expect(codeOf(await pay({ number: '4242424242424242', exp_month: '13' }))).toBe('invalid_expiry_month');
    expect(codeOf(await pay({ number: '4242424242424242', exp_year: '2020' }))).toBe('invalid_expiry_year');
  });

  it.each(testCards)('$number has a valid check digit, and its method $id is known', ({ number, id }) => {
    expect(isCardNumber(number)).toBe(true);
    expect(findCardMethod(id)?.id).toBe(id);
  });
});
