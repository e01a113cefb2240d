import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { type Receiver, startFast, startReceiver, until } from './sandbox.ts';
import { connectStripe, eventsAbout } from './stripe-sdk.ts';

let receiver: Receiver;
let partners: Partners;
let stripe: Stripe;

beforeAll(async () => {
  receiver = await startReceiver();
  partners = await startFast(receiver.url);
  stripe = connectStripe(partners.urlOf('stripe'));
});

afterAll(async () => {
  await partners.stop();
  await receiver.stop();
});

describe('disputes at Stripe', () => {
  it.each([
    ['winning_evidence', 'won'],
    ['losing_evidence', 'lost'],
  ])('with %s end %s', async (evidence, status) => {
    const paid = await stripe.paymentIntents.create({
      amount: 10_00,
      currency: 'eur',
      confirm: true,
      allowed_payment_method_types: ['card'],
      payment_method: 'pm_card_createDispute',
    });
    await until(() => eventsAbout(receiver, paid.id).includes('charge.dispute.created'));
    const [dispute] = (await stripe.disputes.list({ payment_intent: paid.id })).data;
    expect(dispute?.status).toBe('needs_response');
    await stripe.disputes.update(dispute?.id ?? '', {
      evidence: { uncategorized_text: evidence },
      submit: true,
    });
    await until(() => eventsAbout(receiver, paid.id).includes('charge.dispute.closed'));
    expect((await stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe(status);
  });
});

describe('events at Stripe', () => {
  it('can be listed and read again', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 10_00, currency: 'eur' });
    const listed = await stripe.events.list({ types: ['payment_intent.created'], limit: 100 });
    const event = listed.data.find((one) => JSON.stringify(one.data.object).includes(intent.id));
    expect(event).toMatchObject({ object: 'event', api_version: '2026-10-28.endive', livemode: false });
    expect((await stripe.events.retrieve(event?.id ?? '')).id).toBe(event?.id);
  });
});
