import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
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
import { createHarness, type Harness } from '../../fakes/harness.ts';

function stopped(facts: readonly NewFact[], as: 'authorised' | 'captured'): Harness {
  const harness = createHarness(timelineOf(facts));
  harness.provider.pay(as);
  return harness;
}

const returnUnused = (harness: Harness) => returnMoney(harness.deps, orderId, harness.cause);

describe('a stopped order', () => {
  test('lets a hold go', async () => {
    const harness = stopped([...untilAuthorised(), cancelled()], 'authorised');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(4)).toEqual(['payment.voided']);
    expect(harness.provider.done).toMatchObject({ voids: 1, refunds: 0 });
  });

  test('lets an intent go that nobody paid', async () => {
    const harness = stopped([...untilStarted(), cancelled()], 'authorised');
    harness.provider.change({ status: 'failed' });
    await returnUnused(harness);
    expect(harness.names().slice(3)).toEqual(['payment.voided']);
  });

  test('has nothing to give back when no payment was started', async () => {
    const harness = stopped([placed(), expired()], 'authorised');
    await returnUnused(harness);
    expect(harness.names()).toHaveLength(2);
  });

  test('refunds what was taken, named before it is asked for', async () => {
    const harness = stopped([...untilPaid(), cancelled()], 'captured');
    harness.provider.breakNext('refund', 'before');
    await expect(returnUnused(harness)).rejects.toThrow('no answer');
    expect(harness.names().at(-1)).toBe('refund.requested');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.provider.done.refunds).toBe(1);
  });

  test('whose void is refused because the money was taken records that and refunds it', async () => {
    const harness = stopped([...untilAuthorised(), cancelled()], 'captured');
    await returnUnused(harness);
    expect(harness.names().slice(4)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
  });

  test('waits while the provider can not void', async () => {
    const harness = stopped([...untilAuthorised(), cancelled()], 'authorised');
    harness.provider.void = async () => harness.provider.payment();
    await expect(returnUnused(harness)).rejects.toBeInstanceOf(NotYet);
    expect(harness.names()).toHaveLength(4);
    expect(harness.timelines.headOf(orderId)?.dueAt).toBeDefined();
  });

  test('a failed refund needs a person: it is not repeated for ever', async () => {
    const harness = stopped([...untilPaid(), cancelled()], 'captured');
    harness.provider.refundsAnswer('failed');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(6)).toEqual(['refund.requested', 'refund.failed']);
    expect(harness.timelines.headOf(orderId)).toMatchObject({ list: 'attention', dueAt: undefined });
  });

  test('two at once refund once', async () => {
    const harness = stopped([...untilPaid(), cancelled()], 'captured');
    await Promise.all([returnUnused(harness), returnUnused(harness)]);
    expect(harness.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.provider.done.refunds).toBe(1);
  });
});

describe('a refund by an operator', () => {
  const ask = (harness: Harness, requestId: string, amountMinor?: number) =>
    requestRefund(harness.deps, orderId, {
      requestId,
      operator: 'op-7',
      amount: amountMinor === undefined ? undefined : money(amountMinor, 'EUR'),
    });

  test('asks for part of what was taken, and the step pays it', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    expect(await ask(harness, 'key-1', 1000)).toMatchObject({
      ok: true,
      value: { amount: money(1000, 'EUR') },
    });
    await returnUnused(harness);
    expect(harness.names().slice(-2)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.timelines.headOf(orderId)?.status).toBe('dispatched');
  });

  test('the same request asks once and gives the same answer', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    const first = await ask(harness, 'key-1', 1000);
    expect(await ask(harness, 'key-1', 1000)).toEqual(first);
    expect(harness.names().filter((name) => name === 'refund.requested')).toHaveLength(1);
  });

  test('the same request with another amount is refused, and nobody is paid twice', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    await ask(harness, 'key-1', 1000);
    expect(await ask(harness, 'key-1', 2000)).toEqual({ ok: false, error: { reason: 'request-reused' } });
  });

  test('says who asked in its cause', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    await ask(harness, 'key-1', 1000);
    const facts = (await harness.timelines.load(orderId))?.facts;
    expect(facts?.at(-1)?.cause).toEqual({ by: 'operator', reference: 'op-7' });
  });

  test('all of it while goods are still to be sent is refused: such an order is stopped instead', async () => {
    const harness = stopped(untilPaid(), 'captured');
    expect(await ask(harness, 'key-1')).toEqual({ ok: false, error: { reason: 'order-running' } });
  });

  test('never more than is left, what is already going back included', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    await ask(harness, 'key-1', 3000);
    expect(await ask(harness, 'key-2', 928)).toEqual({
      ok: false,
      error: { reason: 'more-than-is-left', left: money(927, 'EUR') },
    });
    expect(await ask(harness, 'key-3')).toMatchObject({ ok: true, value: { amount: money(927, 'EUR') } });
    expect(await ask(harness, 'key-4')).toEqual({ ok: false, error: { reason: 'nothing-captured' } });
  });

  test('two at once can not take more than is left', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    const [one, two] = await Promise.all([ask(harness, 'a', 3000), ask(harness, 'b', 3000)]);
    expect([one.ok, two.ok].sort()).toEqual([false, true]);
  });

  test('in another currency or before anything was taken is refused by name', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    const amount = money(100, 'USD');
    expect(await requestRefund(harness.deps, orderId, { requestId: 'k', operator: 'op-7', amount })).toEqual({
      ok: false,
      error: { reason: 'other-currency' },
    });
    const unpaid = stopped(untilAuthorised(), 'authorised');
    expect(await ask(unpaid, 'k')).toEqual({ ok: false, error: { reason: 'nothing-captured' } });
  });
});
