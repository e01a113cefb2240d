import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/all-events.ts';
import { deadlineOf } from '../../../shared/order/deadline.ts';
import { headOf } from '../../../shared/order/index.ts';
import { terminalStatuses } from '../../../shared/order/order.ts';
import { blockerOf, type Journal, type TaxEntry } from '../../../shared/timeline/index.ts';
import { orderId } from '../../builders/timeline.ts';
import {
  createRandomJourney,
  type Event,
  type Happening,
  happenings,
  type RandomJourney,
} from '../../fakes/random-journey.ts';

/** Ends an order or stops it for long: rare, or nothing else would ever be tried. */
const disruptive: readonly Happening[] = [
  ...(['cancel', 'refuse', 'hold', 'refund', 'close', 'hours', 'lose', 'run-short'] as const),
];
const usual = happenings.filter((happening) => !disruptive.includes(happening));

const happening = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...usual) },
  { weight: 1, arbitrary: fc.constantFrom(...disruptive) },
);

const events = fc.array(fc.record<Event>({ happening, choice: fc.nat({ max: 9999 }) }), {
  minLength: 5,
  maxLength: 80,
});

/** The undisturbed journey of both parcels; a storm begins anywhere on it. */
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

const storms = fc.record({ calm: fc.nat({ max: course.length }), storm: events });

const countOf = (facts: readonly Fact[], name: Fact['name']) =>
  facts.filter((fact) => fact.name === name).length;

/** What must hold after every single happening, whatever came before. */
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
}

/** Nothing is requested that is unpaid, unscreened, stopped or uncleared. */
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

const everyStep = [
  ...[
    'hours',
    'call',
    'call',
    'call',
    'call',
    'check',
    'screen',
    'capture',
    'return',
    'book',
    'void',
    'clear',
  ],
  ...['withdraw', 'authority', 'authority', 'dispatch', 'pick', 'pick', 'stop', 'carry', 'carry', 'track'],
] as const;

/** The storm is over: partners go on with their work, every step is repeated, a person releases what is held. */
async function settle(journey: RandomJourney): Promise<void> {
  for (let round = 0; round < 24; round += 1) {
    for (const happening of everyStep) await journey.let({ happening, choice: round });
    if (round % 4 === 3) await journey.let({ happening: 'release', choice: 0 });
    checkAlways(journey);
  }
}

function checkSettled(journey: RandomJourney): void {
  const { harness } = journey;
  const facts = harness.facts();
  const head = headOf(facts);
  const isOver = terminalStatuses.some((status) => status === head.status) && deadlineOf(facts) === undefined;
  // What has not come to its end by now is on the list of those that a person has to look at.
  if (!isOver) expect([head.status, head.list]).toEqual([head.status, 'attention']);
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

/** Every parcel has arrived or was closed: nothing is reserved, and nothing is left that was paid in advance. */
function checkArrived({ harness }: RandomJourney): void {
  const left = balances(harness.timelines.journals);
  expect([left['customer-deposits'], left['tax-on-deposits']]).toEqual([undefined, undefined]);
  for (const { reserved } of harness.timelines.stock.values()) expect(reserved).toBe(0);
}

/** What the returns of the tax schemes come to, by the account that owes it; credit is negative. */
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

/** What is left on each account, in minor units. */
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
  test('the invariants hold after every event, and a stopped order owes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(storms, async ({ calm, storm }) => {
        const journey = createRandomJourney();
        for (const [index, happening] of course.slice(0, calm).entries())
          await journey.let({ happening, choice: index });
        for (const event of storm) {
          await journey.let(event);
          checkAlways(journey);
        }
        await settle(journey);
        checkSettled(journey);
      }),
      { numRuns: 200 },
    );
  });

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
