import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../property-seed.ts';
import type { NewFact } from '../../../events/all-events.ts';
import { money, toJson } from '../../../shared/kernel/money.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { moneyDeadline } from '../../../shared/order/money-deadline.ts';
import { decideOnPayment } from '../../../shared/payment/apply-payment-update.ts';
import { paymentOf, refundable } from '../../../shared/payment/payment.ts';
import type { ProviderCapture, ReportedPayment } from '../../../shared/payment/provider.ts';
import { entriesOf, unsettledOf } from '../../../shared/payment/settlement/entries.ts';
import { attentionOf, type Decided, isHeld } from '../../../shared/timeline/index.ts';
import { cancelled, captured, held, paymentId, untilPaid, untilReleased } from '../../builders/facts.ts';
import { timelineOf } from '../../builders/timeline.ts';

const owed = money(3927, 'EUR');
const head = { providerPaymentId: 'pi_1', amount: owed };
const capture = (reference: string, over: Partial<ProviderCapture> = {}): ReportedPayment => ({
  ...{ ...head, status: 'captured' },
  captures: [{ reference, amount: owed, ...over }],
});
const failure = (reference: string): ReportedPayment => ({
  ...{ ...head, status: 'authorised', captures: [] },
  captureFailed: { reference, code: 'capture-failed' },
});
const failed = (reference: string, amount = owed, code = 'capture-failed'): NewFact => ({
  name: 'payment.capture_failed',
  data: { paymentId, providerReference: reference, amount: toJson(amount), code },
});

/** The facts after these reports, in turn. */
function heard(given: readonly NewFact[], reports: readonly ReportedPayment[]): Decided[] {
  const facts: Decided[] = [...given];
  for (const report of reports) facts.push(...decideOnPayment(timelineOf(facts), report).facts);
  return facts;
}

/** The balances of the order's money, without zeros. A debit is positive. */
function balances(facts: readonly Decided[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { postings } of journalsOf([], timelineOf(facts).facts))
    for (const { account, amount } of postings)
      sums.set(account, (sums.get(account) ?? 0) + amount.amountMinor);
  return Object.fromEntries([...sums].filter(([account, sum]) => sum !== 0 && !account.startsWith('tax-')));
}

const paid = { 'provider-clearing:stripe': 3927, 'customer-deposits': -3927 };

describe('a capture that fails after it was reported', () => {
  test('is taken back, once, and holds the order, so that nothing is sent', () => {
    const facts = heard(untilPaid(), [failure('ch_1')]);
    expect(facts.slice(untilPaid().length)).toEqual([failed('ch_1'), held('capture-failed')]);
    expect(heard(facts, [failure('ch_1'), capture('ch_1')])).toEqual(facts);
    const timeline = timelineOf(facts);
    expect(isHeld(timeline.facts)).toBe(true);
    expect(paymentOf(timeline)).toMatchObject({ captures: [], captured: money(0, 'EUR') });
    expect(balances(facts)).toEqual({});
  });

  test('takes back the fee that the provider had kept', () => {
    const given = [...untilReleased(), captured({ fee: toJson(money(82, 'EUR')) })];
    expect(balances(given)).toEqual({
      ...{ 'provider-clearing:stripe': 3845, 'provider-fees': 82, 'customer-deposits': -3927 },
    });
    expect(balances(heard(given, [failure('ch_1')]))).toEqual({});
  });

  test('is booked again once the provider has taken it again, and the order goes on', () => {
    const facts = heard(untilPaid(), [failure('ch_1'), capture('ch_9', { isAgain: true })]);
    expect(facts.at(-1)).toMatchObject({ name: 'payment.captured', data: { providerReference: 'ch_9' } });
    expect(balances(facts)).toEqual(paid);
    const timeline = timelineOf(facts);
    expect(isHeld(timeline.facts)).toBe(false);
    expect(attentionOf(timeline.facts)).toEqual([]);
    expect(refundable(paymentOf(timeline))).toEqual(owed);
  });

  test('has failed, also if only the capture that replaces it is heard of', () => {
    const facts = heard(untilPaid(), [capture('ch_9', { isAgain: true })]);
    expect(facts.slice(untilPaid().length)).toMatchObject([
      failed('ch_1', owed, 'taken-again'),
      { name: 'payment.captured', data: { providerReference: 'ch_9' } },
    ]);
    expect(heard(facts, [failure('ch_1')])).toEqual(facts);
    expect(balances(facts)).toEqual(paid);
  });

  test('that comes before its capture says that there was one, and leaves nothing of it', () => {
    const facts = heard(untilReleased(), [failure('ch_1'), capture('ch_1')]);
    expect(facts.slice(untilReleased().length)).toEqual([captured(), failed('ch_1'), held('capture-failed')]);
    expect(paymentOf(timelineOf(facts))).toMatchObject({ status: 'captured', captures: [] });
    expect(isHeld(timelineOf(facts).facts)).toBe(true);
    expect(balances(facts)).toEqual({});
    expect(balances(heard(facts, [capture('ch_9', { isAgain: true })]))).toEqual(paid);
  });

  test('takes nothing back where the money was captured under another reference', () => {
    const facts = heard(untilReleased(), [capture('ch_9', { isAgain: true }), failure('ch_1')]);
    expect(facts.at(-2)).toEqual(failed('ch_1', money(0, 'EUR')));
    expect(balances(facts)).toEqual(paid);
  });

  test('leaves a stopped order nothing to give back, and a capture that is taken again goes back', () => {
    const stopped = [...heard(untilPaid(), [failure('ch_1')]), cancelled()];
    expect(refundable(paymentOf(timelineOf(stopped))).amountMinor).toBeLessThanOrEqual(0);
    expect(moneyDeadline(timelineOf(stopped).facts)).toEqual([]);
    const late = heard(stopped, [capture('ch_9', { isAgain: true })]);
    expect(refundable(paymentOf(timelineOf(late)))).toEqual(owed);
    expect(moneyDeadline(timelineOf(late).facts)).toHaveLength(1);
  });

  test('has no line in a settlement, and two lines if it was paid out before', () => {
    const facts = timelineOf(heard(untilPaid(), [failure('ch_1')])).facts;
    expect(entriesOf(facts).map(({ amount }) => amount.amountMinor)).toEqual([3927, -3927]);
    expect(unsettledOf(facts)).toEqual([]);
    const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
    const settled = {
      name: 'payment.settled',
      data: {
        ...{ paymentId, providerReference: 'txn_1', kind: 'payment', settles: 'ch_1', payoutId: 'po_1' },
        ...{ gross: eur(3927), net: eur(3900), fee: eur(27), held: eur(0) },
      },
    } as const satisfies NewFact;
    const paidOut = timelineOf(heard([...untilPaid(), settled], [failure('ch_1')])).facts;
    expect(unsettledOf(paidOut)).toMatchObject([{ reference: 'ch_1', amount: money(-3927, 'EUR') }]);
  });

  test('comes to the same money in any order of the words, each twice', () => {
    const words = [capture('ch_1'), failure('ch_1'), capture('ch_9', { isAgain: true })];
    const twice = [...words, ...words];
    fc.assert(
      fc.property(fc.shuffledSubarray(twice, { minLength: twice.length }), (shuffled) => {
        const facts = heard(untilReleased(), shuffled);
        expect(paymentOf(timelineOf(facts)).captured).toEqual(owed);
        expect(balances(facts)).toEqual(paid);
      }),
    );
  });
});
