import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, type Money, money, subtract, sum, zero } from '../../../shared/kernel/money.ts';
import { dayMs, minuteMs, toInstant } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { cancelOrder } from '../../../shared/order/index.ts';
import {
  capturePayment,
  receivePaymentCallback,
  requestRefund,
  returnMoney,
} from '../../../shared/payment/index.ts';
import { attentionOf, factsNamed, instalmentsOf, orderStateOf } from '../../../shared/timeline/index.ts';
import { paymentId } from '../../builders/facts.ts';
import { releasedInInstalments, sentAndDelivered } from '../../builders/instalments.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { createInstalmentProvider } from '../../fakes/instalment-provider.ts';
import { isTemporary } from '../../fakes/message-queue.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';
import '../../property-seed.ts';

const total = money(3_927, 'EUR');

const happenings = [
  ...['capture', 'capture', 'twice-at-once', 'days', 'days', 'month', 'decline', 'no-answer', 'lost-answer'],
  ...[
    'callback',
    'callback-again',
    'refund',
    'refund-units',
    'refund-during',
    'pay-back',
    'deliver',
    'cancel',
  ],
] as const;
type Happening = (typeof happenings)[number];

const storms = fc.record({
  count: fc.integer({ min: 2, max: 6 }),
  retries: fc.constantFrom([], [3], [3, 7]),
  events: fc.array(
    fc.record({ happening: fc.constantFrom<Happening>(...happenings), choice: fc.nat({ max: 3_000 }) }),
    { minLength: 3, maxLength: 30 },
  ),
});

function createStorm(count: number, retries: readonly number[]) {
  const harness = createHarness(timelineOf(releasedInInstalments(count, retries)));
  const provider = createInstalmentProvider(total);
  const deps = { ...harness.deps, providerByCode: async () => provider };
  let requests = 0;
  let calls = 0;
  const tolerated = async (act: Promise<unknown>) => {
    try {
      await act;
    } catch (error) {
      if (!isTemporary(error)) throw error;
    }
  };
  const capture = () => tolerated(capturePayment(deps, orderId, harness.cause));
  const payBack = () => tolerated(returnMoney(deps, orderId, harness.cause));
  const refund = async (amount: number) => {
    requests += 1;
    const request = { requestId: `request-${requests}`, operator: 'op', amount: money(amount + 1, 'EUR') };
    await requestRefund(deps, orderId, request);
  };
  const refundUnits = async (choice: number) => {
    requests += 1;
    const units = { lines: [{ sku: 'TEA-TOWEL', quantity: 1 }], shipping: choice % 2 === 0 };
    await requestRefund(deps, orderId, { requestId: `request-${requests}`, operator: 'op', units });
  };
  /** A callback tells one capture, whether it is known or not. */
  const tell = (index: number) => {
    const view = provider.view();
    const one = view.captures[index % Math.max(view.captures.length, 1)];
    if (one === undefined) return;
    const payment = { ...view, status: 'authorised', captures: [one] } as const;
    const rawBody = callbackBody({ kind: 'payment', orderId, paymentId, payment });
    return receivePaymentCallback(deps, { code: 'stripe', callbackId: `evt_${index}_${calls++}`, rawBody });
  };
  const isEnded = () => orderStateOf(harness.facts()).ended !== undefined;
  const step: Readonly<Record<Happening, (choice: number) => unknown>> = {
    capture,
    'twice-at-once': () => Promise.all([capture(), capture()]),
    days: (choice) => harness.pass((choice % 9) * dayMs),
    month: () => harness.pass(31 * dayMs),
    decline: (choice) => provider.declineNext(choice % 4),
    'no-answer': () => provider.loseNext('before'),
    'lost-answer': () => provider.loseNext('after'),
    callback: () => tell(provider.view().captures.length - 1),
    'callback-again': tell,
    refund,
    'refund-units': refundUnits,
    'refund-during': async (choice) => {
      harness.timelines.beforeNextAppend(() => refund(choice));
      await capture();
    },
    'pay-back': payBack,
    deliver: async () => {
      if (isEnded() || factsNamed(harness.facts(), 'payment.captured').length === 0) return;
      const facts = sentAndDelivered();
      const now = toInstant(deps.clock());
      await harness.timelines.append({ timeline: harness.timeline(), facts, cause: harness.cause, now });
    },
    cancel: () => cancelOrder(deps, orderId, harness.cause),
  };
  const run = async ({ happening, choice }: { happening: Happening; choice: number }) =>
    step[happening](choice);
  return { harness, provider, deps, capture, payBack, run, lastSaid: () => tell(0) };
}
type Storm = ReturnType<typeof createStorm>;

/** The sweeper goes on until nothing is due, with partners that answer. */
async function settle({ harness, capture, payBack, provider }: Storm): Promise<void> {
  provider.declineNext(0);
  for (let round = 0; round < 60; round += 1) {
    await capture();
    await payBack();
    const [next] = deadlinesOf(harness.facts()).filter(
      ({ key, step }) => step === 'capture' || key === 'money',
    );
    if (next === undefined) return;
    harness.pass(Math.max(Date.parse(next.dueAt) - harness.deps.clock().getTime(), minuteMs));
  }
  throw new Error('something is always due');
}

const amounts = (
  facts: readonly { readonly data: { readonly amount: { readonly amount: number } } }[],
): Money =>
  sum(
    facts.map(({ data }) => money(data.amount.amount, 'EUR')),
    'EUR',
  );

/** Each key reaches the bank once, and each due date has as many keys as the plan allows. */
function checkAttempts({ provider }: Storm, retries: number): void {
  const keys = provider.attempts.map(({ captureId }) => captureId);
  expect(new Set(keys).size).toBe(keys.length);
  const dates = Map.groupBy(keys, (key) => /-instalment-(\d+)/.exec(key)?.[1]);
  for (const own of dates.values()) expect(own.length).toBeLessThanOrEqual(1 + retries);
  const paid = provider.attempts.filter(({ outcome }) => outcome === 'captured');
  const numbers = paid.map(({ captureId }) => /-instalment-(\d+)/.exec(captureId)?.[1]);
  expect(new Set(numbers).size).toBe(numbers.length);
}

function checkAlways({ harness, provider }: Storm): void {
  const facts = harness.facts();
  const lowered = amounts(factsNamed(facts, 'payment.instalments_lowered'));
  const owed = (instalmentsOf(facts) ?? []).map(({ amount, captured }) => captured ?? amount);
  expect(sum(owed, 'EUR')).toEqual(subtract(total, lowered));
  expect(provider.captured().amountMinor).toBeLessThanOrEqual(subtract(total, lowered).amountMinor);
}

function checkSettled(storm: Storm): void {
  const { harness, provider } = storm;
  const facts = harness.facts();
  const captured = amounts(factsNamed(facts, 'payment.captured'));
  expect(captured).toEqual(provider.captured());
  const refunded = [...provider.refunded.values()].reduce(add, zero('EUR'));
  expect(refunded).toEqual(amounts(factsNamed(facts, 'refund.paid')));
  const lowered = amounts(factsNamed(facts, 'payment.instalments_lowered'));
  const { ended } = orderStateOf(facts);
  const deposits = harness.timelines.journals
    .flatMap(({ postings }) => postings)
    .filter(({ account }) => account === 'customer-deposits')
    .reduce((all, { amount }) => all + amount.amountMinor, 0);
  if (ended === 'cancelled') {
    expect(refunded).toEqual(captured);
    expect(deposits).toBe(0);
    return;
  }
  const unpaid = (instalmentsOf(facts) ?? []).filter((one) => one.captured === undefined);
  const open = sum(
    unpaid.map(({ amount }) => amount),
    'EUR',
  );
  // The sum of the instalments is the total, less what was lowered.
  expect(add(add(captured, lowered), open)).toEqual(total);
  if (open.amountMinor > 0)
    expect(attentionOf(facts).map(({ reason }) => reason)).toContain('instalment-unpaid');
  if (ended === 'delivered') expect(deposits).toBe(open.amountMinor);
}

const numRuns = Number(process.env.JOURNEY_RUNS ?? 300);

test(
  'whatever repeats, is declined, refunded or stopped: each due date is charged once, and never more than is owed',
  async () => {
    await fc.assert(
      fc.asyncProperty(storms, async ({ count, retries, events }) => {
        const storm = createStorm(count, retries);
        for (const happened of events) {
          await storm.run(happened);
          checkAlways(storm);
          checkAttempts(storm, retries.length);
        }
        await settle(storm);
        checkAttempts(storm, retries.length);
        checkSettled(storm);
      }),
      { numRuns },
    );
  },
  Math.max(60_000, numRuns * 300),
);
