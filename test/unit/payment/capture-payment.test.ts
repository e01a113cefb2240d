import { describe, expect, test } from 'vitest';
import { capturePayment } from '../../../shared/payment/index.ts';
import {
  authorised,
  cancelled,
  released,
  screeningHeld,
  untilAuthorised,
  untilPaid,
  untilReleased,
  voided,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

function withHold(facts = untilReleased()): Harness {
  const harness = createHarness(timelineOf(facts));
  harness.provider.pay('authorised');
  return harness;
}

const capture = (harness: Harness) => capturePayment(harness.deps, orderId, harness.cause);

describe('capturing a payment', () => {
  test('collects the authorised amount after the order is released', async () => {
    const harness = withHold();
    await capture(harness);
    expect(harness.names().at(-1)).toBe('payment.captured');
    expect(harness.timelines.headOf(orderId)?.status).toBe('paid');
  });

  test.each([
    ['not screened', untilAuthorised()],
    ['held', [...untilAuthorised(), screeningHeld()]],
    ['held after it was released', [...untilReleased(), screeningHeld()]],
    ['cancelled', [...untilReleased(), cancelled()]],
    ['captured', untilPaid()],
    ['voided', [...untilReleased(), voided()]],
  ])('collects nothing for an order that is %s', async (_, facts) => {
    const harness = withHold(facts);
    await capture(harness);
    expect(harness.provider.done.captures).toBe(0);
    expect(harness.names()).toHaveLength(facts.length);
  });

  test('repeats the call after a lost answer, and collects only once', async () => {
    const harness = withHold();
    harness.provider.breakNext('capture', 'after');
    await expect(capture(harness)).rejects.toThrow('no answer');
    await capture(harness);
    await capture(harness);
    expect(harness.provider.done.captures).toBe(1);
    expect(harness.names().filter((name) => name === 'payment.captured')).toHaveLength(1);
  });

  test('collects only once if two calls run at the same time', async () => {
    const harness = withHold();
    await Promise.all([capture(harness), capture(harness)]);
    expect(harness.provider.done.captures).toBe(1);
    expect(harness.names().filter((name) => name === 'payment.captured')).toHaveLength(1);
  });

  test('refunds an order that is cancelled while the provider captures', async () => {
    const harness = withHold();
    harness.timelines.beforeNextAppend(async () => {
      await harness.timelines.append({
        ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await capture(harness);
    expect(harness.names().slice(4)).toEqual([
      'order.cancelled',
      'payment.captured',
      'refund.requested',
      'refund.paid',
    ]);
  });

  test('needs a person if the authorisation has expired at the provider', async () => {
    const harness = withHold();
    harness.provider.change({ status: 'voided' });
    await capture(harness);
    expect(harness.names().slice(4)).toEqual(['payment.voided', 'order.held']);
    expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'held', list: 'attention' });
  });
});

test('an order whose method captured at once is paid at its release', async () => {
  const facts = [...untilAuthorised()];
  const harness = createHarness(timelineOf(facts));
  harness.provider.pay('captured');
  await harness.timelines.append({
    ...{ timeline: harness.timeline(), cause: harness.cause, now: '2026-11-23T10:02:00.000Z' },
    facts: [
      { name: 'payment.captured', data: { ...authorised().data, providerReference: 'ch_1' } },
      released(),
    ],
  });
  await capture(harness);
  expect(harness.provider.done.captures).toBe(0);
  expect(harness.timelines.headOf(orderId)?.status).toBe('paid');
});
