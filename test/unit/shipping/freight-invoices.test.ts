import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { headOf, orderOf, orderView } from '../../../shared/order/index.ts';
import {
  decideOnInvoiceLine,
  decideSettlement,
  type InvoiceLine,
} from '../../../shared/shipping/freight-invoices.ts';
import { importInvoices, settleFreightDispute } from '../../../shared/shipping/index.ts';
import { parcelId, placed, untilBooked, untilDispatched, untilPaid } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { consignment, landedCost } from '../../builders/landed-cost.ts';
import { forThreeCartons } from '../../builders/several-cartons.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

const CARDED = 840;
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

/** The facts with a consignment whose freight by the rate card is known. */
const carded = (facts: readonly NewFact[]): NewFact[] => {
  const cost = landedCost({ consignments: [consignment({ freight: eur(CARDED) })] });
  return facts.map((fact) => (fact.name === 'order.placed' ? placed({ landedCost: cost }) : fact));
};
const line = (amountMinor: number, over: Partial<InvoiceLine> = {}): InvoiceLine => ({
  ...{ carrier: 'easypost', invoiceNumber: 'INV-1', trackingNumber: 'TRACK1' },
  amount: money(amountMinor, 'EUR'),
  ...over,
});
const decide = (facts: readonly NewFact[], of: InvoiceLine) =>
  decideOnInvoiceLine(timelineOf(facts), parcelId, of);
const invoiced = (facts: readonly NewFact[], of: InvoiceLine): NewFact => {
  const decision = decide(facts, of);
  if (!('invoiced' in decision)) throw new Error(JSON.stringify(decision));
  return { name: 'freight.invoiced', data: decision.invoiced };
};
const delivered: NewFact[] = [
  { name: 'parcel.delivered', data: { parcelId, deliveredAt: '2026-12-01T10:00:00.000Z' } },
  { name: 'order.delivered', data: {} },
];

describe('a line of a carrier’s invoice', () => {
  test('is matched if it is at most the price of the rate card', () => {
    for (const amount of [CARDED, CARDED - 1, 0])
      expect(decide(carded(untilBooked()), line(amount))).toEqual({
        invoiced: {
          ...{ parcelId, carrier: 'easypost', invoiceNumber: 'INV-1' },
          ...{ amount: eur(amount), carded: eur(CARDED), status: 'matched' },
        },
      });
  });

  test('is disputed by the difference if it is higher, with the weight that was billed', () => {
    expect(decide(carded(untilBooked()), line(CARDED + 72, { billedWeightGrams: 1_500 }))).toMatchObject({
      invoiced: { status: 'disputed', excess: eur(72), billedWeightGrams: 1_500 },
    });
  });

  test('counts once: a repeat is recognised, and another amount for it is a contradiction', () => {
    const facts = carded(untilBooked());
    const known = [...facts, invoiced(facts, line(900))];
    expect(decide(known, line(900))).toMatchObject({ repeated: { status: 'disputed' } });
    expect(decide(known, line(901))).toMatchObject({ conflict: { amount: eur(900) } });
  });

  test('is compared with the rest if the parcel was billed before', () => {
    const facts = carded(untilBooked());
    const once = [...facts, invoiced(facts, line(CARDED))];
    expect(decide(once, line(CARDED, { invoiceNumber: 'INV-2' }))).toMatchObject({
      invoiced: { status: 'disputed', excess: eur(CARDED) },
    });
  });

  test('is disputed completely if the label was voided', () => {
    const facts = carded([...untilBooked(), { name: 'parcel.label_voided', data: { parcelId } }]);
    expect(decide(facts, line(100))).toMatchObject({ invoiced: { carded: eur(0), excess: eur(100) } });
  });

  test.each([
    ['other-carrier', carded(untilBooked()), line(1, { carrier: 'dhl' })],
    ['other-carrier', carded(untilPaid()), line(1)],
    ['other-currency', carded(untilBooked()), line(1, { amount: money(1, 'USD') })],
    ['no-card', untilBooked(), line(1)],
    ['unknown-parcel', carded(untilBooked()), line(1, { trackingNumber: 'TRACK2' })],
  ] as const)('can’t be compared with a card: %s', (unmatched, facts, of) => {
    expect(decide(facts, of)).toEqual({ unmatched });
  });

  test('for one of several cartons is added to the lines of the others, and each carton is found by its number', () => {
    const start = forThreeCartons(untilBooked(), { freight: eur(CARDED) });
    const of = (number: number, amount: number, over: Partial<InvoiceLine> = {}) =>
      line(amount, { trackingNumber: `TRACK${number}`, ...over });
    let facts: NewFact[] = [...start, invoiced(start, of(1, 300))];
    facts = [...facts, invoiced(facts, of(2, 300))];
    expect(decide(facts, of(3, 240))).toMatchObject({ invoiced: { status: 'matched', carded: eur(CARDED) } });
    expect(decide(facts, of(3, 250))).toMatchObject({
      invoiced: { trackingNumber: 'TRACK3', excess: eur(10) },
    });
    expect(decide(facts, of(2, 300))).toMatchObject({ repeated: { trackingNumber: 'TRACK2' } });
    expect(decide(facts, of(1, 299))).toMatchObject({ conflict: { trackingNumber: 'TRACK1' } });
    const disputed = [...facts, invoiced(facts, of(3, 250))];
    const its = { parcelId, carrier: 'easypost', invoiceNumber: 'INV-1' };
    expect(decideSettlement(timelineOf(disputed), its, 'credited')).toMatchObject({ ok: false });
    const third = { ...its, trackingNumber: 'TRACK3' };
    expect(decideSettlement(timelineOf(disputed), third, 'credited')).toEqual({
      ...{ ok: true, value: [{ name: 'freight.dispute_settled', data: { ...third, outcome: 'credited' } }] },
    });
  });

  test('gives in any order, with any repeats, the excess over the price of the rate card', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 2 * CARDED }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(amounts, fc.array(fc.nat({ max: 5 }), { maxLength: 12 }), (billed, again) => {
        let facts = carded(untilDispatched());
        const lines = billed.map((amount, index) => line(amount, { invoiceNumber: `INV-${index}` }));
        const order = [...again.flatMap((index) => lines[index] ?? []), ...lines];
        for (const each of order) {
          const decision = decide(facts, each);
          if ('invoiced' in decision)
            facts = [...facts, { name: 'freight.invoiced', data: decision.invoiced }];
          else expect(decision).toHaveProperty('repeated');
        }
        const reported = facts.flatMap((fact) => (fact.name === 'freight.invoiced' ? [fact.data] : []));
        expect(reported).toHaveLength(billed.length);
        const total = billed.reduce((all, amount) => all + amount, 0);
        expect(reported.reduce((all, { excess }) => all + (excess?.amount ?? 0), 0)).toBe(
          Math.max(0, total - CARDED),
        );
        for (const { status, excess } of reported) expect(status === 'disputed').toBe(excess !== undefined);
      }),
    );
  });
});

describe('a dispute over an invoice', () => {
  const disputed = (() => {
    const facts = carded([...untilDispatched(), ...delivered]);
    return [...facts, invoiced(facts, line(900))];
  })();
  const its = { parcelId, carrier: 'easypost', invoiceNumber: 'INV-1' };
  const settle = (facts: readonly NewFact[], outcome: 'credited' | 'accepted', over: object = {}) =>
    decideSettlement(timelineOf(facts), { ...its, ...over }, outcome);
  const settled = (outcome: 'credited' | 'accepted'): NewFact => ({
    name: 'freight.dispute_settled',
    data: { ...its, outcome },
  });

  test('puts even an ended order on the work list until it is settled', () => {
    const { facts } = timelineOf(disputed);
    expect(headOf(facts)).toMatchObject({ status: 'delivered', list: 'attention', dueAt: undefined });
    expect(orderOf(facts).attention).toMatchObject([{ reason: 'freight-disputed', parcelId, stops: false }]);
    const after = timelineOf([...disputed, settled('credited')]).facts;
    expect(headOf(after)).toMatchObject({ status: 'delivered', list: 'closed' });
  });

  test('is settled once: a repeat changes nothing, and another outcome is refused', () => {
    expect(settle(disputed, 'credited')).toEqual({ ok: true, value: [settled('credited')] });
    const after = [...disputed, settled('credited')];
    expect(settle(after, 'credited')).toEqual({ ok: true, value: [] });
    expect(settle(after, 'accepted')).toMatchObject({ error: { reason: 'settled-otherwise' } });
    expect(settle(disputed, 'credited', { invoiceNumber: 'INV-9' })).toMatchObject({
      error: { reason: 'no-dispute' },
    });
  });

  test('leaves the parcel at the price of its rate card if credited, and above it if accepted', () => {
    const next = line(50, { invoiceNumber: 'INV-2' });
    for (const outcome of ['credited', 'accepted'] as const)
      expect(decide([...disputed, settled(outcome)], next)).toMatchObject({ invoiced: { excess: eur(50) } });
    const facts = carded(untilDispatched());
    const below = [...facts, invoiced(facts, line(CARDED - 100))];
    expect(decide(below, next)).toMatchObject({ invoiced: { status: 'matched' } });
  });

  test('neither advances the order nor is shown to the shopper', () => {
    const facts = carded(untilDispatched());
    const with_ = [...facts, invoiced(facts, line(900))];
    expect(deadlinesOf(timelineOf(with_).facts)).toEqual(deadlinesOf(timelineOf(facts).facts));
    expect(orderView(timelineOf(with_).facts).timeline).toEqual(orderView(timelineOf(facts).facts).timeline);
  });
});

describe('an import of invoice lines', () => {
  const cause = { by: 'operator' as const, reference: 'ada' };
  const open = () => {
    const harness = createHarness(timelineOf(carded(untilDispatched())));
    const run = (lines: readonly InvoiceLine[], dryRun = false) =>
      importInvoices(harness.deps, lines, { cause, dryRun });
    const reported = () => harness.names().filter((name) => name === 'freight.invoiced');
    return { harness, run, reported };
  };

  test('gives the result of each line in their order, and changes nothing when it is repeated', async () => {
    const { run, reported, harness } = open();
    const lines = [
      line(CARDED),
      line(1, { trackingNumber: 'NOBODYS' }),
      line(10, { invoiceNumber: 'INV-2' }),
    ];
    const first = await run(lines);
    expect(first).toMatchObject({
      value: [
        { status: 'matched', orderId, isRepeat: false },
        { status: 'unmatched', reason: 'unknown-parcel' },
        { status: 'disputed', orderId, invoiced: { excess: eur(10) }, isRepeat: false },
      ],
    });
    expect(reported()).toHaveLength(2);
    expect(await run(lines)).toMatchObject({ value: [{ isRepeat: true }, {}, { isRepeat: true }] });
    expect(reported()).toHaveLength(2);
    expect(harness.timelines.journals).toHaveLength(
      createHarness(timelineOf(carded(untilDispatched()))).timelines.journals.length,
    );
  });

  test('finds the parcel by the number of any carton, and adds up all cartons', async () => {
    const harness = createHarness(timelineOf(forThreeCartons(untilDispatched(), { freight: eur(CARDED) })));
    const lines = [1, 2, 3].map((n) => line(280, { trackingNumber: `TRACK${n}` }));
    const all = { status: 'matched', orderId, isRepeat: false };
    expect(await importInvoices(harness.deps, lines, { cause, dryRun: true })).toMatchObject({
      value: [all, all, all],
    });
    expect(await importInvoices(harness.deps, lines, { cause, dryRun: false })).toMatchObject({
      value: [all, all, all],
    });
    const more = [line(1, { trackingNumber: 'TRACK2', invoiceNumber: 'INV-2' })];
    expect(await importInvoices(harness.deps, more, { cause, dryRun: false })).toMatchObject({
      value: [{ status: 'disputed', invoiced: { trackingNumber: 'TRACK2', excess: eur(1) } }],
    });
  });

  test('gives the same results in a dry run, and writes nothing', async () => {
    const { run, reported } = open();
    const lines = [line(CARDED), line(10, { invoiceNumber: 'INV-2' })];
    const tried = await run(lines, true);
    expect(reported()).toEqual([]);
    expect(await run(lines)).toEqual(tried);
  });

  test('writes nothing if a line contradicts another line or an earlier import', async () => {
    const { run, reported } = open();
    expect(await run([line(1, { invoiceNumber: 'INV-2' }), line(1), line(2)])).toMatchObject({
      error: [
        { line: 2, code: 'twice-in-import' },
        { line: 2, code: 'already-invoiced' },
      ],
    });
    expect(reported()).toEqual([]);
    await run([line(1)]);
    expect(await run([line(5, { invoiceNumber: 'INV-2' }), line(2)])).toMatchObject({
      error: [{ line: 1, code: 'already-invoiced' }],
    });
    expect(reported()).toHaveLength(1);
  });

  test('refuses the line that another import writes at the same time with another amount, and repeats nothing', async () => {
    const { run, reported } = open();
    const other = line(5, { invoiceNumber: 'INV-2' });
    const all = await Promise.all([run([line(1), other]), run([line(2), other]), run([line(1), other])]);
    const conflicts = all.filter((outcome) => !outcome.ok);
    expect(conflicts.length).toBeGreaterThan(0);
    for (const outcome of conflicts)
      expect(outcome).toMatchObject({ error: [{ line: 0, code: 'already-invoiced' }] });
    expect(reported()).toHaveLength(2);
  });

  test('finds the order, as does a settlement, and an unknown order has no dispute', async () => {
    const { run, harness } = open();
    await run([line(900)]);
    const its = { parcelId, carrier: 'easypost', invoiceNumber: 'INV-1', outcome: 'accepted' as const };
    for (let time = 0; time < 2; time += 1)
      expect(await settleFreightDispute(harness.deps, orderId, its, cause)).toEqual({
        ok: true,
        value: 'settled',
      });
    expect(harness.names().filter((name) => name === 'freight.dispute_settled')).toHaveLength(1);
    expect(await settleFreightDispute(harness.deps, idOf('order', 9), its, cause)).toMatchObject({
      error: { reason: 'no-dispute' },
    });
  });
});
