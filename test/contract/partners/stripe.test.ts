import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Partners } from '../../../infra/sandbox/start-partners.ts';
import { type Receiver, startFast, startReceiver, until } from './sandbox.ts';
import { connectStripe, errorOf, eventsAbout } from './stripe-sdk.ts';

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

describe('payment intents through the official SDK', () => {
  it('authorise, capture a part, and refund in parts never more than was captured', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 10_00,
      currency: 'eur',
      capture_method: 'manual',
      confirm: true,
      metadata: { orderId: 'ord_1' },
      ...card,
    });
    expect(intent).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 10_00,
      metadata: { orderId: 'ord_1' },
    });
    expect((await errorOf(stripe.refunds.create({ payment_intent: intent.id }))).code).toBe(
      'charge_not_refundable',
    );
    expect((await errorOf(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 10_01 }))).code).toBe(
      'amount_too_large',
    );

    const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 8_00 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 8_00, amount_capturable: 0 });
    const twice = await errorOf(stripe.paymentIntents.capture(intent.id));
    expect(twice.code).toBe('payment_intent_unexpected_state');
    expect(twice.payment_intent?.status).toBe('succeeded');

    await stripe.refunds.create({ payment_intent: intent.id, amount: 3_00 });
    expect((await errorOf(stripe.refunds.create({ payment_intent: intent.id, amount: 5_01 }))).code).toBe(
      'amount_too_large',
    );
    await stripe.refunds.create({ payment_intent: intent.id });
    expect((await errorOf(stripe.refunds.create({ payment_intent: intent.id }))).code).toBe(
      'charge_already_refunded',
    );
    expect(
      (await stripe.refunds.list({ payment_intent: intent.id })).data.map((refund) => refund.amount),
    ).toEqual([5_00, 3_00]);

    await until(
      () => eventsAbout(receiver, intent.id).filter((type) => type === 'refund.updated').length === 2,
    );
    expect(eventsAbout(receiver, intent.id).sort()).toEqual([
      'payment_intent.amount_capturable_updated',
      'payment_intent.succeeded',
      'refund.created',
      'refund.created',
      'refund.updated',
      'refund.updated',
    ]);
  });

  it('answer a decline with 402 and the intent, and accept another card afterwards', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 20_00,
      currency: 'usd',
      allowed_payment_method_types: ['card'],
    });
    const declined = await errorOf(
      stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclinedInsufficientFunds' }),
    );
    expect(declined).toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
    });
    expect(declined.payment_intent?.status).toBe('requires_payment_method');
    expect((await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).status).toBe(
      'succeeded',
    );
    await until(() => eventsAbout(receiver, intent.id).includes('payment_intent.succeeded'));
    expect(eventsAbout(receiver, intent.id)).toContain('payment_intent.payment_failed');
  });

  it.each([
    ['succeed', 'succeeded', 'succeeded'],
    ['fail', 'requires_payment_method', 'failed'],
  ] as const)('sends the customer to a page that can %s', async (outcome, status, redirectStatus) => {
    const intent = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'jpy',
      confirm: true,
      payment_method: 'pm_card_authenticationRequired',
      return_url: 'https://shop.example/back?basket=1',
    });
    expect(intent.status).toBe('requires_action');
    const page = intent.next_action?.redirect_to_url?.url ?? '';
    const back = await fetch(`${page}?outcome=${outcome}`, { redirect: 'manual' });
    const location = new URL(back.headers.get('location') ?? '');
    expect(location.searchParams.get('basket')).toBe('1');
    expect(location.searchParams.get('redirect_status')).toBe(redirectStatus);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(status);
  });

  it('can be confirmed by a browser with publishable key and client secret, and nothing else', async () => {
    const browser = connectStripe(partners.urlOf('stripe'), 'pk_test_browser');
    const intent = await stripe.paymentIntents.create({
      amount: 20_00,
      currency: 'usd',
      allowed_payment_method_types: ['card'],
      metadata: { a: 'b' },
    });
    const confirm = (clientSecret: string) =>
      fetch(`${partners.urlOf('stripe')}/v1/payment_intents/${intent.id}/confirm`, {
        method: 'POST',
        headers: { authorization: 'Bearer pk_test_browser' },
        body: new URLSearchParams({ client_secret: clientSecret, payment_method: 'pm_card_visa' }),
      });
    expect((await confirm('wrong')).status).toBe(400);
    const confirmed = (await (await confirm(intent.client_secret ?? '')).json()) as object;
    expect(confirmed).toMatchObject({ status: 'succeeded' });
    expect(confirmed).not.toHaveProperty('metadata');
    expect((await errorOf(browser.paymentIntents.cancel(intent.id))).statusCode).toBe(403);
    expect(
      (
        await errorOf(
          connectStripe(partners.urlOf('stripe'), 'sk_test_wrong').paymentIntents.retrieve(intent.id),
        )
      ).statusCode,
    ).toBe(401);
  });

  it('can be cancelled before payment, and not afterwards', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 9_00,
      currency: 'gbp',
      capture_method: 'manual',
      confirm: true,
      ...card,
    });
    const cancelled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
    expect(cancelled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
      amount_capturable: 0,
    });
    const paid = await stripe.paymentIntents.create({
      amount: 9_00,
      currency: 'gbp',
      confirm: true,
      ...card,
    });
    expect((await errorOf(stripe.paymentIntents.cancel(paid.id))).code).toBe(
      'payment_intent_unexpected_state',
    );
    await until(() => eventsAbout(receiver, intent.id).includes('payment_intent.canceled'));
  });

  it('give a local method its details, and take the money when the customer paid', async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 250_00,
      currency: 'mxn',
      allowed_payment_method_types: ['oxxo'],
      payment_method_data: { type: 'oxxo', billing_details: { name: 'Ana', email: 'ana@example.com' } },
      confirm: true,
    });
    const voucher = intent.next_action?.oxxo_display_details;
    expect(voucher?.number).toMatch(/^\d{14}$/);
    const page = await fetch(voucher?.hosted_voucher_url ?? '');
    expect(await page.text()).toContain('>250.00 MXN<');
    await fetch(`${voucher?.hosted_voucher_url}?outcome=succeed`);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    const wrong = await errorOf(
      stripe.paymentIntents.create({
        amount: 250_00,
        currency: 'eur',
        allowed_payment_method_types: ['oxxo'],
      }),
    );
    expect(wrong.param).toBe('allowed_payment_method_types');
  });

  it.each([
    [{ amount: 0, currency: 'eur' }, 'amount_too_small'],
    [{ amount: 49, currency: 'eur' }, 'amount_too_small'],
    [{ amount: 100_000_000, currency: 'eur' }, 'amount_too_large'],
    [{ amount: 10_005, currency: 'bhd' }, undefined],
    [{ amount: 10_01, currency: 'isk' }, undefined],
    [{ amount: 10_00, currency: 'xyz' }, undefined],
    [{ amount: 10_00, currency: 'eur', colour: 'red' }, 'parameter_unknown'],
    [
      { amount: 10_00, currency: 'eur', payment_method_types: ['card'] },
      'payment_method_types_no_longer_supported',
    ],
    [{ amount: 10_00, currency: 'eur', confirm: true, payment_method: 'pm_card_visa' }, undefined],
  ])('refuses %j', async (params, code) => {
    const error = await errorOf(stripe.paymentIntents.create(params));
    expect(error).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError' });
    expect(error.code).toBe(code);
  });

  it('keep the allowed methods that fit the currency and the capture method', async () => {
    const allowed = ['card', 'ideal', 'oxxo', 'klarna'];
    const create = (more: object) =>
      stripe.paymentIntents.create({
        amount: 10_00,
        currency: 'eur',
        allowed_payment_method_types: allowed,
        ...more,
      });
    expect((await create({})).payment_method_types).toEqual(['card', 'ideal', 'klarna']);
    expect((await create({ capture_method: 'manual' })).payment_method_types).toEqual(['card', 'klarna']);
  });

  it('include the latest charge and its balance transaction on request', async () => {
    const paid = await stripe.paymentIntents.create({
      amount: 100_00,
      currency: 'eur',
      confirm: true,
      ...card,
    });
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(paid.id, {
      expand: ['latest_charge.balance_transaction'],
    });
    // 1.5 per cent of 100.00 and 0.25.
    expect(charge).toMatchObject({ object: 'charge', balance_transaction: { fee: 1_75, net: 98_25 } });
  });
});
