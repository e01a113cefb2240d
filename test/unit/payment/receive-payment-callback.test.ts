import { describe, expect, test } from 'vitest';
import { money } from '../../../shared/kernel/money.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import { receivePaymentCallback } from '../../../shared/payment/index.ts';
import type { PaymentNews } from '../../../shared/payment/provider.ts';
import { cancelled, untilReleased, untilStarted } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';
import { createWorld, type World } from '../../fakes/world.ts';

const paymentNews = (world: World, over: Partial<Extract<PaymentNews, { kind: 'payment' }>> = {}) =>
  ({
    ...{ kind: 'payment', orderId, paymentId: idOf('payment', 1), payment: world.provider.payment() },
    ...over,
  }) satisfies PaymentNews;

const call = (world: World, news: PaymentNews, callbackId = 'evt_1') =>
  receivePaymentCallback(world.deps, { code: 'stripe', callbackId, rawBody: callbackBody(news) });

describe('a payment callback', () => {
  test('becomes a fact whose cause is the call', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    world.provider.pay('authorised');
    await call(world, paymentNews(world));
    expect(world.names().at(-1)).toBe('payment.authorised');
    expect(world.facts().at(-1)?.cause).toEqual({ by: 'partner', reference: 'evt_1' });
  });

  test('repeated, it changes nothing', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    world.provider.pay('authorised');
    await call(world, paymentNews(world));
    await call(world, paymentNews(world));
    await call(world, paymentNews(world), 'evt_2');
    expect(world.names()).toHaveLength(3);
  });

  test('of an order that we do not have is told and dropped', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    world.provider.pay('authorised');
    await call(world, paymentNews(world, { orderId: idOf('order', 9) }));
    expect(world.notices).toEqual([
      {
        code: 'callback-without-order',
        detail: { partner: 'stripe', orderId: idOf('order', 9), callbackId: 'evt_1' },
      },
    ]);
  });

  test('of another payment than the order’s is not believed', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    world.provider.pay('authorised');
    await call(world, paymentNews(world, { paymentId: idOf('payment', 9) }));
    expect(world.names()).toHaveLength(2);
    expect(world.notices.map(({ code }) => code)).toEqual(['callback-without-order']);
  });

  test('with a word that we do not know is told and guesses nothing', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    await call(world, { kind: 'unrecognised', word: 'payment_intent.blessed' });
    expect(world.names()).toHaveLength(2);
    expect(world.notices).toEqual([
      {
        code: 'partner-word-unrecognised',
        detail: { partner: 'stripe', word: 'payment_intent.blessed', callbackId: 'evt_1' },
      },
    ]);
  });

  test('that is of no interest is silent', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    await call(world, { kind: 'ignored', word: 'payment_intent.created' });
    expect(world.notices).toEqual([]);
  });
});

describe('after the order was cancelled', () => {
  test('a hold is recorded and let go', async () => {
    const world = createWorld(timelineOf([...untilStarted(), cancelled()]));
    world.provider.pay('authorised');
    await call(world, paymentNews(world));
    expect(world.names().slice(3)).toEqual(['payment.authorised', 'payment.voided']);
  });

  test('a capture is recorded and refunded in full', async () => {
    const world = createWorld(timelineOf([...untilReleased(), cancelled()]));
    world.provider.pay('captured');
    await call(world, paymentNews(world));
    expect(world.names().slice(5)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
    expect(world.provider.done.refunds).toBe(1);
    expect(world.timelines.headOf(orderId)?.dueAt).toBeUndefined();
  });

  test('when the provider is silent on the undo, the repeated call does it', async () => {
    const world = createWorld(timelineOf([...untilReleased(), cancelled()]));
    world.provider.pay('captured');
    world.provider.breakNext('refund', 'after');
    await expect(call(world, paymentNews(world))).rejects.toBeInstanceOf(PartnerUnavailable);
    await call(world, paymentNews(world));
    expect(world.names().slice(5)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
    expect(world.provider.done.refunds).toBe(1);
  });
});

test('the webhook of a refund settles it', async () => {
  const world = createWorld(timelineOf([...untilReleased(), cancelled()]));
  world.provider.pay('captured');
  world.provider.refundsAnswer('pending');
  await call(world, paymentNews(world));
  expect(world.names().at(-1)).toBe('refund.requested');
  const refundId = idOf('refund', 100);
  const refund = world.provider.settleRefund(refundId, 'paid');
  await call(world, { kind: 'refund', orderId, paymentId: idOf('payment', 1), refund }, 'evt_2');
  await call(world, { kind: 'refund', orderId, paymentId: idOf('payment', 1), refund }, 'evt_3');
  expect(world.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
  expect(world.facts().at(-1)?.data).toMatchObject({
    amount: { amount: 3927, currency: money(1, 'EUR').currency },
  });
});
