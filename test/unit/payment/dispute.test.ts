import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../../property-seed.ts';
import { money } from '../../../shared/kernel/money.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { receivePaymentCallback } from '../../../shared/payment/index.ts';
import { paymentOf, refundable } from '../../../shared/payment/payment.ts';
import type { PaymentUpdate, ProviderDispute } from '../../../shared/payment/provider.ts';
import { attentionOf } from '../../../shared/timeline/index.ts';
import { paymentId, untilDispatched, untilPaid } from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';

const owner = { orderId, paymentId };

const dispute = (status: ProviderDispute['status'], withdrawn: number): ProviderDispute => ({
  ...{ disputeId: 'du_1', status, amount: money(3927, 'EUR'), withdrawn: money(withdrawn, 'EUR') },
  ...{
    reason: 'fraudulent',
    ...(status === 'evidence-due' && { evidenceDueAt: '2026-12-09T12:00:00.000Z' }),
  },
});
const opened = dispute('opened', 0);
const due = dispute('evidence-due', 3927);
const submitted = dispute('submitted', 3927);
/** The evidence for a question, before any money was taken. */
const answered = dispute('submitted', 0);
const won = dispute('won', 0);
const lost = dispute('lost', 3927);

/** A part of the order, before the rest is contested too. */
const partly: ProviderDispute = { ...dispute('evidence-due', 1000), amount: money(1000, 'EUR') };
const later: ProviderDispute = { ...due, evidenceDueAt: '2026-12-16T12:00:00.000Z' };

/** The dispute as the provider states it at that hour of a day. */
const stated = (one: ProviderDispute, hour: number): ProviderDispute => ({
  ...one,
  statedAt: `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`,
});

/** What the ledger has as taken in all, and as lost. */
function booked(harness: Harness) {
  const sumOf = (...accounts: readonly string[]) =>
    journalsOf([], harness.facts())
      .flatMap(({ postings }) => postings)
      .filter(({ account }) => accounts.includes(account))
      .reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  return { taken: sumOf('chargebacks:stripe', 'chargeback-losses'), lost: sumOf('chargeback-losses') };
}

async function receive(harness: Harness, disputes: readonly ProviderDispute[]) {
  for (const [index, one] of disputes.entries()) {
    const update: PaymentUpdate = { kind: 'dispute', owner, providerPaymentId: 'pi_1', dispute: one };
    const callback = { code: 'stripe', callbackId: `evt_${index}`, rawBody: callbackBody(update) };
    await receivePaymentCallback(harness.deps, callback);
  }
}

const statuses = (harness: Harness) =>
  harness.facts().flatMap((fact) => (fact.name === 'payment.disputed' ? [fact.data.status] : []));

const paid = () => createHarness(timelineOf(untilPaid()));
const dispatched = () => createHarness(timelineOf(untilDispatched()));

describe('a dispute', () => {
  test.each([
    [
      'each step once',
      [opened, opened, due, due, submitted, won, won],
      ['opened', 'evidence-due', 'submitted', 'won'],
    ],
    [
      'a step that comes late changes nothing',
      [submitted, due, opened, lost, submitted],
      ['submitted', 'lost'],
    ],
    [
      'a question that was answered becomes a dispute',
      [opened, answered, due, answered, submitted, lost],
      ['opened', 'submitted', 'evidence-due', 'submitted', 'lost'],
    ],
    [
      'an answer is kept where the money is taken only once the dispute is lost',
      [{ ...due, withdrawn: money(0, 'EUR') }, answered, lost],
      ['evidence-due', 'submitted', 'lost'],
    ],
    ['one that was won can be lost', [due, won, lost, won], ['evidence-due', 'won', 'lost']],
  ] as const)('%s', async (_, disputes, facts) => {
    const harness = paid();
    await receive(harness, disputes);
    expect(statuses(harness)).toEqual(facts);
    expect(harness.notices).toEqual([]);
  });

  test.each([
    [
      'that began as a question',
      [opened, answered, due, submitted],
      ['opened', 'submitted', 'evidence-due', 'submitted'],
    ],
    [
      'that was won and is appealed',
      [due, submitted, won, due, submitted, lost],
      ['evidence-due', 'submitted', 'won', 'evidence-due', 'submitted', 'lost'],
    ],
    [
      'that was lost and is won by an appeal',
      [due, lost, due, won],
      ['evidence-due', 'lost', 'evidence-due', 'won'],
    ],
    ['that takes more', [partly, due], ['evidence-due', 'evidence-due']],
    ['that has another time for evidence', [due, later], ['evidence-due', 'evidence-due']],
  ] as const)('%s, is followed by the times of its words', async (_, disputes, facts) => {
    const harness = paid();
    const words = disputes.map((one, hour) => stated(one, hour));
    await receive(harness, [...words, ...words]);
    expect(statuses(harness)).toEqual(facts);
    expect(refundable(paymentOf(harness.timeline())).amountMinor).toBe(
      3927 - (disputes.at(-1)?.withdrawn.amountMinor ?? 0),
    );
  });

  test('ends as its newest word says, in any order, with any repeats', async () => {
    const word = fc.record({
      one: fc.constantFrom(opened, answered, partly, due, later, submitted, won, lost),
      arrives: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 6 }), async (words) => {
        const said = words.map(({ one, arrives }, hour) => ({ word: stated(one, hour), arrives }));
        const arrivals = said.flatMap(({ word, arrives }) => arrives.map((at) => ({ word, at })));
        const harness = paid();
        await receive(
          harness,
          arrivals.toSorted((a, b) => a.at - b.at).map((arrival) => arrival.word),
        );
        const newest = said.at(-1)?.word;
        expect(harness.facts().findLast(({ name }) => name === 'payment.disputed')?.data).toMatchObject({
          status: newest?.status,
          withdrawn: { amount: newest?.withdrawn.amountMinor },
        });
        expect(booked(harness)).toEqual({
          ...{ taken: newest?.withdrawn.amountMinor, lost: newest?.status === 'lost' ? 3927 : 0 },
        });
      }),
      { numRuns: 100 },
    );
  });

  test('wants a person while evidence is wanted, and no longer', async () => {
    const harness = dispatched();
    const reasons = () => attentionOf(harness.facts()).map(({ reason }) => reason);
    await receive(harness, [due]);
    expect(reasons()).toEqual(['payment disputed']);
    expect(harness.facts().at(-1)?.data).toMatchObject({ evidenceDueAt: '2026-12-09T12:00:00.000Z' });
    await receive(harness, [submitted]);
    expect(reasons()).toEqual([]);
  });

  test('leaves nothing to refund of what was taken back', async () => {
    const harness = paid();
    const left = () => refundable(paymentOf(harness.timeline()));
    await receive(harness, [opened]);
    expect(left()).toEqual(money(3927, 'EUR'));
    await receive(harness, [due]);
    expect(left()).toEqual(money(0, 'EUR'));
    await receive(harness, [won]);
    expect(left()).toEqual(money(3927, 'EUR'));
  });

  test('that names the intent alone is asked about at the provider', async () => {
    const harness = paid();
    const update: PaymentUpdate = { kind: 'dispute', providerPaymentId: 'pi_1', dispute: due };
    const callback = { code: 'stripe', callbackId: 'evt_1', rawBody: callbackBody(update) };
    await receivePaymentCallback(harness.deps, callback);
    expect(harness.notices).toEqual([
      {
        code: 'partner-word-unrecognised',
        detail: { partner: 'stripe', word: 'dispute: not our payment', callbackId: 'evt_1' },
      },
    ]);
    Object.assign(harness.provider, { ownerOf: async () => owner });
    await receivePaymentCallback(harness.deps, callback);
    expect(statuses(harness)).toEqual(['evidence-due']);
  });
});
