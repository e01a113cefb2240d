import { describe, expect, test } from 'vitest';
import { money } from '../../../shared/kernel/money.ts';
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
const won = dispute('won', 0);
const lost = dispute('lost', 3927);

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
    ['one that was won can be lost', [due, won, lost, won], ['evidence-due', 'won', 'lost']],
  ] as const)('%s', async (_, disputes, facts) => {
    const harness = paid();
    await receive(harness, disputes);
    expect(statuses(harness)).toEqual(facts);
    expect(harness.notices).toEqual([]);
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
