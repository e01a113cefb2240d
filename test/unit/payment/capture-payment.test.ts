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
import { createWorld, type World } from '../../fakes/world.ts';

function withHold(facts = untilReleased()): World {
  const world = createWorld(timelineOf(facts));
  world.provider.pay('authorised');
  return world;
}

const capture = (world: World) => capturePayment(world.deps, orderId, world.cause);

describe('capturing', () => {
  test('takes what is held once the order is released', async () => {
    const world = withHold();
    await capture(world);
    expect(world.names().at(-1)).toBe('payment.captured');
    expect(world.timelines.headOf(orderId)?.status).toBe('paid');
  });

  test.each([
    ['not screened', untilAuthorised()],
    ['held', [...untilAuthorised(), screeningHeld()]],
    ['held after it was released', [...untilReleased(), screeningHeld()]],
    ['cancelled', [...untilReleased(), cancelled()]],
    ['captured', untilPaid()],
    ['voided', [...untilReleased(), voided()]],
  ])('takes nothing for an order that is %s', async (_, facts) => {
    const world = withHold(facts);
    await capture(world);
    expect(world.provider.done.captures).toBe(0);
    expect(world.names()).toHaveLength(facts.length);
  });

  test('a lost answer is asked for again and takes nothing twice', async () => {
    const world = withHold();
    world.provider.breakNext('capture', 'after');
    await expect(capture(world)).rejects.toThrow('no answer');
    await capture(world);
    await capture(world);
    expect(world.provider.done.captures).toBe(1);
    expect(world.names().filter((name) => name === 'payment.captured')).toHaveLength(1);
  });

  test('two at once take once', async () => {
    const world = withHold();
    await Promise.all([capture(world), capture(world)]);
    expect(world.provider.done.captures).toBe(1);
    expect(world.names().filter((name) => name === 'payment.captured')).toHaveLength(1);
  });

  test('an order cancelled while the provider captures gets its money back', async () => {
    const world = withHold();
    world.timelines.beforeNextAppend(async () => {
      await world.timelines.append({
        ...{ timeline: world.timeline(), facts: [cancelled()], cause: world.cause },
        now: '2026-11-23T10:02:00.000Z',
      });
    });
    await capture(world);
    expect(world.names().slice(4)).toEqual([
      'order.cancelled',
      'payment.captured',
      'refund.requested',
      'refund.paid',
    ]);
  });

  test('a hold that lapsed at the provider needs a person', async () => {
    const world = withHold();
    world.provider.change({ status: 'voided' });
    await capture(world);
    expect(world.names().slice(4)).toEqual(['payment.voided', 'order.held']);
    expect(world.timelines.headOf(orderId)).toMatchObject({ status: 'held', list: 'attention' });
  });
});

test('an order whose method captured at once is paid when it is released', async () => {
  const facts = [...untilAuthorised()];
  const world = createWorld(timelineOf(facts));
  world.provider.pay('captured');
  await world.timelines.append({
    ...{ timeline: world.timeline(), cause: world.cause, now: '2026-11-23T10:02:00.000Z' },
    facts: [
      { name: 'payment.captured', data: { ...authorised().data, providerReference: 'ch_1' } },
      released(),
    ],
  });
  await capture(world);
  expect(world.provider.done.captures).toBe(0);
  expect(world.timelines.headOf(orderId)?.status).toBe('paid');
});
