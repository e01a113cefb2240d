import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { type Money, money } from '../../../shared/kernel/money.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { closeParcel, orderOf } from '../../../shared/order/index.ts';
import { receivePaymentCallback, requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { paymentOf, refundable } from '../../../shared/payment/payment.ts';
import type { ProviderDispute } from '../../../shared/payment/provider.ts';
import { decideByOperator } from '../../../shared/screening/decide-by-operator.ts';
import { attentionOf, blockerOf, mostToReturn } from '../../../shared/timeline/index.ts';
import {
  cancelled,
  captured,
  dispatched,
  parcelId,
  paymentId,
  refundFailed,
  refundRequested,
  released,
  untilDispatched,
  untilFulfilling,
  untilPaid,
  untilReleased,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';

type Disputed = Extract<NewFact, { name: 'payment.disputed' }>;

const json = ({ amountMinor: amount, currency }: Money) => ({ amount, currency });
const eur = (amount: number) => money(amount, 'EUR');
const usd = (amount: number) => money(amount, 'USD');

/** A dispute of the whole order, of 39.27, that has taken an amount by now. */
const disputed = (
  status: Disputed['data']['status'],
  withdrawn: Money,
  providerReference = 'du_1',
): Disputed => ({
  name: 'payment.disputed',
  data: {
    ...{ paymentId, providerReference, status, code: 'fraudulent' },
    ...{ amount: json(eur(3927)), withdrawn: json(withdrawn) },
  },
});
const inquiry = disputed('opened', eur(0));
const due = disputed('evidence-due', eur(3927));
const lost = disputed('lost', eur(3927));
const won = disputed('won', eur(0));

const factsOf = (...facts: readonly NewFact[]) => timelineOf(facts).facts;
const harnessOf = (...facts: readonly NewFact[]) => createHarness(timelineOf(facts));
const reasonsOf = (...facts: readonly NewFact[]) =>
  attentionOf(factsOf(...facts)).map(({ reason }) => reason);

describe('money that a dispute took', () => {
  test('is not refunded when its parcel is closed', async () => {
    const harness = harnessOf(...untilDispatched(), due, lost);
    const close = (refund: 'share' | { amount: number; currency: 'EUR' }) =>
      closeParcel(harness.deps, orderId, { parcelId, outcome: 'lost', refund }, harness.cause);
    expect(await close({ amount: 1, currency: 'EUR' })).toEqual({
      ok: false,
      error: { reason: 'more-than-is-left', left: eur(0) },
    });
    expect(await close('share')).toEqual({ ok: true, value: { outcome: 'closed', refund: undefined } });
    expect(harness.names()).not.toContain('refund.requested');
  });

  test('leaves the rest to go back with its parcel', async () => {
    // 39.27 less the 10.00 that the dispute took.
    const harness = harnessOf(...untilDispatched(), disputed('lost', eur(1000)));
    const closing = { parcelId, outcome: 'lost', refund: 'share' } as const;
    expect(await closeParcel(harness.deps, orderId, closing, harness.cause)).toEqual({
      ok: true,
      value: { outcome: 'closed', refund: eur(2927) },
    });
  });

  test('counts as gone in the most that may go back while parcels are to be sent', () => {
    // Half of 39.27 stays, rounded up to 19.64. Of 39.27 a dispute took 10.00: 29.27 - 19.64 = 9.63.
    expect(mostToReturn(factsOf(...untilPaid(), disputed('lost', eur(1000))))).toBe(963);
    expect(mostToReturn(factsOf(...untilPaid(), lost))).toBe(0);
  });

  test('the money of another currency changes nothing of the most that may go back', () => {
    // 39.27 - 19.64 = 19.63, also after 5.00 dollars that came by mistake go back.
    const dollars = { amount: 500, currency: 'USD' as const };
    const facts = [...untilPaid(), captured({ amount: dollars, providerReference: 'ch_2', isFinal: false })];
    expect(mostToReturn(factsOf(...facts, refundRequested({ amount: dollars })))).toBe(1963);
  });
});

describe('a dispute before the goods have left', () => {
  test.each([
    ['the question before a chargeback', undefined, ['payment disputed'], [inquiry]],
    ['a chargeback', 'withdrawn', ['payment disputed', 'payment-withdrawn'], [inquiry, due]],
    ['a chargeback of a part', 'withdrawn', ['payment-withdrawn'], [disputed('lost', eur(1))]],
    ['one that was lost', 'withdrawn', ['payment-withdrawn'], [due, lost]],
    ['one that was won', undefined, [], [due, won]],
    ['one that was lost, and released by a person', undefined, [], [due, lost, released('operator')]],
    ['one that was released before it was lost', undefined, [], [due, released('operator'), lost]],
    ['one that rules released', 'withdrawn', ['payment-withdrawn'], [lost, released('rules')]],
    [
      'one that took more after the release',
      'withdrawn',
      ['payment-withdrawn'],
      [disputed('lost', eur(1000)), released('operator'), lost],
    ],
    [
      'one that was lost beside one that was won',
      'withdrawn',
      ['payment-withdrawn'],
      [
        disputed('lost', eur(1000)),
        disputed('evidence-due', eur(1000), 'du_2'),
        disputed('won', eur(0), 'du_2'),
      ],
    ],
  ] as const)('%s', (_, blocker, reasons, disputes) => {
    const facts = factsOf(...untilPaid(), ...disputes);
    expect(blockerOf(facts)).toBe(blocker);
    expect(attentionOf(facts).map(({ reason }) => reason)).toEqual(reasons);
    expect(orderOf(facts).status).toBe(blocker === undefined ? 'paid' : 'held');
    expect(deadlinesOf(facts)).not.toEqual([]);
  });

  test('is released or refused by a person', async () => {
    const decide = async (decision: 'release' | 'refuse') => {
      const harness = harnessOf(...untilPaid(), lost);
      await decideByOperator(harness.deps, orderId, decision, { by: 'operator', reference: 'op' });
      return { ended: orderOf(harness.facts()).status, blocker: blockerOf(harness.facts()) };
    };
    expect(await decide('release')).toEqual({ ended: 'paid', blocker: undefined });
    expect(await decide('refuse')).toEqual({ ended: 'cancelled', blocker: 'ended' });
  });

  test('wants nobody any more once everything has left', () => {
    expect(reasonsOf(...untilFulfilling(), lost)).toEqual(['payment-withdrawn']);
    expect(reasonsOf(...untilFulfilling(), lost, dispatched())).toEqual([]);
    expect(reasonsOf(...untilDispatched(), lost)).toEqual([]);
    expect(reasonsOf(...untilPaid(), cancelled(), lost)).toEqual([]);
  });

  test('wants evidence until the next word about the same dispute', () => {
    const second = disputed('submitted', eur(0), 'du_2');
    expect(reasonsOf(...untilDispatched(), due, second)).toEqual(['payment disputed']);
    expect(reasonsOf(...untilDispatched(), due, disputed('submitted', eur(3927)))).toEqual([]);
    // A word that asks for the same again raises nothing that a person has dealt with.
    const dealtWith: NewFact = { name: 'order.attention_cleared', data: { reason: 'payment disputed' } };
    expect(reasonsOf(...untilDispatched(), due, dealtWith, due)).toEqual([]);
    expect(reasonsOf(...untilDispatched(), due, dealtWith, disputed('submitted', eur(3927)), due)).toEqual([
      'payment disputed',
    ]);
  });
});

describe('a stopped order with a disputed part', () => {
  const moneyKeys = (facts: Parameters<typeof deadlinesOf>[0]) =>
    deadlinesOf(facts).filter(({ key }) => key === 'money');

  test('waits no longer once the rest is back', async () => {
    const harness = harnessOf(...untilPaid(), disputed('lost', eur(1000)), cancelled());
    harness.provider.pay('captured');
    expect(moneyKeys(harness.facts())).toHaveLength(1);
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(harness.facts().at(-1)).toMatchObject({ name: 'refund.paid', data: { amount: json(eur(2927)) } });
    expect(moneyKeys(harness.facts())).toEqual([]);
  });

  test('waits again if the dispute is won after all', () => {
    expect(moneyKeys(factsOf(...untilPaid(), due, cancelled()))).toEqual([]);
    expect(moneyKeys(factsOf(...untilPaid(), due, cancelled(), won))).toHaveLength(1);
  });
});

describe('money in another currency than the order', () => {
  test('that a dispute took leaves nothing to give back until it is ours again', async () => {
    const dispute: ProviderDispute = {
      ...{ disputeId: 'du_1', status: 'evidence-due', reason: 'fraudulent' },
      ...{ amount: usd(4200), withdrawn: usd(4200) },
    };
    const body = { kind: 'dispute', owner: { orderId, paymentId }, providerPaymentId: 'pi_1' } as const;
    const harness = harnessOf(...untilPaid(), cancelled());
    harness.provider.pay('captured');
    const receive = (callbackId: string, over: Partial<ProviderDispute>) =>
      receivePaymentCallback(harness.deps, {
        ...{
          code: 'stripe',
          callbackId,
          rawBody: callbackBody({ ...body, dispute: { ...dispute, ...over } }),
        },
      });
    await receive('evt_1', {});
    expect(harness.names().at(-1)).toBe('payment.disputed');
    expect(refundable(paymentOf(harness.timeline()))).toEqual(eur(0));
    expect(deadlinesOf(harness.facts()).filter(({ key }) => key === 'money')).toEqual([]);
    await receive('evt_2', { status: 'won', withdrawn: usd(0) });
    expect(harness.facts().at(-1)).toMatchObject({ name: 'refund.paid', data: { amount: json(eur(3927)) } });
  });

  test('goes back once the order has ended, also by an operator after the first refund failed', async () => {
    const inDollars = captured({ amount: json(usd(4200)) });
    const failed = [refundRequested({ amount: json(usd(4200)) }), refundFailed()];
    const harness = harnessOf(...untilReleased(), inDollars, cancelled(), ...failed);
    const request = { requestId: 'r1', operator: 'op' };
    expect(await requestRefund(harness.deps, orderId, request)).toMatchObject({
      ok: true,
      value: { amount: usd(4200) },
    });
  });

  test('goes back beside the money in its own', async () => {
    const both = [
      captured({ amount: json(eur(1000)), providerReference: 'ch_1', isFinal: false }),
      captured({ amount: json(usd(4200)), providerReference: 'ch_2' }),
    ];
    const harness = harnessOf(...untilReleased(), ...both, cancelled());
    harness.provider.pay('captured');
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(deadlinesOf(harness.facts()).map(({ key }) => key)).toContain('money');
    await returnMoney(harness.deps, orderId, harness.cause);
    const paid = harness.facts().flatMap(({ name, data }) => (name === 'refund.paid' ? [data.amount] : []));
    expect(paid).toEqual([json(eur(1000)), json(usd(4200))]);
    expect(deadlinesOf(harness.facts()).map(({ key }) => key)).not.toContain('money');
  });
});
