import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/all-events.ts';
import type { WorkStep } from '../../../events/work.ts';
import { type Deadline, deadlinesOf } from '../../../shared/order/deadline.ts';
import { headOf, sweepDueOrders } from '../../../shared/order/index.ts';
import { orderOf, terminalStatuses } from '../../../shared/order/order.ts';
import { blockerOf, type Journal, type TaxEntry } from '../../../shared/timeline/index.ts';
import { orderId } from '../../builders/timeline.ts';
import { checkPartnersBooks } from '../../fakes/check-partners-books.ts';
import { deliverMessages } from '../../fakes/deliver-messages.ts';
import { createMemoryDueOrders } from '../../fakes/memory-due-orders.ts';
import {
  createRandomJourney,
  type Event,
  type Happening,
  happenings,
  type RandomJourney,
} from '../../fakes/random-journey.ts';

/** These end an order or stop it for long. They are rare, because otherwise little else would be tried. */
const disruptive: readonly Happening[] = [
  ...(['cancel', 'refuse', 'hold', 'refund', 'close', 'hours', 'lose', 'run-short'] as const),
];
const usual = happenings.filter((happening) => !disruptive.includes(happening));

const happening = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...usual) },
  { weight: 1, arbitrary: fc.constantFrom(...disruptive) },
);

const stormEvents = fc.array(fc.record<Event>({ happening, choice: fc.nat({ max: 9999 }) }), {
  minLength: 5,
  maxLength: 80,
});

/** The undisturbed journey of both parcels. Random events begin anywhere on it. */
const course: readonly Happening[] = [
  ...(['start', 'pay', 'call', 'screen', 'capture', 'book', 'clear'] as const),
  ...([
    'authority',
    'authority',
    'call',
    'call',
    'dispatch',
    'pick',
    'pick',
    'pick',
    'call',
    'call',
  ] as const),
  ...(['pick', 'pick', 'pick', 'pick', 'pick', 'call', 'call', 'call', 'call', 'call', 'call'] as const),
  ...(['carry', 'carry', 'carry', 'carry', 'call', 'call', 'carry', 'carry', 'call', 'call'] as const),
];

/** `JOURNEY_RUNS` asks for more than a usual run tries. */
const numRuns = Number(process.env.JOURNEY_RUNS ?? 200);
const timeoutMs = Math.max(60_000, numRuns * 300);
/** `JOURNEY_SEED` and `JOURNEY_PATH` repeat a run that failed, with the values that fast-check printed. */
const { JOURNEY_SEED: seed, JOURNEY_PATH: path } = process.env;
const runs = {
  numRuns,
  ...(seed === undefined ? {} : { seed: Number(seed) }),
  ...(path === undefined ? {} : { path }),
};

const storms = fc.record({ calm: fc.nat({ max: course.length }), storm: stormEvents });

/** What a person decides about an order that is still held. */
const decisions = fc.constantFrom<Happening>('release', 'refuse');

type Storm = { calm: number; storm: Event[] };
const storm = (calm: number, ...happened: readonly (readonly [Happening, number])[]): Storm => ({
  calm,
  storm: happened.map(([happening, choice]) => ({ happening, choice })),
});

const breaks = {
  /** The answer to the next booking, or filing, is lost. */
  loseLabel: ['lost-answer', 2],
  loseFiling: ['lost-answer', 5],
  /** The order is cancelled while the label is bought. */
  cancelMeanwhile: ['meanwhile', 0],
} as const satisfies Record<string, readonly [Happening, number]>;

/** Runs that failed once: an effect without a fact stayed, because its message had found the order held or stopped. */
const lostWhileStopped: [Storm, boolean][] = [
  [storm(1, breaks.loseLabel, ['pay', 0], breaks.cancelMeanwhile), false],
];
const lostWhileHeld: [Storm, Happening][] = (['release', 'refuse'] as const).flatMap((decision) => [
  [storm(4, ['capture', 0], breaks.loseLabel, ['book', 0], ['hold', 0]), decision],
  [storm(6, breaks.loseFiling, ['clear', 0], ['hold', 0]), decision],
]);

const countOf = (facts: readonly Fact[], name: Fact['name']) =>
  facts.filter((fact) => fact.name === name).length;

/** Checks the rules that must hold after every event, for any earlier events. */
function checkAlways({ harness }: RandomJourney): void {
  const facts = harness.facts();
  const captured = sumOf(facts, 'payment.captured');
  expect(countOf(facts, 'payment.captured')).toBeLessThan(2);
  expect(harness.provider.done.captures).toBeLessThan(2);
  expect(harness.provider.done.intents).toBeLessThan(2);
  expect(refunding(facts)).toBeLessThanOrEqual(captured);
  expect(harness.provider.done.refunds).toBeLessThanOrEqual(countOf(facts, 'refund.requested'));
  const ends = (['cancelled', 'expired', 'delivered', 'closed'] as const).map((end) =>
    countOf(facts, `order.${end}`),
  );
  expect(ends.reduce((all, count) => all + count, 0)).toBeLessThan(2);
  for (const [index, fact] of facts.entries()) {
    if (fact.name === 'dispatch.requested') checkDispatch(facts.slice(0, index), fact.data.parcelId);
  }
  for (const dispatchId of harness.system.requests) {
    expect(
      facts.some((fact) => fact.name === 'dispatch.requested' && fact.data.dispatchId === dispatchId),
    ).toBe(true);
  }
  for (const { postings } of harness.timelines.journals) {
    expect(postings.reduce((all, { amount }) => all + amount.amountMinor, 0)).toBe(0);
  }
  expect(owedByEntries(harness.timelines.taxEntries)).toEqual(owedByLedger(harness.timelines.journals));
  const parcels = facts.flatMap((fact) => (fact.name === 'parcel.dispatched' ? [fact.data.parcelId] : []));
  expect(new Set(parcels).size).toBe(parcels.length);
  expect(harness.timelines.headOf(orderId)).toEqual(headOf(facts));
  checkDeadlines(facts);
}

/** Checks that a running order has a deadline, and that the latest fact moved no deadline of another parcel. */
function checkDeadlines(facts: readonly Fact[]): void {
  const present = deadlinesOf(facts);
  const hasEnded = terminalStatuses.includes(orderOf(facts).status);
  if (!hasEnded) expect(present.filter(({ reportedBy }) => reportedBy === 'order.overdue')).not.toEqual([]);
  expect(new Set(present.map(({ key }) => key)).size).toBe(present.length);
  const latest = facts.at(-1);
  if (latest === undefined || !('parcelId' in latest.data)) return;
  const { parcelId } = latest.data;
  const others = (deadlines: readonly Deadline[]) =>
    deadlines.filter((deadline) => deadline.parcelId !== undefined && deadline.parcelId !== parcelId);
  expect(others(present)).toEqual(others(deadlinesOf(facts.slice(0, -1))));
}

/** Checks that no partner is asked for an unpaid, unscreened, stopped or uncleared parcel. */
function checkDispatch(before: readonly Fact[], parcelId: string): void {
  expect(blockerOf(before)).toBeUndefined();
  expect(before.some((fact) => fact.name === 'parcel.cleared' && fact.data.parcelId === parcelId)).toBe(true);
  const open = before.filter((fact) => fact.name === 'dispatch.requested' && fact.data.parcelId === parcelId);
  const over = before.filter((fact) => fact.name === 'dispatch.cancelled' && fact.data.parcelId === parcelId);
  expect(open.length).toBe(over.length);
}

function sumOf(facts: readonly Fact[], name: 'payment.captured' | 'refund.paid'): number {
  return facts.reduce((all, fact) => (fact.name === name ? all + fact.data.amount.amount : all), 0);
}

function refunding(facts: readonly Fact[]): number {
  const failed = new Set(
    facts.flatMap((fact) => (fact.name === 'refund.failed' ? [fact.data.refundId] : [])),
  );
  return facts.reduce(
    (all, fact) =>
      fact.name === 'refund.requested' && !failed.has(fact.data.refundId)
        ? all + fact.data.amount.amount
        : all,
    0,
  );
}

/** The work of each step when the sweeper repeats it. */
const owners: Readonly<Record<WorkStep, Happening>> = {
  payment: 'check',
  screening: 'screen',
  capture: 'capture',
  booking: 'book',
  clearance: 'clear',
  dispatch: 'dispatch',
  cancellation: 'stop',
  delivery: 'track',
  refund: 'return',
  // No dispute of these journeys names a time for its evidence.
  evidence: 'check',
  voiding: 'void',
  withdrawal: 'withdraw',
};

/** The actions of the partners in a few hours without a call from us. */
const partners = ['authority', 'authority', 'pick', 'pick', 'pick', 'carry', 'carry'] as const;

/** How often the partners and the sweeper get their turn once the storm is over, and the hours between the turns. */
const MAX_ROUNDS = 60;
const HOURS_A_ROUND = 6;

/**
 * The storm is over: partners go on with their work, and a person releases now and then what is held. Of our own steps
 * only those are repeated that a deadline names, by the sweeper. Calls of partners arrive, or all of them are lost.
 */
async function settle(journey: RandomJourney, callsArrive = true): Promise<void> {
  const { harness } = journey;
  const sweep = () =>
    sweepDueOrders({
      ...{ timelines: harness.timelines, clock: harness.deps.clock, reportOverdue: () => undefined },
      dueOrders,
      repeat: ({ step, attempt }) => journey.let({ happening: owners[step], choice: attempt }),
      // Nobody asks for one here.
      erase: async () => undefined,
    });
  const dueOrders = createMemoryDueOrders(harness.timelines);
  for (let round = 0; round < MAX_ROUNDS && !isOver(harness.facts()); round += 1) {
    for (let hour = 0; hour < HOURS_A_ROUND; hour += 1) await journey.let({ happening: 'hours', choice: 0 });
    await sweep();
    for (const happening of partners) {
      await journey.let({ happening, choice: round });
      if (callsArrive) await journey.let({ happening: 'call', choice: round });
    }
    if (round % 4 === 3) await journey.let({ happening: 'release', choice: 0 });
    checkAlways(journey);
  }
}

/** Whether no work is left for the order. */
const isOver = (facts: readonly Fact[]): boolean =>
  terminalStatuses.includes(orderOf(facts).status) && deadlinesOf(facts).length === 0;

function checkSettled(journey: RandomJourney): void {
  const { harness } = journey;
  checkPartnersBooks(journey);
  const facts = harness.facts();
  const head = headOf(facts);
  // An order that has not ended by now is on the work list of a person, and no step is due.
  if (!isOver(facts)) {
    expect([head.status, head.list]).toEqual([head.status, 'attention']);
    // The authority answers a withdrawal only by a callback. Without it the step is repeated.
    const steps = deadlinesOf(facts).flatMap(({ step }) => step ?? []);
    expect(steps.filter((step) => step !== 'withdrawal')).toEqual([]);
  }
  if (head.status === 'delivered' || head.status === 'closed') checkArrived(journey);
  if (head.status !== 'cancelled' && head.status !== 'expired') return;

  const left = facts.some((fact) => fact.name === 'parcel.dispatched');
  expect(left).toBe(false);
  expect(sumOf(facts, 'refund.paid')).toBe(sumOf(facts, 'payment.captured'));
  expect(balances(harness.timelines.journals)).toEqual({});
  for (const position of harness.timelines.stock.values()) {
    expect(position).toEqual({ available: 1000, reserved: 0, onHand: 1000, shipped: 0, writtenOff: 0 });
  }
  expect(harness.provider.done.intents === 0 || harness.provider.payment().status !== 'authorised').toBe(
    true,
  );
  for (const [id, status] of dispatchEnds(facts)) expect([id, status]).toEqual([id, 'dispatch.cancelled']);
}

/** Checks an order whose parcels all arrived or were closed: no unit is reserved, and no deposit is left. */
function checkArrived({ harness }: RandomJourney): void {
  const left = balances(harness.timelines.journals);
  expect([left['customer-deposits'], left['tax-on-deposits']]).toEqual([undefined, undefined]);
  for (const { reserved } of harness.timelines.stock.values()) expect(reserved).toBe(0);
}

/** The sums of the tax returns by account. A credit is negative. */
function owedByEntries(entries: readonly TaxEntry[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { scheme, amounts } of entries)
    for (const { memberState, tax } of amounts) {
      const account = `tax-owed:${memberState}:${scheme}`;
      sums.set(account, (sums.get(account) ?? 0) - tax.amountMinor);
    }
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0));
}

const owedByLedger = (journals: readonly Journal[]) =>
  Object.fromEntries(
    Object.entries(balances(journals)).filter(([account]) => /^tax-owed:..:(ioss|oss)$/.test(account)),
  );

/** The balance of each account in minor units. */
function balances(journals: readonly Journal[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { account, amount } of journals.flatMap(({ postings }) => postings))
    sums.set(account, (sums.get(account) ?? 0) + amount.amountMinor);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0));
}

function dispatchEnds(facts: readonly Fact[]): Map<string, string> {
  const ends = new Map<string, string>();
  for (const fact of facts) {
    if (fact.name === 'dispatch.requested' || fact.name === 'dispatch.cancelled')
      ends.set(fact.data.dispatchId, fact.name);
  }
  return ends;
}

describe('for all events, in any order, with any repeats', () => {
  test(
    'the invariants hold after every event, and a stopped order owes nothing',
    async () => {
      await fc.assert(
        fc.asyncProperty(storms, fc.boolean(), async ({ calm, storm }, callsArrive) => {
          const journey = createRandomJourney();
          for (const [index, happening] of course.slice(0, calm).entries())
            await journey.let({ happening, choice: index });
          for (const event of storm) {
            await journey.let(event);
            checkAlways(journey);
          }
          await settle(journey, callsArrive);
          checkSettled(journey);
        }),
        { ...runs, examples: lostWhileStopped },
      );
    },
    timeoutMs,
  );

  test(
    'with each message delivered once and failed ones again, no partner keeps an effect of a stopped order',
    async () => {
      await fc.assert(
        fc.asyncProperty(storms, decisions, async ({ calm, storm }, decision) => {
          const journey = createRandomJourney();
          for (const [index, happening] of course.slice(0, calm).entries())
            await journey.let({ happening, choice: index });
          for (const event of storm) await journey.let(event);
          await deliverMessages(journey);
          checkPartnersBooks(journey);
          await journey.let({ happening: decision, choice: 0 });
          await deliverMessages(journey);
          checkPartnersBooks(journey);
          checkAlways(journey);
        }),
        { ...runs, examples: lostWhileHeld },
      );
    },
    timeoutMs,
  );

  test('an undisturbed order is delivered if every fact is reported three times', async () => {
    const journey = createRandomJourney();
    for (const happening of course) {
      for (let time = 0; time < 3; time += 1) await journey.let({ happening, choice: 0 });
      await journey.let({ happening: 'call-again', choice: 0 });
    }
    await settle(journey);
    expect(headOf(journey.harness.facts()).status).toBe('delivered');
    expect(journey.harness.provider.done).toEqual({ captures: 1, voids: 0, refunds: 0, intents: 1 });
  });
});
