import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { closeParcel, orderOf } from '../../../shared/order/index.ts';
import { capturePayment, requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { attentionOf, blockerOf } from '../../../shared/timeline/index.ts';
import {
  booked,
  cancelled,
  captured,
  cleared,
  dispatched,
  dispatchRequested,
  otherParcelId,
  parcelId,
  placed,
  untilReleased,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { createFakePaymentProvider } from '../../fakes/payment-provider.ts';

type At = 'dispatch' | 'last-dispatch';

/** A released order of two parcels that is paid at dispatch. The first costs 39.27, the second 34.51. */
function released(captureAt: At): NewFact[] {
  return forTwoParcels(untilReleased()).map((fact) =>
    fact.name === 'order.placed'
      ? { ...fact, data: { ...fact.data, payment: { ...fact.data.payment, captureAt } } }
      : fact,
  );
}
const onItsWay = (parcel: string): NewFact[] => [
  booked({ parcelId: parcel }),
  cleared({ parcelId: parcel }),
  dispatchRequested({ parcelId: parcel }),
];
const ready = (at: At) => [...released(at), ...onItsWay(parcelId), ...onItsWay(otherParcelId)];
const first = dispatched({ parcelId });
const second = dispatched({ parcelId: otherParcelId });
const total = money(7378, 'EUR');

function orderWith(facts: readonly NewFact[]): Harness {
  const harness = createHarness(timelineOf(facts));
  Object.assign(harness.provider, createFakePaymentProvider(total));
  harness.provider.pay('authorised');
  return harness;
}
const add = (harness: Harness, ...facts: NewFact[]) =>
  harness.timelines.append({
    ...{ timeline: harness.timeline(), facts, cause: harness.cause, now: '2026-11-23T15:00:00.000Z' },
  });
const capture = (harness: Harness) => capturePayment(harness.deps, orderId, harness.cause);
/** Parcel, amount, and whether it was the last capture. */
const captures = (harness: Harness) =>
  harness
    .facts()
    .flatMap(({ name, data }) =>
      name === 'payment.captured' ? [[data.parcelId, data.amount.amount, data.isFinal ?? true]] : [],
    );
/** What the order waits for of the step that captures. */
const waitsOf = (harness: Harness) =>
  deadlinesOf(harness.facts()).flatMap(({ step, waitingFor }) => (step === 'capture' ? [waitingFor] : []));
const deposits = (harness: Harness) =>
  journalsOf([], harness.facts())
    .flatMap(({ postings }) => postings)
    .filter(({ account }) => account === 'customer-deposits')
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0);

describe('an order that is paid at dispatch', () => {
  test('is booked, cleared and sent without a capture', async () => {
    for (const at of ['dispatch', 'last-dispatch'] as const) {
      const harness = orderWith(ready(at));
      expect(blockerOf(harness.facts())).toBeUndefined();
      expect(orderOf(harness.facts()).status).toBe('fulfilling');
      await capture(harness);
      expect(captures(harness)).toEqual([]);
    }
  });

  test('is captured parcel by parcel, each once', async () => {
    const harness = orderWith([...ready('dispatch'), first]);
    await capture(harness);
    await capture(harness);
    expect(captures(harness)).toEqual([[parcelId, 3927, false]]);
    await add(harness, second);
    await capture(harness);
    await capture(harness);
    expect(captures(harness)).toEqual([
      [parcelId, 3927, false],
      [otherParcelId, 3451, true],
    ]);
    expect(harness.provider.done.captures).toBe(2);
    expect(deposits(harness)).toBe(0);
    expect(orderOf(harness.facts()).status).toBe('dispatched');
  });

  test('captures all parcels that left before the step ran', async () => {
    const harness = orderWith([...ready('dispatch'), first, second]);
    await capture(harness);
    expect(captures(harness).map(([, amount]) => amount)).toEqual([3927, 3451]);
  });

  test('is captured once when the last parcel has left, if the method allows one capture', async () => {
    const harness = orderWith([...ready('last-dispatch'), first]);
    await capture(harness);
    expect(captures(harness)).toEqual([]);
    await add(harness, second);
    await capture(harness);
    await capture(harness);
    expect(captures(harness)).toEqual([[undefined, 7378, true]]);
    expect(deposits(harness)).toBe(0);
  });

  test('pays nothing for a parcel that was stopped, and gets nothing back for it', async () => {
    const harness = orderWith([...released('last-dispatch'), ...onItsWay(parcelId), first]);
    const closing = { parcelId: otherParcelId, outcome: 'stopped', refund: 'share' } as const;
    const closed = await closeParcel(harness.deps, orderId, closing, harness.cause);
    expect(closed).toEqual({ ok: true, value: { outcome: 'closed', refund: undefined } });
    await capture(harness);
    expect(captures(harness)).toEqual([[undefined, 3927, true]]);
    expect(harness.names()).not.toContain('refund.requested');
    expect(deposits(harness)).toBe(0);
  });

  test('releases the rest when the last parcel is stopped, once', async () => {
    const harness = orderWith([...released('dispatch'), ...onItsWay(parcelId), first]);
    await capture(harness);
    expect(captures(harness)).toEqual([[parcelId, 3927, false]]);
    expect(waitsOf(harness)).toEqual([]);
    const closing = { parcelId: otherParcelId, outcome: 'stopped', refund: 'share' } as const;
    await closeParcel(harness.deps, orderId, closing, harness.cause);
    expect(waitsOf(harness)).toEqual(['the release of the rest']);
    harness.provider.breakNext('void', 'after');
    await expect(capture(harness)).rejects.toThrow('no answer');
    expect(waitsOf(harness)).toEqual(['the release of the rest']);
    await capture(harness);
    await capture(harness);
    expect(harness.provider.done).toMatchObject({ captures: 1, voids: 1 });
    expect(harness.names().filter((name) => name === 'payment.voided')).toHaveLength(1);
    expect(waitsOf(harness)).toEqual([]);
    expect(attentionOf(harness.facts())).toEqual([]);
    expect(deposits(harness)).toBe(0);
  });

  test('releases all of it when all that left was waived, and the order has ended', async () => {
    for (const at of ['dispatch', 'last-dispatch'] as const) {
      const harness = orderWith([...ready(at), first, second]);
      for (const each of [parcelId, otherParcelId]) {
        const closing = { parcelId: each, outcome: 'lost', refund: 'share' } as const;
        await closeParcel(harness.deps, orderId, closing, harness.cause);
      }
      expect(orderOf(harness.facts()).status).toBe('closed');
      expect(waitsOf(harness)).toEqual(['the release of the rest']);
      await capture(harness);
      expect(harness.provider.done).toMatchObject({ captures: 0, voids: 1 });
      expect(harness.names().at(-1)).toBe('payment.voided');
      expect(waitsOf(harness)).toEqual([]);
      expect(attentionOf(harness.facts())).toEqual([]);
      expect(deposits(harness)).toBe(0);
    }
  });

  test('records no release where the provider keeps nothing after its last capture', async () => {
    const harness = orderWith([...ready('dispatch'), first, second]);
    await capture(harness);
    await capture(harness);
    expect(harness.provider.done.voids).toBe(0);
    expect(waitsOf(harness)).toEqual([]);
  });

  test('is voided if it stops before anything left', async () => {
    const harness = orderWith([...released('dispatch'), cancelled()]);
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(harness.names().at(-1)).toBe('payment.voided');
    await capture(harness);
    expect(captures(harness)).toEqual([]);
  });

  test('waits for its capture from the hand-over on', () => {
    const capturesOf = (facts: readonly NewFact[]) =>
      deadlinesOf(timelineOf(facts).facts).filter(({ step }) => step === 'capture');
    expect(capturesOf(ready('dispatch'))).toEqual([]);
    expect(capturesOf([...ready('last-dispatch'), first])).toEqual([]);
    const [due, ...others] = capturesOf([...ready('dispatch'), first]);
    expect(others).toEqual([]);
    // The twelfth fact is recorded eleven seconds after the order, and a minute later the step runs.
    expect(due).toMatchObject({ dueAt: '2026-11-23T10:01:10.000Z', waitingFor: 'the capture' });
  });
});

describe('a refund of a parcel that left, while another one is to be sent and is paid when it leaves', () => {
  const refund = (harness: Harness, amount?: number) =>
    requestRefund(harness.deps, orderId, {
      ...{ requestId: `refund-${amount}`, operator: 'ada' },
      ...(amount === undefined ? {} : { amount: money(amount, 'EUR') }),
    });

  test('may be all of its price, and the other is sent and captured as before', async () => {
    const harness = orderWith([...ready('dispatch'), first]);
    await capture(harness);
    expect(await refund(harness)).toMatchObject({ ok: true, value: { amount: money(3927, 'EUR') } });
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(harness.provider.done.refunds).toBe(1);
    expect(blockerOf(harness.facts())).toBeUndefined();
    expect(attentionOf(harness.facts())).toEqual([]);
    await add(harness, second);
    await capture(harness);
    expect(captures(harness)).toEqual([
      [parcelId, 3927, false],
      [otherParcelId, 3451, true],
    ]);
    expect(deposits(harness)).toBe(0);
  });

  test('may name all of its units', async () => {
    const harness = orderWith([...ready('dispatch'), first]);
    await capture(harness);
    const units = { lines: [{ lineId: '1', quantity: 2 }], shipping: true };
    const asked = await requestRefund(harness.deps, orderId, { requestId: 'units', operator: 'ada', units });
    expect(asked).toMatchObject({ ok: true, value: { amount: money(3927, 'EUR') } });
  });

  test('is at most what was captured', async () => {
    const harness = orderWith([...ready('dispatch'), first]);
    await capture(harness);
    expect(await refund(harness, 3928)).toMatchObject({
      ...{ ok: false, error: { reason: 'more-than-is-left', left: money(3927, 'EUR') } },
    });
  });

  test('leaves half of the price of the other, where somebody captured all of it at the provider', async () => {
    const whole = captured({ amount: { amount: 7378, currency: 'EUR' } });
    const harness = orderWith([...ready('dispatch'), first, whole]);
    // Half of 34.51, rounded up, is 17.26.
    const most = money(7378 - 1726, 'EUR');
    expect(await refund(harness)).toMatchObject({ ok: false, error: { reason: 'order-running', most } });
    expect(await refund(harness, most.amountMinor)).toMatchObject({ ok: true });
  });

  test('may be all of it in cash too, and the other is delivered against its price', async () => {
    const collected = captured({ amount: { amount: 3927, currency: 'EUR' }, parcelId, isFinal: false });
    const order = [...ready('dispatch'), first, collected].map((fact) =>
      fact.name === 'order.placed'
        ? {
            ...fact,
            data: { ...fact.data, payment: { ...fact.data.payment, captureAt: 'delivery' as const } },
          }
        : fact,
    );
    const harness = orderWith(order);
    expect(await refund(harness)).toMatchObject({ ok: true, value: { amount: money(3927, 'EUR') } });
    expect(blockerOf(harness.facts())).toBeUndefined();
  });
});

test('an order that is captured after screening still waits for its capture', () => {
  const [, ...rest] = untilReleased();
  expect(blockerOf(timelineOf([placed(), ...rest]).facts)).toBe('unpaid');
});
