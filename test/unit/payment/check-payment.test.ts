import { describe, expect, test } from 'vitest';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { checkPayment } from '../../../shared/payment/index.ts';
import { placed, untilStarted } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createWorld, type World } from '../../fakes/world.ts';

function waiting(): World {
  const world = createWorld(timelineOf(untilStarted()));
  world.provider.pay('authorised');
  world.provider.change({ status: 'waiting' });
  return world;
}

const check = (world: World) => checkPayment(world.deps, orderId, { by: 'clock' });
const afterReservation = 40 * minuteMs;

describe('a payment that nobody called about', () => {
  test('is asked for, and what was missed is made up for', async () => {
    const world = waiting();
    world.provider.change({ status: 'authorised' });
    await check(world);
    expect(world.names().at(-1)).toBe('payment.authorised');
  });

  test('may wait as long as its reservation lasts', async () => {
    const world = waiting();
    await check(world);
    expect(world.names()).toHaveLength(2);
    expect(world.provider.done.voids).toBe(0);
  });

  test('is voided when the reservation has lapsed; the order expires and its stock is free', async () => {
    const world = waiting();
    world.pass(afterReservation);
    await check(world);
    expect(world.names().slice(2)).toEqual(['payment.voided', 'order.expired']);
    expect(world.timelines.stock.get('cn-shenzhen#TEA-TOWEL')).toMatchObject({
      available: 1000,
      reserved: 0,
    });
    expect(world.timelines.headOf(orderId)).toMatchObject({ status: 'expired', dueAt: undefined });
  });

  test('that was paid at the last moment counts: the void is refused', async () => {
    const world = waiting();
    world.pass(afterReservation);
    const { void: voidIntent } = world.provider;
    world.provider.void = (...args) => {
      world.provider.change({ status: 'captured', captured: world.provider.payment().amount });
      return voidIntent(...args);
    };
    await check(world);
    expect(world.names().slice(2)).toEqual(['payment.authorised', 'payment.captured']);
    expect(world.timelines.headOf(orderId)?.status).toBe('authorised');
  });

  test('whose void gave no answer is asked for again and expires then', async () => {
    const world = waiting();
    world.pass(afterReservation);
    world.provider.breakNext('void', 'after');
    await expect(check(world)).rejects.toThrow('no answer');
    await check(world);
    expect(world.names().slice(2)).toEqual(['payment.voided', 'order.expired']);
    expect(world.provider.done.voids).toBe(1);
  });

  test('that was never started expires with its reservation', async () => {
    const world = createWorld(timelineOf([placed()]));
    await check(world);
    expect(world.names()).toEqual(['order.placed']);
    world.pass(afterReservation);
    await check(world);
    expect(world.names()).toEqual(['order.placed', 'order.expired']);
  });
});
