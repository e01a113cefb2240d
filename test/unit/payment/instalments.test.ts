import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { dayMs, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { cancelOrder, closeParcel, orderOf } from '../../../shared/order/index.ts';
import { orderView } from '../../../shared/order/order-view.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import {
  capturePayment,
  receivePaymentCallback,
  requestRefund,
  returnMoney,
} from '../../../shared/payment/index.ts';
import { attentionOf, blockerOf, factsNamed } from '../../../shared/timeline/index.ts';
import { parcelId, paymentId } from '../../builders/facts.ts';
import { releasedInInstalments, sentAndDelivered } from '../../builders/instalments.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { createInstalmentProvider } from '../../fakes/instalment-provider.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';

// EUR 39.27 in three: 13.09 each, on 23 November, 23 December and 23 January.
const total = money(3_927, 'EUR');

function createOrder(facts: readonly NewFact[] = releasedInInstalments(3)) {
  const harness = createHarness(timelineOf([...facts]));
  const provider = createInstalmentProvider(total);
  const deps = { ...harness.deps, providerByCode: async () => provider };
  const capture = () => capturePayment(deps, orderId, harness.cause);
  return {
    ...{ harness, provider, deps, capture },
    facts: harness.facts,
    add: (...more: NewFact[]) =>
      harness.timelines.append({
        ...{ timeline: harness.timeline(), facts: more, cause: harness.cause },
        now: deps.clock().toISOString(),
      }),
    refund: (amount: number | undefined, requestId = `refund-${amount}`) =>
      requestRefund(deps, orderId, {
        ...{ requestId, operator: 'op' },
        ...(amount === undefined ? {} : { amount: money(amount, 'EUR') }),
      }),
    payBack: () => returnMoney(deps, orderId, harness.cause),
    days: (days: number) => harness.pass(days * dayMs),
    due: () => deadlinesOf(harness.facts()).filter(({ key }) => key === 'instalment'),
    captures: () =>
      factsNamed(harness.facts(), 'payment.captured').map(({ data }) => [
        data.instalment,
        data.amount.amount,
        data.isFinal ?? true,
      ]),
    deposits: () =>
      harness.timelines.journals
        .flatMap(({ postings }) => postings)
        .filter(({ account }) => account === 'customer-deposits')
        .reduce((sum, { amount }) => sum + amount.amountMinor, 0),
  };
}

describe('an order in instalments', () => {
  test('goes on once the first one is captured', async () => {
    const order = createOrder();
    expect(blockerOf(order.facts())).toBe('unpaid');
    await order.capture();
    expect(order.captures()).toEqual([[1, 1_309, false]]);
    expect(blockerOf(order.facts())).toBeUndefined();
    expect(orderOf(order.facts()).status).toBe('paid');
    await order.capture();
    expect(order.provider.attempts).toHaveLength(1);
  });

  test('is charged at each due date, once, also after its delivery', async () => {
    const order = createOrder();
    await order.capture();
    await order.add(...sentAndDelivered());
    expect(order.due()).toMatchObject([{ dueAt: '2026-12-23T10:00:00.000Z', step: 'capture' }]);
    order.days(29);
    await order.capture();
    expect(order.captures()).toHaveLength(1);
    order.days(1);
    for (const _ of [1, 2, 3]) await order.capture();
    expect(order.captures()).toEqual([
      [1, 1_309, false],
      [2, 1_309, false],
    ]);
    order.days(31);
    await order.capture();
    expect(order.captures().at(-1)).toEqual([3, 1_309, true]);
    expect(order.provider.attempts.map(({ captureId }) => captureId)).toEqual(
      [1, 2, 3].map((n) => `${paymentId}-instalment-${n}`),
    );
    expect(order.due()).toEqual([]);
    expect(order.deposits()).toBe(0);
  });

  test('is not charged while the shopper contests a charge, and is charged once that was won', async () => {
    const word = (status: 'evidence-due' | 'won', withdrawn: number): NewFact => ({
      name: 'payment.disputed',
      data: {
        ...{ paymentId, providerReference: 'du_1', status, amount: { amount: 1_309, currency: 'EUR' } },
        ...{ withdrawn: { amount: withdrawn, currency: 'EUR' }, code: 'fraudulent' },
      },
    });
    const order = createOrder();
    await order.capture();
    await order.add(...sentAndDelivered(), word('evidence-due', 1_309));
    order.days(31);
    await order.capture();
    expect(order.captures()).toHaveLength(1);
    expect(order.due()).toEqual([]);
    await order.add(word('won', 0));
    await order.capture();
    expect(order.captures()).toHaveLength(2);
  });

  test('is not charged while the order is being stopped, and is charged if it can not be', async () => {
    const order = createOrder();
    await order.capture();
    await order.add({ name: 'order.cancellation_requested', data: { reason: 'shopper' } });
    order.days(31);
    await order.capture();
    expect(order.captures()).toHaveLength(1);
    await order.add({ name: 'order.cancellation_refused', data: { reason: 'packed' } });
    await order.capture();
    expect(order.captures()).toHaveLength(2);
  });

  test('is charged for all dates that passed while nothing ran', async () => {
    const order = createOrder();
    await order.capture();
    order.days(100);
    await order.capture();
    expect(order.captures().map(([n]) => n)).toEqual([1, 2, 3]);
  });

  test('records the attempt before the call, and repeats it under the same key', async () => {
    const order = createOrder();
    await order.capture();
    order.days(30);
    order.provider.loseNext('after');
    await expect(order.capture()).rejects.toThrow(PartnerUnavailable);
    expect(factsNamed(order.facts(), 'payment.instalment_asked')).toHaveLength(1);
    expect(order.due()).toHaveLength(1);
    await order.capture();
    expect(factsNamed(order.facts(), 'payment.instalment_asked')).toHaveLength(1);
    expect(order.provider.attempts).toHaveLength(2);
    expect(order.captures()).toHaveLength(2);
  });

  test('hears of a charge by the callback, if the answer was lost', async () => {
    const order = createOrder();
    await order.capture();
    order.days(30);
    order.provider.loseNext('after');
    await expect(order.capture()).rejects.toThrow(PartnerUnavailable);
    const call = { code: 'stripe', callbackId: 'evt_2' };
    const [, second] = order.provider.view().captures;
    const payment = { ...order.provider.view(), captures: second === undefined ? [] : [second] };
    const rawBody = callbackBody({ kind: 'payment', orderId, paymentId, payment });
    await receivePaymentCallback(order.deps, { ...call, rawBody });
    expect(order.captures()).toHaveLength(2);
    expect(order.due()).toMatchObject([{ dueAt: '2027-01-23T10:00:00.000Z' }]);
  });

  test('waits for a bank that has not answered yet, and asks again', async () => {
    const order = createOrder();
    await order.capture();
    order.days(30);
    const { capture } = order.provider;
    Object.assign(order.provider, { capture: async () => order.provider.view() });
    await order.capture();
    expect(order.captures()).toHaveLength(1);
    expect(order.due()).toHaveLength(1);
    Object.assign(order.provider, { capture });
    await order.capture();
    expect(order.captures()).toHaveLength(2);
  });

  test('shows its instalments', async () => {
    const order = createOrder();
    await order.capture();
    await order.refund(1_000);
    const amount = (minor: number) => ({ amount: minor, currency: 'EUR' });
    expect(orderView(order.facts()).payments[0]?.instalments).toEqual([
      { n: 1, amount: amount(1_309), dueAt: '2026-11-23T10:00:00.000Z', status: 'paid' },
      { n: 2, amount: amount(1_309), dueAt: '2026-12-23T10:00:00.000Z', status: 'due' },
      { n: 3, amount: amount(309), dueAt: '2027-01-23T10:00:00.000Z', status: 'due' },
    ]);
  });
});

describe('an instalment that is declined', () => {
  test('is tried again three and seven days after its date, each under its own key, and then a person looks', async () => {
    const order = createOrder();
    await order.capture();
    order.provider.declineNext(3);
    order.days(30);
    await order.capture();
    await order.capture();
    expect(order.due()).toMatchObject([{ dueAt: '2026-12-26T10:00:00.000Z' }]);
    order.days(3);
    await order.capture();
    expect(order.due()).toMatchObject([{ dueAt: '2026-12-30T10:00:00.000Z' }]);
    expect(attentionOf(order.facts())).toEqual([]);
    order.days(4);
    await order.capture();
    await order.capture();
    const second = `${paymentId}-instalment-2`;
    expect(order.provider.attempts.slice(1).map(({ captureId }) => captureId)).toEqual([
      second,
      `${second}-2`,
      `${second}-3`,
    ]);
    expect(attentionOf(order.facts())).toMatchObject([{ reason: 'instalment-unpaid', stops: false }]);
    // The third falls due at its own date.
    expect(order.due()).toMatchObject([{ dueAt: '2027-01-23T10:00:00.000Z' }]);
    order.days(24);
    await order.capture();
    expect(order.captures().map(([n, , isFinal]) => [n, isFinal])).toEqual([
      [1, false],
      [3, false],
    ]);
    expect(order.due()).toEqual([]);
    // A refund of what is still owed writes it off.
    await order.refund(1_309);
    expect(order.provider.captured()).toEqual(money(2_618, 'EUR'));
  });

  test('is paid by a later try', async () => {
    const order = createOrder();
    await order.capture();
    order.provider.declineNext(1);
    order.days(30);
    await order.capture();
    expect(factsNamed(order.facts(), 'payment.instalment_failed')[0]?.data).toMatchObject({
      instalment: 2,
      code: 'card_declined',
    });
    order.days(3);
    await order.capture();
    expect(order.captures().map(([n]) => n)).toEqual([1, 2]);
  });

  test('is tried a day later at the earliest, if the first try came late', async () => {
    const order = createOrder();
    await order.capture();
    order.provider.declineNext(1);
    order.days(34);
    await order.capture();
    expect(order.due()).toMatchObject([{ dueAt: '2026-12-28T10:01:00.000Z' }]);
  });
});

describe('a refund of an order in instalments', () => {
  test('lowers what is not due yet, the latest first, and gives nothing back', async () => {
    const order = createOrder();
    await order.capture();
    expect(await order.refund(1_500)).toEqual({
      ok: true,
      value: { amount: money(1_500, 'EUR'), lowered: { amount: 1_500, currency: 'EUR' } },
    });
    const [fact] = factsNamed(order.facts(), 'payment.instalments_lowered');
    expect(fact?.data.lowered.map(({ instalment, amount }) => [instalment, amount.amount])).toEqual([
      [3, 1_309],
      [2, 191],
    ]);
    expect(await order.refund(1_500)).toMatchObject({
      ok: true,
      value: { lowered: { amount: 1_500, currency: 'EUR' } },
    });
    order.days(70);
    await order.capture();
    await order.capture();
    // 13.09 - 1.91 = 11.18, and nothing of the third.
    expect(order.captures()).toEqual([
      [1, 1_309, false],
      [2, 1_118, true],
    ]);
    expect(order.due()).toEqual([]);
    expect(order.provider.refunded.size).toBe(0);
  });

  test('gives back the rest from the captures, the latest first, by one refund for each', async () => {
    const order = createOrder();
    await order.capture();
    await order.add(...sentAndDelivered());
    order.days(30);
    await order.capture();
    // Captured: 26.18. Owed: 13.09. A refund of 30 lowers 13.09, and 16.91 = 13.09 + 3.82 go back.
    expect(await order.refund(3_000)).toMatchObject({
      ok: true,
      value: { lowered: { amount: 1_309, currency: 'EUR' } },
    });
    const requested = factsNamed(order.facts(), 'refund.requested').map(({ data }) => [
      data.captureReference,
      data.amount.amount,
    ]);
    expect(requested).toEqual([
      ['ch_2', 1_309],
      ['ch_1', 382],
    ]);
    await order.payBack();
    await order.payBack();
    expect([...order.provider.refunded].map(([of, { amountMinor }]) => [of, amountMinor])).toEqual([
      ['ch_2', 1_309],
      ['ch_1', 382],
    ]);
    expect(await order.refund(928)).toMatchObject({ ok: false, error: { reason: 'more-than-is-left' } });
    expect(await order.refund(927)).toMatchObject({ ok: true });
    expect(order.deposits()).toBe(0);
  });

  test('goes on with another capture after the refund of one has failed', async () => {
    const order = createOrder();
    await order.capture();
    await order.add(...sentAndDelivered());
    order.days(70);
    await order.capture();
    expect(order.captures()).toHaveLength(3);
    await order.refund(500, 'first');
    const [first] = factsNamed(order.facts(), 'refund.requested');
    expect(first?.data.captureReference).toBe('ch_3');
    const failed = { paymentId, refundId: first?.data.refundId ?? '', code: 'charge_disputed' };
    await order.add({ name: 'refund.failed', data: failed });
    await order.refund(500, 'second');
    expect(factsNamed(order.facts(), 'refund.requested')[1]?.data.captureReference).toBe('ch_2');
  });

  test('leaves half of the price while the parcel is to be sent, of all that is owed', async () => {
    const order = createOrder();
    await order.capture();
    // Half of 39.27, rounded up, is 19.64: at most 19.63 may go back.
    expect(await order.refund(1_964)).toMatchObject({
      ok: false,
      error: { reason: 'order-running', most: money(1_963, 'EUR') },
    });
    expect(await order.refund(1_963)).toMatchObject({ ok: true });
  });

  test('does not change an amount that is being charged', async () => {
    const order = createOrder();
    await order.capture();
    await order.add(...sentAndDelivered());
    order.days(30);
    order.provider.loseNext('after');
    await expect(order.capture()).rejects.toThrow(PartnerUnavailable);
    // 13.09 of the third are lowered and 13.09 of the first go back: the second has no outcome yet.
    expect(await order.refund(2_619)).toMatchObject({ ok: false, error: { left: money(2_618, 'EUR') } });
    await order.refund(2_618);
    await order.capture();
    expect(order.captures().at(-1)).toEqual([2, 1_309, true]);
  });

  test('of a closed parcel is its price', async () => {
    const order = createOrder();
    await order.capture();
    await order.add(...sentAndDelivered().slice(0, 4));
    const closing = { parcelId, outcome: 'lost', refund: 'share' } as const;
    const closed = await closeParcel(order.deps, orderId, closing, order.harness.cause);
    expect(closed).toMatchObject({ ok: true, value: { refund: total } });
    expect(await closeParcel(order.deps, orderId, closing, order.harness.cause)).toMatchObject({
      value: { outcome: 'no-change', refund: total },
    });
    await order.payBack();
    order.days(100);
    await order.capture();
    expect(order.provider.captured()).toEqual(money(1_309, 'EUR'));
    expect(order.provider.refunded.get('ch_1')).toEqual(money(1_309, 'EUR'));
    expect(order.deposits()).toBe(0);
  });
});

describe('an order in instalments that stops', () => {
  test('is voided if nothing was captured', async () => {
    const order = createOrder();
    await cancelOrder(order.deps, orderId, order.harness.cause);
    await order.payBack();
    await order.capture();
    expect(order.harness.names().at(-1)).toBe('payment.voided');
    expect(order.provider.attempts).toEqual([]);
  });

  test('gives back what was captured, and nothing falls due any more', async () => {
    const order = createOrder();
    await order.capture();
    await order.refund(500);
    order.days(30);
    await order.capture();
    await cancelOrder(order.deps, orderId, order.harness.cause);
    await order.payBack();
    order.days(100);
    await order.capture();
    expect(order.captures().map(([, amount]) => amount)).toEqual([1_309, 1_309]);
    expect([...order.provider.refunded.values()]).toEqual([money(1_309, 'EUR'), money(1_309, 'EUR')]);
    expect(order.due()).toEqual([]);
    expect(order.deposits()).toBe(0);
  });

  test('gives back a charge whose answer was lost before it stopped', async () => {
    const order = createOrder();
    await order.capture();
    order.days(30);
    order.provider.loseNext('after');
    await expect(order.capture()).rejects.toThrow(PartnerUnavailable);
    await cancelOrder(order.deps, orderId, order.harness.cause);
    await order.payBack();
    order.harness.pass(5 * minuteMs);
    await order.capture();
    expect(order.provider.captured()).toEqual(money(2_618, 'EUR'));
    expect(order.provider.refunded.size).toBe(2);
    expect(order.deposits()).toBe(0);
  });
});
