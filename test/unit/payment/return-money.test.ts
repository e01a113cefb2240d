import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { decideByOperator } from '../../../shared/screening/decide-by-operator.ts';
import { NotYet, operatorRequest } from '../../../shared/timeline/index.ts';
import {
  cancelled,
  expired,
  labelVoided,
  parcelId,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  total,
  untilAuthorised,
  untilDispatched,
  untilPaid,
  untilStarted,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';

function stopped(facts: readonly NewFact[], as: 'authorised' | 'captured'): Harness {
  const harness = createHarness(timelineOf(facts));
  harness.provider.pay(as);
  return harness;
}

const part = { amount: 1000, currency: 'EUR' } as const;

const returnUnused = (harness: Harness) => returnMoney(harness.deps, orderId, harness.cause);

test('a refund is asked for with its time and with the references of the others', async () => {
  const harness = stopped(
    [
      ...untilPaid(),
      refundRequested({ amount: part }),
      refundRequested({ refundId: idOf('refund', 2), amount: part }),
    ],
    'captured',
  );
  const commands: unknown[] = [];
  const { refund } = harness.provider;
  const watched: typeof refund = (now, command) => {
    commands.push([command.refundId, command.askedAt, command.otherReferences]);
    return refund(now, command);
  };
  Object.assign(harness.provider, { refund: watched });
  await returnMoney(harness.deps, orderId, harness.cause);
  const [first, second] = harness.facts().filter(({ name }) => name === 'refund.requested');
  expect(commands).toEqual([
    [idOf('refund', 1), first?.recordedAt, []],
    [idOf('refund', 2), second?.recordedAt, ['re_1']],
  ]);
});

test('a refund with more decimal places than the provider takes fails at once, and can be given in another way', async () => {
  const harness = stopped(
    [...untilPaid(), refundRequested({ amount: { amount: 1034, currency: 'EUR' } })],
    'captured',
  );
  const whole = {
    flow: 'redirect',
    captures: 'at-once',
    partialCapture: 'none',
    authenticates: true,
  } as const;
  const methods = [{ ...whole, method: 'card', currencies: ['EUR'], digits: { EUR: 0 }, reservationMs: 1 }];
  Object.assign(harness.provider, { methods });
  await returnMoney(harness.deps, orderId, harness.cause);
  expect(harness.provider.done.refunds).toBe(0);
  expect(harness.facts().at(-1)).toMatchObject({ name: 'refund.failed', data: { code: 'amount-digits' } });
});

describe('a stopped order', () => {
  test('voids an authorisation', async () => {
    const harness = stopped([...untilAuthorised(), cancelled()], 'authorised');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(4)).toEqual(['payment.voided']);
    expect(harness.provider.done).toMatchObject({ voids: 1, refunds: 0 });
  });

  test('cancels an intent that nobody paid', async () => {
    const harness = stopped([...untilStarted(), cancelled()], 'authorised');
    harness.provider.change({ status: 'failed' });
    await returnUnused(harness);
    expect(harness.names().slice(3)).toEqual(['payment.voided']);
  });

  test('has nothing to return if no payment was started', async () => {
    const harness = stopped([placed(), expired()], 'authorised');
    await returnUnused(harness);
    expect(harness.names()).toHaveLength(2);
  });

  test('refunds captured money, and records the refund before it is requested', async () => {
    const harness = stopped([...untilPaid(), cancelled()], 'captured');
    harness.provider.breakNext('refund', 'before');
    await expect(returnUnused(harness)).rejects.toThrow('no answer');
    expect(harness.names().at(-1)).toBe('refund.requested');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.provider.done.refunds).toBe(1);
  });

  test('records and refunds the money if the void is refused because the money was captured', async () => {
    const harness = stopped([...untilAuthorised(), cancelled()], 'captured');
    await returnUnused(harness);
    expect(harness.names().slice(4)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
  });

  test('voids its authorisation if it expired', async () => {
    const harness = stopped([...untilStarted(), expired()], 'authorised');
    await returnUnused(harness);
    expect(harness.names().slice(3)).toEqual(['payment.voided']);
    expect(harness.provider.done.voids).toBe(1);
  });

  test('refunds only the rest after an operator’s refund', async () => {
    const earlier = [refundRequested({ amount: part }), refundPaid({ amount: part })];
    const harness = stopped([...untilPaid(), ...earlier, cancelled()], 'captured');
    await returnUnused(harness);
    expect(harness.names().slice(8)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.facts().at(-1)?.data).toMatchObject({ amount: { amount: 2927, currency: 'EUR' } });
    expect(harness.provider.done.refunds).toBe(1);
  });

  test('refunds the whole amount if an operator’s refund had failed before the stop', async () => {
    const earlier = [refundRequested({ amount: part }), refundFailed()];
    const harness = stopped([...untilPaid(), ...earlier, cancelled()], 'captured');
    await returnUnused(harness);
    expect(harness.names().slice(8)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.facts().at(-1)?.data).toMatchObject({ amount: total });
  });

  const byOperator = refundRequested({ amount: part, reason: 'operator' });
  test.each([
    ['before', [byOperator, cancelled()]],
    ['after', [cancelled(), byOperator]],
  ] as const)(
    'refunds all of it if a refund fails that an operator requested %s the stop',
    async (_, facts) => {
      const harness = stopped([...untilPaid(), ...facts, labelVoided(), refundFailed()], 'captured');
      expect(harness.timelines.headOf(orderId)?.dueAt).toBeDefined();
      await returnUnused(harness);
      expect(harness.names().slice(9)).toEqual(['refund.requested', 'refund.paid']);
      expect(harness.facts().at(-1)?.data).toMatchObject({ amount: total });
      expect(harness.timelines.headOf(orderId)).toMatchObject({ list: 'closed', dueAt: undefined });
    },
  );

  test('refunds an amount again if the operator’s refund of it fails after the stop', async () => {
    const own = { refundId: idOf('refund', 2), amount: { amount: 2927, currency: 'EUR' } } as const;
    const facts = [
      ...untilPaid(),
      byOperator,
      ...[cancelled(), labelVoided()],
      refundRequested(own),
      refundPaid(own),
      refundFailed(),
    ];
    const harness = stopped(facts, 'captured');
    harness.provider.refundsAnswer('failed');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(facts.length)).toEqual(['refund.requested', 'refund.failed']);
    expect(harness.timelines.headOf(orderId)).toMatchObject({ list: 'attention', dueAt: undefined });
  });

  test('waits while the provider cannot void', async () => {
    const harness = stopped([...untilAuthorised(), cancelled()], 'authorised');
    harness.provider.void = async () => harness.provider.payment();
    await expect(returnUnused(harness)).rejects.toBeInstanceOf(NotYet);
    expect(harness.names()).toHaveLength(4);
    expect(harness.timelines.headOf(orderId)?.dueAt).toBeDefined();
  });

  test('waits for a push that can not be called back, and refunds once what is approved late', async () => {
    const harness = stopped([...untilStarted(), cancelled()], 'authorised');
    harness.provider.change({ status: 'waiting' });
    harness.provider.void = async () => harness.provider.payment();
    await expect(returnUnused(harness)).rejects.toBeInstanceOf(NotYet);
    expect(harness.names()).toHaveLength(3);
    expect(harness.timelines.headOf(orderId)?.dueAt).toBeDefined();
    harness.provider.pay('captured');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(3)).toEqual([
      ...['payment.authorised', 'payment.captured', 'refund.requested', 'refund.paid'],
    ]);
    expect(harness.provider.done).toMatchObject({ refunds: 1 });
  });

  test('needs a person after a failed refund, which is not repeated', async () => {
    const harness = stopped([...untilPaid(), cancelled(), labelVoided()], 'captured');
    harness.provider.refundsAnswer('failed');
    await returnUnused(harness);
    await returnUnused(harness);
    expect(harness.names().slice(7)).toEqual(['refund.requested', 'refund.failed']);
    expect(harness.timelines.headOf(orderId)).toMatchObject({ list: 'attention', dueAt: undefined });
  });

  test('refunds only once if two calls run at the same time', async () => {
    const harness = stopped([...untilPaid(), cancelled()], 'captured');
    await Promise.all([returnUnused(harness), returnUnused(harness)]);
    expect(harness.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.provider.done.refunds).toBe(1);
  });
});

test('a delivered order keeps its money', async () => {
  const facts: readonly NewFact[] = [
    ...untilDispatched(),
    { name: 'parcel.delivered', data: { parcelId, deliveredAt: '2026-11-26T10:00:00.000Z' } },
    { name: 'order.delivered', data: {} },
  ];
  const harness = stopped(facts, 'captured');
  await returnUnused(harness);
  expect(harness.names()).toHaveLength(facts.length);
  expect(harness.provider.done).toMatchObject({ voids: 0, refunds: 0 });
});

describe('a refund that an operator requests', () => {
  const ask = (harness: Harness, requestId: string, amountMinor?: number) =>
    requestRefund(harness.deps, orderId, {
      requestId,
      operator: 'op-7',
      amount: amountMinor === undefined ? undefined : money(amountMinor, 'EUR'),
    });

  test('is a part of the captured money, and the refund step pays it', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    expect(await ask(harness, 'key-1', 1000)).toMatchObject({
      ok: true,
      value: { amount: money(1000, 'EUR') },
    });
    await returnUnused(harness);
    expect(harness.names().slice(-2)).toEqual(['refund.requested', 'refund.paid']);
    expect(harness.timelines.headOf(orderId)?.status).toBe('dispatched');
  });

  test('is made once if the request is repeated, and the answer is the same', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    const first = await ask(harness, 'key-1', 1000);
    expect(await ask(harness, 'key-1', 1000)).toEqual(first);
    expect(harness.names().filter((name) => name === 'refund.requested')).toHaveLength(1);
  });

  test('is refused if the key was used with another amount, and nothing is paid twice', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    await ask(harness, 'key-1', 1000);
    expect(await ask(harness, 'key-1', 2000)).toEqual({ ok: false, error: { reason: 'request-reused' } });
    expect(await ask(harness, 'key-1')).toEqual({ ok: false, error: { reason: 'request-reused' } });
  });

  test('is refused if the key was used for a decision', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    const request = operatorRequest('key-1', { decision: 'hold' });
    await decideByOperator(harness.deps, orderId, 'hold', { by: 'operator', request });
    expect(await ask(harness, 'key-1', 1000)).toEqual({ ok: false, error: { reason: 'request-reused' } });
    expect(harness.names()).not.toContain('refund.requested');
  });

  test('names the operator in its cause', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    await ask(harness, 'key-1', 1000);
    const facts = (await harness.timelines.load(orderId))?.facts;
    const print = expect.stringMatching(/^[0-9a-f]{16}$/);
    const request = { key: print, print };
    expect(facts?.at(-1)?.cause).toEqual({ by: 'operator', reference: 'op-7', request });
  });

  test('of the whole amount is refused while goods are still to be sent, because the order must be stopped', async () => {
    const harness = stopped(untilPaid(), 'captured');
    const most = money(1963, 'EUR');
    expect(await ask(harness, 'key-1')).toEqual({ ok: false, error: { reason: 'order-running', most } });
  });

  test('in parts leaves half of the price of 39.27 while goods are still to be sent: at most 19.63 go back', async () => {
    const harness = stopped(untilPaid(), 'captured');
    const running = (most: number) => ({
      ok: false,
      error: { reason: 'order-running', most: money(most, 'EUR') },
    });
    expect(await ask(harness, 'a', 1964)).toEqual(running(1963));
    expect(await ask(harness, 'b', 1000)).toMatchObject({ ok: true });
    expect(await ask(harness, 'c', 964)).toEqual(running(963));
    expect(await ask(harness, 'd', 963)).toMatchObject({ ok: true });
    expect(await ask(harness, 'e', 1)).toEqual(running(0));
  });

  test('is never more than the rest, after refunds that are under way', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    await ask(harness, 'key-1', 3000);
    expect(await ask(harness, 'key-2', 928)).toEqual({
      ok: false,
      error: { reason: 'more-than-is-left', left: money(927, 'EUR') },
    });
    expect(await ask(harness, 'key-3')).toMatchObject({ ok: true, value: { amount: money(927, 'EUR') } });
    expect(await ask(harness, 'key-4')).toEqual({ ok: false, error: { reason: 'nothing-captured' } });
  });

  test('is refused if its amount is zero or negative', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    for (const amountMinor of [0, -1])
      expect(await ask(harness, `key${amountMinor}`, amountMinor)).toMatchObject({
        error: { reason: 'more-than-is-left' },
      });
    expect(harness.names()).not.toContain('refund.requested');
  });

  test('may use the money of a failed refund, and not the money of a paid refund', async () => {
    const other = { refundId: idOf('refund', 2), amount: { amount: 927, currency: 'EUR' } } as const;
    const earlier = [refundRequested({ amount: part }), refundRequested(other), refundPaid(other)];
    const harness = stopped([...untilDispatched(), ...earlier, refundFailed()], 'captured');
    expect(await ask(harness, 'key-1', 3001)).toMatchObject({ error: { left: money(3000, 'EUR') } });
    expect(await ask(harness, 'key-2', 3000)).toMatchObject({ ok: true });
  });

  test('is limited to the rest if two requests come at the same time', async () => {
    const harness = stopped(untilDispatched(), 'captured');
    const [one, two] = await Promise.all([ask(harness, 'a', 3000), ask(harness, 'b', 3000)]);
    expect([one.ok, two.ok].sort()).toEqual([false, true]);
  });

  test('is refused by name in another currency, or before money was captured', async () => {
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
