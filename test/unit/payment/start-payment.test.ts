import { describe, expect, test } from 'vitest';
import { receivePaymentCallback, startPayment } from '../../../shared/payment/index.ts';
import { cancelled, expired, placed, untilAuthorised, untilStarted } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';
import { createWorld } from '../../fakes/world.ts';

const confirm = { type: 'confirm', clientSecret: 'pi_1_secret' };

describe('starting a payment', () => {
  test('makes the intent and says what the shopper does next', async () => {
    const world = createWorld(timelineOf([placed()]));
    const started = await startPayment(world.deps, orderId);
    expect(started).toEqual({ paymentId: idOf('payment', 1), nextAction: confirm });
    expect(world.names()).toEqual(['order.placed', 'payment.started']);
  });

  test('asked again it gives the same next action and makes nothing', async () => {
    const world = createWorld(timelineOf([placed()]));
    const first = await startPayment(world.deps, orderId);
    expect(await startPayment(world.deps, orderId)).toEqual(first);
    expect(world.provider.done.intents).toBe(1);
    expect(world.names()).toEqual(['order.placed', 'payment.started']);
  });

  test.each(['before', 'after'] as const)(
    'no answer, lost %s the effect: the shopper tries again and pays (a retry is never refused for ever)',
    async (when) => {
      const world = createWorld(timelineOf([placed()]));
      world.provider.breakNext('start', when);
      expect((await startPayment(world.deps, orderId)).nextAction).toEqual({ type: 'pending' });
      expect(world.names()).toEqual(['order.placed']);
      expect((await startPayment(world.deps, orderId)).nextAction).toEqual(confirm);
      expect(world.provider.done.intents).toBe(1);
    },
  );

  test('the shopper may try again after a decline, with the same intent', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    world.provider.pay('authorised');
    world.provider.decline('card_declined');
    expect((await startPayment(world.deps, orderId)).nextAction).toEqual(confirm);
    expect(world.names().at(-1)).toBe('payment.failed');
  });

  test('what is paid or over has no next action', async () => {
    for (const facts of [untilAuthorised(), [...untilStarted(), expired()]]) {
      const world = createWorld(timelineOf(facts));
      expect((await startPayment(world.deps, orderId)).nextAction).toEqual({ type: 'none' });
      expect(world.provider.done.intents).toBe(0);
    }
  });

  test('an intent that is not the order’s own is let go and not shown', async () => {
    const world = createWorld(timelineOf(untilStarted()));
    await startPayment(createWorld(timelineOf([placed()])).deps, orderId);
    world.provider.pay('authorised');
    world.provider.change({ status: 'waiting', providerPaymentId: 'pi_2' });
    expect((await startPayment(world.deps, orderId)).nextAction).toEqual({ type: 'none' });
    expect(world.provider.done.voids).toBe(1);
    expect(world.notices.map(({ code }) => code)).toEqual(['callback-without-order']);
  });
});

describe('races', () => {
  const hold = (world: ReturnType<typeof createWorld>, callbackId: string) => {
    world.provider.pay('authorised');
    const news = { orderId, paymentId: idOf('payment', 1), payment: world.provider.payment() };
    return receivePaymentCallback(world.deps, {
      ...{ code: 'stripe', callbackId },
      rawBody: callbackBody({ kind: 'payment', ...news }),
    });
  };

  test('the webhook of the hold is written while the start is: both facts are there once', async () => {
    const world = createWorld(timelineOf([placed()]));
    world.timelines.beforeNextAppend(() => hold(world, 'evt_1'));
    await startPayment(world.deps, orderId);
    expect(world.names()).toEqual(['order.placed', 'payment.started', 'payment.authorised']);
  });

  test('the order is cancelled while the provider makes the intent: it is recorded and let go', async () => {
    const world = createWorld(timelineOf([placed()]));
    world.timelines.beforeNextAppend(async () => {
      const timeline = await world.timelines.load(orderId);
      if (timeline === undefined) throw new Error('no order');
      const now = '2026-11-23T10:01:00.000Z';
      await world.timelines.append({ timeline, facts: [cancelled()], cause: { by: 'shopper' }, now });
    });
    await startPayment(world.deps, orderId);
    expect(world.names()).toEqual(['order.placed', 'order.cancelled', 'payment.started', 'payment.voided']);
    expect(world.provider.done.voids).toBe(1);
  });
});
