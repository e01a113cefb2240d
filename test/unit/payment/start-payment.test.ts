import { describe, expect, test } from 'vitest';
import { receivePaymentCallback, startPayment } from '../../../shared/payment/index.ts';
import { cancelled, expired, placed, untilAuthorised, untilStarted } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';

const confirm = { type: 'confirm', clientSecret: 'pi_1_secret' };

describe('starting a payment', () => {
  test('creates the intent and gives the shopper’s next action', async () => {
    const harness = createHarness(timelineOf([placed()]));
    const started = await startPayment(harness.deps, orderId);
    expect(started).toEqual({ paymentId: idOf('payment', 1), nextAction: confirm });
    expect(harness.names()).toEqual(['order.placed', 'payment.started']);
  });

  test('gives the same next action when it is repeated, and creates no second intent', async () => {
    const harness = createHarness(timelineOf([placed()]));
    const first = await startPayment(harness.deps, orderId);
    expect(await startPayment(harness.deps, orderId)).toEqual(first);
    expect(harness.provider.done.intents).toBe(1);
    expect(harness.names()).toEqual(['order.placed', 'payment.started']);
  });

  test.each(['before', 'after'] as const)(
    'no answer, lost %s the effect: the shopper tries again and pays (a retry is never refused for ever)',
    async (when) => {
      const harness = createHarness(timelineOf([placed()]));
      harness.provider.breakNext('start', when);
      expect((await startPayment(harness.deps, orderId)).nextAction).toEqual({ type: 'pending' });
      expect(harness.names()).toEqual(['order.placed']);
      expect((await startPayment(harness.deps, orderId)).nextAction).toEqual(confirm);
      expect(harness.provider.done.intents).toBe(1);
    },
  );

  test('lets the shopper try again with the same intent after a decline', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    harness.provider.pay('authorised');
    harness.provider.decline('card_declined');
    expect((await startPayment(harness.deps, orderId)).nextAction).toEqual(confirm);
    expect(harness.names().at(-1)).toBe('payment.failed');
  });

  test('gives no next action for a payment that is made or has ended', async () => {
    for (const facts of [untilAuthorised(), [...untilStarted(), expired()]]) {
      const harness = createHarness(timelineOf(facts));
      expect((await startPayment(harness.deps, orderId)).nextAction).toEqual({ type: 'none' });
      expect(harness.provider.done.intents).toBe(0);
    }
  });

  test('voids an intent that does not belong to the order, and does not show it', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    await startPayment(createHarness(timelineOf([placed()])).deps, orderId);
    harness.provider.pay('authorised');
    harness.provider.change({ status: 'waiting', providerPaymentId: 'pi_2' });
    expect((await startPayment(harness.deps, orderId)).nextAction).toEqual({ type: 'none' });
    expect(harness.provider.done.voids).toBe(1);
    expect(harness.notices.map(({ code }) => code)).toEqual(['callback-without-order']);
  });
});

describe('starting a payment during another event', () => {
  const hold = (harness: ReturnType<typeof createHarness>, callbackId: string) => {
    harness.provider.pay('authorised');
    const update = { orderId, paymentId: idOf('payment', 1), payment: harness.provider.payment() };
    return receivePaymentCallback(harness.deps, {
      ...{ code: 'stripe', callbackId },
      rawBody: callbackBody({ kind: 'payment', ...update }),
    });
  };

  test('stores both facts once if the authorisation arrives while the start is stored', async () => {
    const harness = createHarness(timelineOf([placed()]));
    harness.timelines.beforeNextAppend(() => hold(harness, 'evt_1'));
    await startPayment(harness.deps, orderId);
    expect(harness.names()).toEqual(['order.placed', 'payment.started', 'payment.authorised']);
  });

  test('records and voids the intent if the order is cancelled meanwhile', async () => {
    const harness = createHarness(timelineOf([placed()]));
    harness.timelines.beforeNextAppend(async () => {
      const timeline = await harness.timelines.load(orderId);
      if (timeline === undefined) throw new Error('no order');
      const now = '2026-11-23T10:01:00.000Z';
      await harness.timelines.append({ timeline, facts: [cancelled()], cause: { by: 'shopper' }, now });
    });
    await startPayment(harness.deps, orderId);
    expect(harness.names()).toEqual(['order.placed', 'order.cancelled', 'payment.started', 'payment.voided']);
    expect(harness.provider.done.voids).toBe(1);
  });
});
