import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/catalog.ts';
import { money } from '../../../shared/kernel/money.ts';
import { requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { NotYet } from '../../../shared/timeline/index.ts';
import {
  cancelled,
  expired,
  placed,
  untilAuthorised,
  untilDispatched,
  untilPaid,
  untilStarted,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createWorld, type World } from '../../fakes/world.ts';

function stopped(facts: readonly NewFact[], as: 'authorised' | 'captured'): World {
  const world = createWorld(timelineOf(facts));
  world.provider.pay(as);
  return world;
}

const giveBack = (world: World) => returnMoney(world.deps, orderId, world.cause);

describe('a stopped order', () => {
  test('lets a hold go', async () => {
    const world = stopped([...untilAuthorised(), cancelled()], 'authorised');
    await giveBack(world);
    await giveBack(world);
    expect(world.names().slice(4)).toEqual(['payment.voided']);
    expect(world.provider.done).toMatchObject({ voids: 1, refunds: 0 });
  });

  test('lets an intent go that nobody paid', async () => {
    const world = stopped([...untilStarted(), cancelled()], 'authorised');
    world.provider.change({ status: 'failed' });
    await giveBack(world);
    expect(world.names().slice(3)).toEqual(['payment.voided']);
  });

  test('has nothing to give back when no payment was started', async () => {
    const world = stopped([placed(), expired()], 'authorised');
    await giveBack(world);
    expect(world.names()).toHaveLength(2);
  });

  test('refunds what was taken, named before it is asked for', async () => {
    const world = stopped([...untilPaid(), cancelled()], 'captured');
    world.provider.breakNext('refund', 'before');
    await expect(giveBack(world)).rejects.toThrow('no answer');
    expect(world.names().at(-1)).toBe('refund.requested');
    await giveBack(world);
    await giveBack(world);
    expect(world.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
    expect(world.provider.done.refunds).toBe(1);
  });

  test('whose void is refused because the money was taken records that and refunds it', async () => {
    const world = stopped([...untilAuthorised(), cancelled()], 'captured');
    await giveBack(world);
    expect(world.names().slice(4)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
  });

  test('waits while the provider can not let go', async () => {
    const world = stopped([...untilAuthorised(), cancelled()], 'authorised');
    world.provider.void = async () => world.provider.payment();
    await expect(giveBack(world)).rejects.toBeInstanceOf(NotYet);
    expect(world.names()).toHaveLength(4);
    expect(world.timelines.headOf(orderId)?.dueAt).toBeDefined();
  });

  test('a failed refund is a person’s: it is not tried for ever', async () => {
    const world = stopped([...untilPaid(), cancelled()], 'captured');
    world.provider.refundsAnswer('failed');
    await giveBack(world);
    await giveBack(world);
    expect(world.names().slice(6)).toEqual(['refund.requested', 'refund.failed']);
    expect(world.timelines.headOf(orderId)).toMatchObject({ list: 'attention', dueAt: undefined });
  });

  test('two at once refund once', async () => {
    const world = stopped([...untilPaid(), cancelled()], 'captured');
    await Promise.all([giveBack(world), giveBack(world)]);
    expect(world.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
    expect(world.provider.done.refunds).toBe(1);
  });
});

describe('a refund by an operator', () => {
  const ask = (world: World, requestId: string, amountMinor?: number) =>
    requestRefund(world.deps, orderId, {
      requestId,
      operator: 'op-7',
      amount: amountMinor === undefined ? undefined : money(amountMinor, 'EUR'),
    });

  test('asks for part of what was taken, and the step pays it', async () => {
    const world = stopped(untilDispatched(), 'captured');
    expect(await ask(world, 'key-1', 1000)).toMatchObject({
      ok: true,
      value: { amount: money(1000, 'EUR') },
    });
    await giveBack(world);
    expect(world.names().slice(-2)).toEqual(['refund.requested', 'refund.paid']);
    expect(world.timelines.headOf(orderId)?.status).toBe('dispatched');
  });

  test('the same request asks once and gives the same answer', async () => {
    const world = stopped(untilDispatched(), 'captured');
    const first = await ask(world, 'key-1', 1000);
    expect(await ask(world, 'key-1', 1000)).toEqual(first);
    expect(world.names().filter((name) => name === 'refund.requested')).toHaveLength(1);
  });

  test('the same request with another amount is refused, and nobody is paid twice', async () => {
    const world = stopped(untilDispatched(), 'captured');
    await ask(world, 'key-1', 1000);
    expect(await ask(world, 'key-1', 2000)).toEqual({ ok: false, error: { reason: 'request-reused' } });
  });

  test('says who asked in its cause', async () => {
    const world = stopped(untilDispatched(), 'captured');
    await ask(world, 'key-1', 1000);
    const facts = (await world.timelines.load(orderId))?.facts;
    expect(facts?.at(-1)?.cause).toEqual({ by: 'operator', reference: 'op-7' });
  });

  test('all of it while goods are still to be sent is refused: such an order is stopped instead', async () => {
    const world = stopped(untilPaid(), 'captured');
    expect(await ask(world, 'key-1')).toEqual({ ok: false, error: { reason: 'order-running' } });
  });

  test('never more than is left, what is already going back included', async () => {
    const world = stopped(untilDispatched(), 'captured');
    await ask(world, 'key-1', 3000);
    expect(await ask(world, 'key-2', 928)).toEqual({
      ok: false,
      error: { reason: 'more-than-is-left', left: money(927, 'EUR') },
    });
    expect(await ask(world, 'key-3')).toMatchObject({ ok: true, value: { amount: money(927, 'EUR') } });
    expect(await ask(world, 'key-4')).toEqual({ ok: false, error: { reason: 'nothing-captured' } });
  });

  test('two at once can not take more than is left', async () => {
    const world = stopped(untilDispatched(), 'captured');
    const [one, two] = await Promise.all([ask(world, 'a', 3000), ask(world, 'b', 3000)]);
    expect([one.ok, two.ok].sort()).toEqual([false, true]);
  });

  test('in another currency or before anything was taken is refused by name', async () => {
    const world = stopped(untilDispatched(), 'captured');
    const amount = money(100, 'USD');
    expect(await requestRefund(world.deps, orderId, { requestId: 'k', operator: 'op-7', amount })).toEqual({
      ok: false,
      error: { reason: 'other-currency' },
    });
    const unpaid = stopped(untilAuthorised(), 'authorised');
    expect(await ask(unpaid, 'k')).toEqual({ ok: false, error: { reason: 'nothing-captured' } });
  });
});
