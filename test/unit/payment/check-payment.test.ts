import { describe, expect, test } from 'vitest';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { checkPayment } from '../../../shared/payment/index.ts';
import { placed, untilStarted } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

function waiting(): Harness {
  const harness = createHarness(timelineOf(untilStarted()));
  harness.provider.pay('authorised');
  harness.provider.change({ status: 'waiting' });
  return harness;
}

const check = (harness: Harness) => checkPayment(harness.deps, orderId, { by: 'clock' });
const afterReservation = 40 * minuteMs;

describe('a payment without a callback', () => {
  test('is read from the provider, and missing facts are recorded', async () => {
    const harness = waiting();
    harness.provider.change({ status: 'authorised' });
    await check(harness);
    expect(harness.names().at(-1)).toBe('payment.authorised');
  });

  test('may wait as long as the stock reservation lasts', async () => {
    const harness = waiting();
    await check(harness);
    expect(harness.names()).toHaveLength(2);
    expect(harness.provider.done.voids).toBe(0);
  });

  test('is voided after the reservation has expired; then the order expires and its stock is released', async () => {
    const harness = waiting();
    harness.pass(afterReservation);
    await check(harness);
    expect(harness.names().slice(2)).toEqual(['payment.voided', 'order.expired']);
    expect(harness.timelines.stock.get('cn-shenzhen#TEA-TOWEL')).toMatchObject({
      available: 1000,
      reserved: 0,
    });
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'expired', dueAt: undefined });
  });

  test('is voided at the instant at which the reservation ends, and not a millisecond before', async () => {
    const harness = waiting();
    // The harness starts a minute after the order was placed, and the reservation takes thirty.
    harness.pass(29 * minuteMs - 1);
    await check(harness);
    expect(harness.provider.done.voids).toBe(0);
    harness.pass(1);
    await check(harness);
    expect(harness.names().slice(2)).toEqual(['payment.voided', 'order.expired']);
  });

  test('is not voided if the shopper has paid, although the callback is lost and the reservation is over', async () => {
    const harness = waiting();
    harness.provider.change({ status: 'authorised' });
    harness.pass(afterReservation);
    await check(harness);
    expect(harness.names().slice(2)).toEqual(['payment.authorised']);
    expect(harness.provider.done.voids).toBe(0);
  });

  test('ends the order after the reservation if it has failed finally', async () => {
    const harness = waiting();
    harness.provider.decline('card_declined');
    harness.pass(afterReservation);
    await check(harness);
    expect(harness.names().slice(2)).toEqual(['payment.failed', 'payment.voided', 'order.expired']);
  });

  test('counts if it was made at the last moment, because the provider refuses the void', async () => {
    const harness = waiting();
    harness.pass(afterReservation);
    const { void: voidIntent } = harness.provider;
    harness.provider.void = (...args) => {
      harness.provider.pay('captured');
      return voidIntent(...args);
    };
    await check(harness);
    expect(harness.names().slice(2)).toEqual(['payment.authorised', 'payment.captured']);
    expect(harness.timelines.headOf(orderId)?.status).toBe('authorised');
  });

  test('is checked again if the void had no answer, and then the order expires', async () => {
    const harness = waiting();
    harness.pass(afterReservation);
    harness.provider.breakNext('void', 'after');
    await expect(check(harness)).rejects.toThrow('no answer');
    await check(harness);
    expect(harness.names().slice(2)).toEqual(['payment.voided', 'order.expired']);
    expect(harness.provider.done.voids).toBe(1);
  });

  test('expires with its reservation if it was never started', async () => {
    const harness = createHarness(timelineOf([placed()]));
    await check(harness);
    expect(harness.names()).toEqual(['order.placed']);
    harness.pass(afterReservation);
    await check(harness);
    expect(harness.names()).toEqual(['order.placed', 'order.expired']);
  });
});
