import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { journalsOf, taxEntriesOf } from '../../../shared/ledger/index.ts';
import { closeParcel } from '../../../shared/order/index.ts';
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
  refundPaid,
  refundRequested,
  untilDispatched,
  untilReleased,
  voided,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { createFakePaymentProvider } from '../../fakes/payment-provider.ts';

type At = 'dispatch' | 'last-dispatch';
type Refund = 'none' | 'share' | { readonly amount: number; readonly currency: 'EUR' };

/** A released order of two parcels that is paid at dispatch. The first costs 39.27, the second 34.51. */
function ready(captureAt: At): NewFact[] {
  const facts = forTwoParcels(untilReleased()).map((fact) =>
    fact.name === 'order.placed'
      ? { ...fact, data: { ...fact.data, payment: { ...fact.data.payment, captureAt } } }
      : fact,
  );
  const way = [parcelId, otherParcelId].flatMap((of) => [
    booked({ parcelId: of }),
    cleared({ parcelId: of }),
    dispatchRequested({ parcelId: of }),
  ]);
  return [...facts, ...way];
}
const first = dispatched({ parcelId });
const second = dispatched({ parcelId: otherParcelId });
const delivered: NewFact[] = [
  ...[parcelId, otherParcelId].map(
    (of): NewFact => ({
      name: 'parcel.delivered',
      data: { parcelId: of, deliveredAt: '2026-11-23T16:00:00.000Z' },
    }),
  ),
  { name: 'order.delivered', data: {} },
];

function orderWith(facts: readonly NewFact[]): Harness {
  const harness = createHarness(timelineOf(facts));
  Object.assign(harness.provider, createFakePaymentProvider(money(7378, 'EUR')));
  harness.provider.pay('authorised');
  return harness;
}
const add = (harness: Harness, ...facts: readonly NewFact[]) =>
  harness.timelines.append({
    ...{ timeline: harness.timeline(), facts, cause: harness.cause, now: '2026-11-23T15:00:00.000Z' },
  });
const capture = (harness: Harness) => capturePayment(harness.deps, orderId, harness.cause);
const close = (harness: Harness, refund: Refund, of = parcelId) =>
  closeParcel(harness.deps, orderId, { parcelId: of, outcome: 'lost', refund }, harness.cause);
const reasons = (facts: readonly NewFact[] | Harness) =>
  attentionOf(Array.isArray(facts) ? timelineOf(facts).facts : (facts as Harness).facts()).map(
    ({ reason }) => reason,
  );
const captures = (harness: Harness) =>
  harness.facts().flatMap(({ name, data }) => (name === 'payment.captured' ? [data.amount.amount] : []));

const balanceOf = (account: string, harness: Harness) =>
  journalsOf([], harness.facts())
    .flatMap(({ postings }) => postings)
    .filter((posting) => posting.account === account)
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0);

/** The tax of the order in the returns, by scheme. */
function taxes(facts: readonly NewFact[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { scheme, amounts } of taxEntriesOf([], timelineOf(facts).facts))
    for (const { tax } of amounts) sums[scheme] = (sums[scheme] ?? 0) + tax.amountMinor;
  return sums;
}
const taxesOf = (harness: Harness) =>
  taxes(harness.facts().map(({ name, data }) => ({ name, data }) as NewFact));

describe('goods that left and whose authorisation is gone', () => {
  test('are on the list, also when the order was delivered before or is delivered afterwards', async () => {
    const before = orderWith([...ready('last-dispatch'), first, second, ...delivered]);
    before.provider.change({ status: 'voided' });
    await capture(before);
    expect(reasons(before)).toEqual(['sent-unpaid']);

    const after = orderWith([...ready('last-dispatch'), first, second]);
    after.provider.change({ status: 'voided' });
    await capture(after);
    expect(reasons(after)).toEqual(['sent-unpaid', 'payment-voided']);
    await add(after, ...delivered);
    expect(reasons(after)).toEqual(['sent-unpaid']);
  });

  test('are on the list if they left after the authorisation was gone, and each parcel anew', () => {
    const gone = [...ready('dispatch'), voided()];
    const seen: NewFact = { name: 'order.attention_cleared', data: { reason: 'sent-unpaid' } };
    expect(reasons(gone)).toEqual([]);
    expect(reasons([...gone, first])).toEqual(['sent-unpaid']);
    expect(reasons([...gone, first, seen])).toEqual([]);
    expect(reasons([...gone, first, seen, second])).toEqual(['sent-unpaid']);
  });

  test('are not missed where they were paid, or the rest of the amount was released', () => {
    const paidFirst = captured({ amount: { amount: 3927, currency: 'EUR' }, parcelId, isFinal: false });
    expect(reasons([...ready('dispatch'), first, paidFirst, voided()])).toEqual([]);
    expect(reasons([...ready('dispatch'), cancelled(), voided()])).toEqual([]);
  });

  test('keep their tax, and only theirs', () => {
    // IOSS is due on the first parcel alone, 6.27, since the payment was accepted. Union OSS is due on the second,
    // 5.51, which waits for the money, and is due on the supply where none will come.
    expect(taxes([...ready('last-dispatch'), first, second])).toEqual({ ioss: 627 });
    expect(taxes([...ready('last-dispatch'), first, second, voided()])).toEqual({ ioss: 627, oss: 551 });
    expect(taxes([...ready('last-dispatch'), voided(), first, second])).toEqual({ ioss: 627, oss: 551 });
    expect(taxes([...ready('last-dispatch'), first, voided()]).ioss).toBe(627);
    expect(taxes([...ready('last-dispatch'), second, voided()]).ioss).toBe(0);
    expect(taxes([...ready('last-dispatch'), voided()]).ioss).toBe(0);
  });

  test('owe the shopper no tax on deposits', async () => {
    const harness = orderWith([...ready('last-dispatch'), first, second]);
    harness.provider.change({ status: 'voided' });
    await capture(harness);
    expect(balanceOf('tax-on-deposits', harness)).toBe(0);
    // Nobody paid for what left: the shopper owes 73.78.
    expect(balanceOf('customer-deposits', harness)).toBe(7378);
  });
});

describe('a capture at dispatch of another amount than was due', () => {
  const take = (amount: number, status: 'authorised' | 'captured', captureId?: string) => ({
    status,
    captures: [{ reference: 'ch_x', amount: money(amount, 'EUR'), ...(captureId && { captureId }) }],
  });

  test('wants a person, also after the delivery', async () => {
    const harness = orderWith([...ready('last-dispatch'), first, second]);
    harness.provider.change(take(100, 'captured'));
    await capture(harness);
    expect(captures(harness)).toEqual([100]);
    expect(reasons(harness)).toEqual(['capture-differs']);
    expect(harness.notices.map(({ code }) => code)).toEqual(['amount-differs']);
    await add(harness, ...delivered);
    expect(reasons(harness)).toEqual(['capture-differs']);
  });

  test('is compared with the price of its parcel', async () => {
    const harness = orderWith([...ready('dispatch'), first]);
    harness.provider.change(take(3900, 'authorised', parcelId));
    await capture(harness);
    expect(reasons(harness)).toEqual(['capture-differs']);
    const right = orderWith([...ready('dispatch'), first]);
    right.provider.change(take(3927, 'authorised', parcelId));
    await capture(right);
    expect(reasons(right)).toEqual([]);
  });
});

describe('a parcel that left and is closed before its capture', () => {
  test.each<[string, Refund, number]>([
    ['is captured whole, if nothing is waived', 'none', 7378],
    ['is captured less what is waived', { amount: 1000, currency: 'EUR' }, 6378],
    ['is not captured, if all of it is waived', 'share', 3451],
  ])('%s', async (_, refund, amount) => {
    const harness = orderWith([...ready('last-dispatch'), first]);
    expect(await close(harness, refund)).toEqual({
      ok: true,
      value: { outcome: 'closed', refund: undefined },
    });
    await add(harness, second);
    await capture(harness);
    expect(captures(harness)).toEqual([amount]);
    expect(harness.names()).not.toContain('refund.requested');
    expect(reasons(harness)).toEqual([]);
    expect(balanceOf('customer-deposits', harness)).toBe(0);
    expect(balanceOf('tax-on-deposits', harness)).toBe(0);
  });

  test('waives at most its price', async () => {
    const harness = orderWith([...ready('last-dispatch'), first]);
    expect(await close(harness, { amount: 3928, currency: 'EUR' })).toEqual({
      ok: false,
      error: { reason: 'more-than-is-left', left: money(3927, 'EUR') },
    });
  });

  test('lowers the tax by what is waived, as a refund does', async () => {
    // Of 39.27 with 6.27 of tax, 10.00 are waived: 6.27 x 29.27 / 39.27 = 4.67.
    const harness = orderWith([...ready('last-dispatch'), first]);
    await close(harness, { amount: 1000, currency: 'EUR' });
    expect(taxesOf(harness).ioss).toBe(467);
    const whole = orderWith([...ready('last-dispatch'), first]);
    await close(whole, 'share');
    expect(taxesOf(whole).ioss).toBe(0);
  });

  test('is refunded after its capture, as any other', async () => {
    const harness = orderWith([...ready('dispatch'), first]);
    await capture(harness);
    await add(harness, second);
    await capture(harness);
    expect(await close(harness, 'share')).toEqual({
      ok: true,
      value: { outcome: 'closed', refund: money(3927, 'EUR') },
    });
  });
});

describe('a refund that names no goods', () => {
  test('lowers the tax as well where a parcel was stopped that nobody paid', async () => {
    const harness = orderWith([...ready('last-dispatch').slice(0, -3), first]);
    const closing = { parcelId: otherParcelId, outcome: 'stopped', refund: 'share' } as const;
    await closeParcel(harness.deps, orderId, closing, harness.cause);
    await capture(harness);
    expect(taxesOf(harness).ioss).toBe(627);
    await requestRefund(harness.deps, orderId, {
      requestId: 'r',
      operator: 'op',
      amount: money(1963, 'EUR'),
    });
    await returnMoney(harness.deps, orderId, harness.cause);
    // 6.27 x (39.27 - 19.63) / 39.27 = 3.1357..., so 3.14.
    expect(taxesOf(harness).ioss).toBe(314);
  });

  test('lowers no tax as far as more was captured than the order costs, and lets the order go on', () => {
    const amount = { amount: 4000, currency: 'EUR' } as const;
    const back = { amount: { amount: 73, currency: 'EUR' } } as const;
    const [, ...rest] = untilReleased();
    const taken = [placed(), ...rest, captured({ amount })];
    expect(blockerOf(timelineOf(taken).facts)).toBe('unpaid');
    const returned = [...taken, refundRequested(back), refundPaid(back)];
    expect(blockerOf(timelineOf(returned).facts)).toBeUndefined();
    expect(taxes(returned)).toEqual(taxes(untilDispatched()));
  });
});
