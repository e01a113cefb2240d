import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourMs, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { cancelOrder } from '../../../shared/order/index.ts';
import type { DueStep } from '../../../shared/order/wait.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import { capturePayment, checkPayment } from '../../../shared/payment/index.ts';
import { screenOrder } from '../../../shared/screening/index.ts';
import { factsNamed, orderStateOf } from '../../../shared/timeline/index.ts';
import { total } from '../../builders/facts.ts';
import { orderId } from '../../builders/timeline.ts';
import { keptBy } from '../../fakes/intent-provider.ts';
import { isTemporary } from '../../fakes/message-queue.ts';
import { createTwoProviders, type TwoProviders } from '../../fakes/two-providers.ts';
import '../../property-seed.ts';

/** What can happen, at any time and in any order. */
const happenings = [
  ...['start', 'start', 'choose-card', 'choose-voucher', 'pay', 'pay', 'pay-at-once', 'decline'],
  ...['call', 'call', 'call-again', 'check', 'settle', 'screen', 'capture'],
  ...['out', 'back', 'no-answer', 'lost-answer', 'lost-answer', 'meanwhile', 'minutes', 'cancel'],
] as const;
type Happening = (typeof happenings)[number];

const events = (of: readonly Happening[]) =>
  fc.array(fc.record({ happening: fc.constantFrom<Happening>(...of), choice: fc.nat({ max: 99 }) }), {
    ...{ minLength: 4, maxLength: 40 },
  });
const storms = events(happenings);

function createStorm() {
  const two = createTwoProviders();
  const { harness, deps, providers } = two;
  const mailbox: (() => Promise<void>)[] = [];
  const delivered: (() => Promise<void>)[] = [];
  const at = <T>(list: readonly T[], choice: number): T | undefined =>
    list[choice % Math.max(list.length, 1)];
  const everyIntent = () =>
    providers.flatMap((provider) => provider.intents.map(({ paymentId }) => ({ provider, paymentId })));
  const act = (choice: number, on: 'authorised' | 'captured' | 'declined') => {
    const own = at(everyIntent(), choice);
    if (own === undefined) return;
    const { provider, paymentId } = own;
    const code = choice % 2 === 0 ? 'try_again_later' : 'declined';
    if (on === 'declined' ? provider.decline(paymentId, code) : provider.pay(paymentId, on)) {
      // The body is made now: a late callback tells what was true when it was sent.
      const rawBody = provider.says(orderId, paymentId);
      mailbox.push(() => two.deliver(provider, rawBody));
    }
  };
  const provider = (choice: number) => at(providers, choice) ?? two.stripe;
  const step: Readonly<Record<Happening, (choice: number) => unknown>> = {
    start: two.start,
    'choose-card': () => two.choose('card'),
    'choose-voucher': () => two.choose('voucher'),
    pay: (choice) => act(choice, 'authorised'),
    'pay-at-once': (choice) => act(choice, 'captured'),
    decline: (choice) => act(choice, 'declined'),
    call: async (choice) => {
      const [call] = mailbox.splice(choice % Math.max(mailbox.length, 1), 1);
      if (call === undefined) return;
      delivered.push(call);
      await call();
    },
    'call-again': (choice) => at(delivered, choice)?.(),
    check: () => checkPayment(deps, orderId, harness.cause),
    settle: two.settle,
    screen: () => screenOrder(deps, orderId, harness.cause),
    capture: () => capturePayment(deps, orderId, harness.cause),
    out: (choice) => {
      provider(choice).trouble = 'no-answer';
    },
    back: (choice) => {
      provider(choice).trouble = undefined;
    },
    'no-answer': (choice) => {
      provider(choice).next = 'no-answer';
    },
    'lost-answer': (choice) => {
      provider(choice).next = 'lost-answer';
    },
    // Another request, step or callback writes between the decision of the next one and its write.
    meanwhile: (choice) => {
      const others = ['start', 'choose-voucher', 'call', 'settle', 'pay', 'check', 'cancel'] as const;
      const other = at(others, choice) ?? 'call';
      harness.timelines.beforeNextAppend(() => run({ happening: other, choice: Math.floor(choice / 7) }));
    },
    minutes: (choice) => harness.pass((1 + (choice % 5)) * minuteMs),
    cancel: () => cancelOrder(deps, orderId, harness.cause),
  };
  /** A step that fails for a time comes again by its deadline. */
  async function run({ happening, choice }: { happening: Happening; choice: number }): Promise<void> {
    try {
      await step[happening](choice);
    } catch (error) {
      if (!isTemporary(error)) throw error;
    }
  }
  return { two, run };
}

const owners: Partial<Record<DueStep, Happening>> = {
  payment: 'check',
  refund: 'settle',
  screening: 'screen',
  capture: 'capture',
};

/** Every provider answers again. Callbacks that were not delivered are lost; only deadlines repeat steps. */
async function settle({ two, run }: ReturnType<typeof createStorm>): Promise<void> {
  for (const provider of two.providers) Object.assign(provider, { trouble: undefined, next: undefined });
  for (let round = 0; round < 100; round += 1) {
    const due = deadlinesOf(two.harness.facts());
    const steps = new Set(due.flatMap(({ step }) => (step === undefined ? [] : (owners[step] ?? []))));
    if (steps.size === 0) return;
    for (const happening of steps) await run({ happening, choice: round });
    two.harness.pass(hourMs);
  }
  throw new Error('the order is never settled');
}

function balanceOf({ harness }: TwoProviders, account: string): number {
  const postings = harness.timelines.journals.flatMap((journal) => journal.postings);
  return postings.reduce((all, one) => (one.account === account ? all + one.amount.amountMinor : all), 0);
}

/** What happens while every provider does what it is asked, and of its answers some are lost. */
const answered = events(
  happenings.filter((one) => !['out', 'no-answer', 'lost-answer', 'meanwhile'].includes(one)),
);

/** The next new intent is made, and the answer that names it is lost. */
function losesStart({ providers }: TwoProviders): void {
  const whole = providers.map(({ start }) => start);
  let isLost = false;
  for (const [place, provider] of providers.entries())
    Object.assign(provider, {
      start: async (...given: Parameters<typeof provider.start>) => {
        const before = provider.intents.length;
        const answer = await whole[place]?.(...given);
        if (isLost || provider.intents.length === before) return answer;
        isLost = true;
        throw new PartnerUnavailable(provider.code, 'timeout');
      },
    });
}

/** The intents that a shopper could still pay now. */
const payable = ({ providers }: TwoProviders) =>
  providers.flatMap(({ intents }) =>
    intents.filter(({ status }) => status === 'waiting' || status === 'failed'),
  );

/** At any moment: at most one intent pays the order, and no more was refunded than came. */
function checkAlways({ harness, providers }: TwoProviders): void {
  const facts = harness.facts();
  expect(factsNamed(facts, 'payment.authorised').length).toBeLessThan(2);
  expect(factsNamed(facts, 'payment.captured').length).toBeLessThan(2);
  for (const { intents } of providers)
    for (const { captures, refunded } of intents)
      expect(refunded.amountMinor).toBeLessThanOrEqual(captures.length * total.amount);
}

function checkSettled(two: TwoProviders): void {
  const facts = two.harness.facts();
  const { ended } = orderStateOf(facts);
  const kept = two.providers.reduce((all, provider) => all + keptBy(provider), 0);
  const isPaid = ended === undefined;
  expect(kept).toBe(isPaid ? total.amount : 0);
  for (const provider of two.providers) {
    // The provider's books are ours.
    expect(balanceOf(two, `provider-clearing:${provider.code}`)).toBe(keptBy(provider));
    // Nothing is left that a shopper could still pay, or that still holds the shopper's money.
    for (const { status } of provider.intents) expect(['captured', 'voided']).toContain(status);
  }
  expect(balanceOf(two, 'payments-to-return')).toBe(0);
  expect(balanceOf(two, 'customer-deposits')).toBe(isPaid ? -total.amount : 0);
  expect(deadlinesOf(facts).filter(({ step }) => step !== undefined && step in owners)).toEqual([]);
}

const numRuns = Number(process.env.JOURNEY_RUNS ?? 400);

test(
  'whatever times out, comes late or is paid twice, the shopper is charged once or not at all',
  async () => {
    await fc.assert(
      fc.asyncProperty(storms, async (events) => {
        const storm = createStorm();
        for (const happened of events) {
          await storm.run(happened);
          checkAlways(storm.two);
        }
        await settle(storm);
        checkSettled(storm.two);
      }),
      { numRuns },
    );
  },
  Math.max(60_000, numRuns * 300),
);

test(
  'an answer that is lost leaves one intent that can be paid, at every moment at which the shopper could',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        answered,
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        async (all, lost) => {
          const storm = createStorm();
          for (const [index, happened] of all.entries()) {
            // The answer to the first call of the step is lost, if that is a start.
            const begins = ['start', 'choose-card', 'choose-voucher'].includes(happened.happening);
            if (begins && lost[index] === true) losesStart(storm.two);
            await storm.run(happened);
            expect(payable(storm.two).length).toBeLessThan(2);
            checkAlways(storm.two);
          }
          await settle(storm);
          checkSettled(storm.two);
        },
      ),
      { numRuns },
    );
  },
  Math.max(60_000, numRuns * 300),
);
