import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { type Receiver, startFast, startReceiver } from './sandbox.ts';
import { connectStripe, errorOf } from './stripe-sdk.ts';

let receiver: Receiver;
let partners: Partners;
let stripe: Stripe;

const card = { allowed_payment_method_types: ['card'], payment_method: 'pm_card_visa' };

beforeAll(async () => {
  receiver = await startReceiver();
  partners = await startFast(receiver.url);
  stripe = connectStripe(partners.urlOf('stripe'));
});

afterAll(async () => {
  await partners.stop();
  await receiver.stop();
});

describe('Stripe’s idempotency keys', () => {
  it('give the first answer again, also for a decline', async () => {
    const params = { amount: 12_34, currency: 'eur', confirm: true, ...card };
    const first = await stripe.paymentIntents.create(params, { idempotencyKey: 'same' });
    const again = await stripe.paymentIntents.create(params, { idempotencyKey: 'same' });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();

    const declined = { ...params, payment_method: 'pm_card_chargeDeclined' };
    const decline = await errorOf(stripe.paymentIntents.create(declined, { idempotencyKey: 'declined' }));
    const declineAgain = await errorOf(
      stripe.paymentIntents.create(declined, { idempotencyKey: 'declined' }),
    );
    expect(declineAgain.payment_intent?.id).toBe(decline.payment_intent?.id);
  });

  it('refuse other parameters, and can be used again after invalid parameters', async () => {
    await stripe.paymentIntents.create({ amount: 10_00, currency: 'eur' }, { idempotencyKey: 'other' });
    const error = await errorOf(
      stripe.paymentIntents.create({ amount: 11_00, currency: 'eur' }, { idempotencyKey: 'other' }),
    );
    expect(error).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    await errorOf(
      stripe.paymentIntents.create({ amount: 1, currency: 'eur' }, { idempotencyKey: 'corrected' }),
    );
    const created = await stripe.paymentIntents.create(
      { amount: 10_00, currency: 'eur' },
      { idempotencyKey: 'corrected' },
    );
    expect(created.status).toBe('requires_payment_method');
  });

  it('answer 409 while the first call is running', async () => {
    partners.faults.add({
      partner: 'stripe',
      on: 'payment_intents.create',
      reference: 'ord_slow',
      call: { kind: 'slow', delayMs: 150 },
    });
    const params = { amount: 10_00, currency: 'eur', metadata: { orderId: 'ord_slow' } };
    const first = stripe.paymentIntents.create(params, { idempotencyKey: 'slow' });
    await new Promise((resolve) => setTimeout(resolve, 40));
    const second = await errorOf(stripe.paymentIntents.create(params, { idempotencyKey: 'slow' }));
    expect(second).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect((await first).status).toBe('requires_payment_method');
  });
});
