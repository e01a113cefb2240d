import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { dayMs, later } from '../../../shared/kernel/time.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { PartnerRefused } from '../../../shared/partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import { decideOnRows, type OrderRow, overdueOf } from '../../../shared/payment/settlement/decide-on-rows.ts';
import { entriesOf, type LedgerEntry } from '../../../shared/payment/settlement/entries.ts';
import { reconcile } from '../../../shared/payment/settlement/index.ts';
import { reconcileDaily } from '../../../shared/payment/settlement/run.ts';
import type { SettlementPeriod, SettlementRow } from '../../../shared/payment/settlement-row.ts';
import { attentionOf } from '../../../shared/timeline/index.ts';
import {
  authorised,
  captured,
  moved,
  paymentId,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  released,
  started,
  untilReleased,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { placedAt, timelineOf } from '../../builders/timeline.ts';
import { createMemoryReconciliations } from '../../fakes/memory-reconciliations.ts';
import { createMemoryTimelines } from '../../fakes/memory-timelines.ts';
import { createFakePaymentProvider } from '../../fakes/payment-provider.ts';
import { project } from '../../fakes/project.ts';
import '../../property-seed.ts';

const WITHIN_DAYS = 5;
const dayOf = (instant: string) => `${instant.slice(0, 10)}T00:00:00.000Z`;
const total = 3927;
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

/** What happened to the money of an order after it was paid. */
interface Shape {
  readonly refunded: number;
  readonly cameBack: boolean;
  readonly dispute: 'none' | 'open' | 'won' | 'lost';
}

const disputed = (status: 'evidence-due' | 'won' | 'lost', withdrawn: number, place: number): NewFact => ({
  name: 'payment.disputed',
  data: {
    ...{ paymentId, providerReference: `du_${place}`, status, amount: eur(withdrawn), code: 'fraudulent' },
    withdrawn: eur(status === 'won' ? 0 : withdrawn),
  },
});

/** The facts of the n-th order. */
function factsOf({ refunded, cameBack, dispute }: Shape, place: number): NewFact[] {
  const refundId = idOf('refund', place);
  const amount = eur(refunded);
  const left = cameBack ? total : total - refunded;
  return [
    ...untilReleased(),
    captured({ providerReference: `ch_${place}` }),
    ...(refunded === 0
      ? []
      : [
          refundRequested({ refundId, amount }),
          refundPaid({ refundId, amount, providerReference: `re_${place}` }),
          ...(cameBack ? [refundFailed({ refundId })] : []),
        ]),
    ...(dispute === 'none' ? [] : [disputed('evidence-due', left, place)]),
    ...(dispute === 'won' || dispute === 'lost' ? [disputed(dispute, left, place)] : []),
    // Somebody has seen that the money is gone before the goods were sent.
    ...(dispute === 'lost' ? [released('operator')] : []),
  ];
}

/** Books with orders of these shapes, and the provider's lines if nothing goes wrong. */
function booksOf(shapes: readonly Shape[]) {
  const timelines = createMemoryTimelines(project);
  const reconciliations = createMemoryReconciliations();
  let now = later(placedAt, dayMs);
  const orderIds = shapes.map((_, index) => idOf('order', index + 1));
  const rows = shapes.flatMap((shape, index) => {
    const orderId = idOf('order', index + 1);
    const { facts } = timelineOf(factsOf(shape, index + 1));
    timelines.seed({ orderId, facts: facts.map((fact) => ({ ...fact, orderId })) });
    return entriesOf(facts).map((entry, line) => rowOf(entry, orderId, `txn_${index + 1}_${line}`));
  });
  const provider = {
    ...createFakePaymentProvider(),
    ...{ settledWithinDays: WITHIN_DAYS, settlements: async () => [] },
  };
  const deps = {
    ...{ timelines, reconciliations, clock: () => new Date(now) },
    providers: async () => [provider],
    async *ordersSince() {
      // An order that moves between lists may come twice.
      yield [...orderIds, ...orderIds.slice(0, 1)];
    },
    onFailure: (error: unknown) => {
      throw error;
    },
  };
  return {
    ...{ deps, rows, orderIds, timelines, reconciliations, provider },
    send: (some: readonly SettlementRow[], dryRun = false) =>
      reconcile(deps, { provider: 'stripe', rows: some, cause: { by: 'operator' }, dryRun }),
    /** The daily run, that number of days after the orders. */
    daily: (days: number) => {
      now = later(placedAt, days * dayMs);
      return reconcileDaily(deps);
    },
    /** Whether a person has to look at the order because of a settlement. */
    isLookedAt: (place: number) =>
      attentionOf(timelines.factsOf(orderIds[place] ?? '')).some(
        ({ reason }) => reason === 'settlement-differs',
      ),
    balance: (account: string) =>
      timelines.journals
        .flatMap(({ postings }) => postings)
        .filter((posting) => posting.account === account)
        .reduce((sum, { amount }) => sum + amount.amountMinor, 0),
  };
}

function rowOf({ kind, reference, amount, at }: LedgerEntry, orderId: string, rowId: string): SettlementRow {
  const { currency, amountMinor } = amount;
  const fee = kind === 'payment' ? 82 : 0;
  return {
    ...{ rowId, kind, reference, orderId, gross: amount, at, payoutId: 'po_1' },
    ...{ fee: money(fee, currency), held: money(0, currency), net: money(amountMinor - fee, currency) },
  };
}

const plain: Shape = { refunded: 0, cameBack: false, dispute: 'none' };

describe('a clean settlement', () => {
  test('differs in nothing, books the fees once, and changes nothing when it comes again', async () => {
    const books = booksOf([plain, { ...plain, refunded: 500 }, { ...plain, dispute: 'lost' }]);
    const first = await books.send(books.rows);
    expect(first).toMatchObject({ run: { matched: 5, repeated: 0, found: 0 }, differences: [] });
    // Three captures at 0.82, and all that is left was paid out: 3 x 39.27 - 5.00 - 39.27 - 2.46.
    expect(books.balance('provider-fees')).toBe(246);
    expect(books.balance('provider-clearing:stripe')).toBe(0);
    expect(books.balance('bank')).toBe(3 * 3927 - 500 - 3927 - 246);
    const again = await books.send([...books.rows].reverse());
    expect(again).toMatchObject({ run: { matched: 0, repeated: 5, found: 0 }, differences: [] });
    expect(books.balance('provider-fees')).toBe(246);
    expect(await books.daily(40)).toMatchObject({ found: 0 });
    expect([0, 1, 2].some(books.isLookedAt)).toBe(false);
  });

  test('writes nothing in a dry run', async () => {
    const books = booksOf([plain]);
    expect(await books.send(books.rows, true)).toMatchObject({ run: { matched: 1 } });
    expect(books.balance('bank')).toBe(0);
    expect(books.reconciliations.runs).toEqual([]);
    expect(await books.send(books.rows)).toMatchObject({ run: { matched: 1 } });
  });

  test('counts lines that belong to no order', async () => {
    const books = booksOf([plain]);
    const [row] = books.rows;
    if (row === undefined) throw new Error('an order has a line');
    const payout: SettlementRow = { ...row, kind: 'payout', rowId: 'txn_po', reference: 'po_1' };
    expect(await books.send([...books.rows, payout])).toMatchObject({ run: { matched: 1, others: 1 } });
  });
});

describe('an entry without a line', () => {
  test('is missing only as of what its provider reported: one that refuses fails the run, and holds nothing', async () => {
    const books = booksOf([plain]);
    const refused = new PartnerRefused('stripe', 403, 'forbidden');
    const failures: unknown[] = [];
    const { settlements } = books.provider;
    await books.daily(1);
    Object.assign(books.provider, { settlements: () => Promise.reject(refused) });
    Object.assign(books.deps, { onFailure: (error: unknown) => failures.push(error) });
    await expect(books.daily(WITHIN_DAYS + 1)).rejects.toBe(refused);
    expect(failures).toEqual([refused]);
    expect(books.reconciliations.open.size).toBe(0);
    Object.assign(books.provider, { settlements });
    // Later on the same day: what a failed run left out is looked for.
    expect(await books.daily(WITHIN_DAYS + 1)).toMatchObject({ found: 1 });
    expect([...books.reconciliations.open.values()]).toMatchObject([{ kind: 'missing-there' }]);
  });

  test('is not missing after an outage of three weeks: every payout of that time is read', async () => {
    const books = booksOf([plain]);
    const asked: SettlementPeriod[] = [];
    const paidOutAt = later(placedAt, 3 * dayMs);
    const tells = async (_now: string, period: SettlementPeriod) => {
      asked.push(period);
      return period.from <= paidOutAt && paidOutAt < period.to ? books.rows : [];
    };
    Object.assign(books.provider, { settlements: tells });
    await books.daily(1);
    const out = () => Promise.reject(new PartnerUnavailable('stripe', 'timeout'));
    Object.assign(books.provider, { settlements: out });
    Object.assign(books.deps, { onFailure: () => {} });
    for (let day = 2; day <= 20; day += 1)
      expect(await books.daily(day)).toMatchObject({ found: 0, failed: 1 });
    Object.assign(books.provider, { settlements: tells });
    asked.length = 0;
    expect(await books.daily(21)).toMatchObject({ matched: 1, found: 0, failed: 0 });
    expect(books.isLookedAt(0)).toBe(false);
    // From two days before the day that was read last, seven days at a time, without a gap.
    const days = (from: number, to: number) => ({
      ...{ from: later(dayOf(placedAt), from * dayMs), to: later(dayOf(placedAt), to * dayMs) },
    });
    expect(asked).toEqual([days(-1, 6), days(6, 13), days(13, 20), days(20, 22)]);
    asked.length = 0;
    await books.daily(22);
    expect(asked).toEqual([days(19, 23)]);
  });

  test('of an order that was closed during an outage is looked for when it is over', async () => {
    const books = booksOf([plain]);
    const since: string[] = [];
    const { ordersSince, providers } = books.deps;
    Object.assign(books.deps, {
      onFailure: () => {},
      ordersSince: (from: string) => {
        since.push(from);
        return ordersSince();
      },
    });
    await books.daily(1);
    Object.assign(books.provider, {
      settlements: () => Promise.reject(new PartnerUnavailable('stripe', 'timeout')),
    });
    await books.daily(2);
    Object.assign((await providers())[0] ?? {}, { settlements: async () => [] });
    since.length = 0;
    await books.daily(21);
    // Five days until an entry is due, and three more, before the day that was read last.
    expect(since).toEqual([later(placedAt, (1 - 8) * dayMs)]);
  });

  test('is missing once its time is over, is found once, and is over when its line comes', async () => {
    const books = booksOf([plain, plain]);
    await books.send(books.rows.slice(1));
    expect(await books.daily(WITHIN_DAYS)).toMatchObject({ found: 0 });
    expect(await books.daily(WITHIN_DAYS + 1)).toMatchObject({ found: 1 });
    expect(await books.daily(WITHIN_DAYS + 2)).toMatchObject({ found: 0 });
    expect([...books.reconciliations.open.values()]).toMatchObject([
      { kind: 'missing-there', reference: 'ch_1', orderId: books.orderIds[0], ours: money(3927, 'EUR') },
    ]);
    expect([0, 1].map(books.isLookedAt)).toEqual([true, false]);
    expect(await books.send(books.rows)).toMatchObject({ run: { matched: 1, repeated: 1, resolved: 1 } });
    expect(books.reconciliations.open.size).toBe(0);
  });
});

describe('an order whose payment moved to another provider, and that was paid at both', () => {
  const [first, second] = [paymentId, idOf('payment', 2)];
  const refundId = idOf('refund', 9);
  const ofFirst = { paymentId: first, provider: 'stripe', amount: eur(total) };
  const { facts } = timelineOf([
    placed(),
    started(),
    moved({ reason: 'chosen', to: { paymentId: second, provider: 'adyen', method: 'card' } }),
    started({ paymentId: second, provider: 'adyen', providerPaymentId: 'PL1' }),
    authorised({ paymentId: second }),
    released('rules'),
    captured({ paymentId: second, providerReference: 'psp_1' }),
    {
      name: 'intent.captured',
      data: { ...ofFirst, providerPaymentId: 'pi_1', providerReference: 'ch_1' },
    },
    { name: 'intent.refunded', data: { ...ofFirst, refundId, providerReference: 're_1' } },
  ]);

  test('has an entry for each movement, at the provider that moved it', () => {
    expect(
      entriesOf(facts).map(({ provider, kind, reference, amount }) => [
        ...[provider, kind, reference, amount.amountMinor],
      ]),
    ).toEqual([
      ['adyen', 'payment', 'psp_1', total],
      ['stripe', 'payment', 'ch_1', total],
      ['stripe', 'refund', 're_1', -total],
    ]);
  });

  test("is matched with each provider's lines, and with nothing of the other one", () => {
    const timeline = timelineOf(facts);
    const rows = entriesOf(facts).map(
      (entry, line) => rowOf(entry, timeline.orderId, `txn_${line}`) as OrderRow,
    );
    const said = (provider: string) =>
      decideOnRows(timeline, provider, rows).outcomes.map(({ status }) => status);
    expect(said('adyen')).toEqual(['matched', 'missing-here', 'missing-here']);
    expect(said('stripe')).toEqual(['missing-here', 'matched', 'matched']);
    expect(said('paypal')).toEqual(['missing-here', 'missing-here', 'missing-here']);
  });

  test("is missing at the provider whose time is over, and is booked on that provider's account", () => {
    const timeline = timelineOf(facts);
    const ids = (provider: string) =>
      overdueOf(timeline, new Map([[provider, { before: '2100-01-01T00:00:00.000Z' }]])).entries.map(
        ({ reference }) => reference,
      );
    expect(ids('stripe')).toEqual(['ch_1', 're_1']);
    expect(ids('adyen')).toEqual(['psp_1']);
    const [, entry] = entriesOf(facts);
    if (entry === undefined) throw new Error('the second payment is an entry');
    const { facts: decided } = decideOnRows(timeline, 'stripe', [
      rowOf(entry, timeline.orderId, 'txn_1') as OrderRow,
    ]);
    const settled = timelineOf([...facts, ...decided]).facts.slice(facts.length);
    const accounts = journalsOf(facts, settled).flatMap(({ postings }) =>
      postings.map(({ account }) => account),
    );
    expect(accounts).toContain('provider-clearing:stripe');
    expect(accounts).not.toContain('provider-clearing:adyen');
  });
});

describe('a provider that settles by files', () => {
  const byFiles = (books: ReturnType<typeof booksOf>, more: object = {}) => {
    const { settlements: _, ...provider } = books.provider;
    Object.assign(books.deps, { providers: async () => [{ ...provider, ...more }] });
  };

  test('is late with nothing while nobody gives its files', async () => {
    const books = booksOf([plain]);
    byFiles(books);
    expect(await books.daily(40)).toMatchObject({ found: 0 });
    expect(books.isLookedAt(0)).toBe(false);
  });

  test('is late with what a file that was read since should have', async () => {
    const books = booksOf([plain, plain]);
    byFiles(books);
    await books.daily(WITHIN_DAYS);
    await books.send(books.rows.slice(1));
    expect(await books.daily(40)).toMatchObject({ found: 0 });
    await books.send(books.rows.slice(1));
    expect(await books.daily(41)).toMatchObject({ found: 1 });
    expect([...books.reconciliations.open.values()]).toMatchObject([{ reference: 'ch_1' }]);
  });

  test('may hold contested money: only a dispute that is lost must have a line', async () => {
    const shapes = (['open', 'won', 'lost'] as const).map((dispute) => ({ ...plain, dispute }));
    const books = booksOf(shapes);
    byFiles(books, { holdsContested: true });
    const captures = books.rows.filter(({ kind }) => kind === 'payment');
    await books.daily(40);
    await books.send(captures);
    expect(await books.daily(41)).toMatchObject({ found: 1 });
    expect([...books.reconciliations.open.values()]).toMatchObject([{ reference: 'du_3' }]);
  });
});

describe('a line that names the contested capture in the place of the dispute', () => {
  test('settles the dispute of that payment, once', async () => {
    const books = booksOf([{ ...plain, dispute: 'lost' }]);
    const lines = books.rows.map((row) => (row.kind === 'dispute' ? { ...row, reference: 'ch_1' } : row));
    expect(await books.send(lines)).toMatchObject({ run: { matched: 2, found: 0 }, differences: [] });
    expect(await books.send(lines)).toMatchObject({ run: { matched: 0, repeated: 2, found: 0 } });
    // What is booked names the dispute, so that nothing of it is open.
    expect(await books.daily(60)).toMatchObject({ found: 0 });
    const settled = books.timelines
      .factsOf(books.orderIds[0] ?? '')
      .flatMap((fact) => (fact.name === 'payment.settled' ? [fact.data.settles] : []));
    expect(settled.sort()).toEqual(['ch_1', 'du_1']);
  });

  test('ends the difference of a dispute that had no line in time', async () => {
    const books = booksOf([{ ...plain, dispute: 'lost' }]);
    await books.send(books.rows.filter(({ kind }) => kind === 'payment'));
    expect(await books.daily(60)).toMatchObject({ found: 1 });
    const late = books.rows.map((row) => (row.kind === 'dispute' ? { ...row, reference: 'ch_1' } : row));
    expect(await books.send(late)).toMatchObject({ run: { matched: 1, resolved: 1 } });
    expect(books.reconciliations.open.size).toBe(0);
  });

  test('differs from the dispute if it has another amount', async () => {
    const books = booksOf([{ ...plain, dispute: 'lost' }]);
    const lines = books.rows.map((row) =>
      row.kind === 'dispute' ? { ...row, reference: 'ch_1', gross: money(-1, 'EUR') } : row,
    );
    const { differences } = await books.send(lines);
    expect(differences).toMatchObject([{ kind: 'differs', what: 'dispute', reference: 'du_1' }]);
  });
});

describe('a wrong line beside the right one', () => {
  const pair = ([row]: readonly SettlementRow[]): SettlementRow[] => {
    if (row === undefined) throw new Error('an order has a line');
    const { gross } = row;
    return [{ ...row, rowId: 'wrong', gross: money(gross.amountMinor - 100, gross.currency) }, row];
  };

  test.each([
    ['before', (lines: SettlementRow[]) => lines],
    ['behind', (lines: SettlementRow[]) => lines.toReversed()],
  ])('is one difference, also if the file comes again (%s it)', async (_, order) => {
    const books = booksOf([plain]);
    const file = order(pair(books.rows));
    const found: string[] = [];
    for (let time = 0; time < 3; time += 1) {
      const { run, differences } = await books.send(file);
      expect([run.matched, run.repeated]).toEqual(time === 0 ? [1, 0] : [0, 1]);
      found.push(...differences.filter(({ isNew }) => isNew).map(({ kind }) => kind));
    }
    expect(found).toEqual(['duplicated']);
    expect([...books.reconciliations.open.values()]).toMatchObject([{ rowId: 'wrong', kind: 'duplicated' }]);
  });
});

test('a refund that a person makes in another way is in no settlement', () => {
  const refundId = idOf('refund', 9);
  const { facts } = timelineOf([
    ...untilReleased(),
    captured({ providerReference: 'ch_1' }),
    refundRequested({ refundId, amount: eur(500), by: 'bank-transfer' }),
    refundPaid({ refundId, amount: eur(500), providerReference: 'transfer-1' }),
  ]);
  expect(entriesOf(facts).map(({ reference }) => reference)).toEqual(['ch_1']);
});

/** What may be wrong with a line, and what is reported then. */
const FAULTS = ['none', 'lost', 'amount', 'currency', 'twice', 'strange', 'no-order'] as const;
type Fault = (typeof FAULTS)[number];

function withFault(row: SettlementRow, fault: Fault): SettlementRow[] {
  switch (fault) {
    case 'lost':
      return [];
    case 'amount':
      return [{ ...row, gross: money(row.gross.amountMinor + Math.sign(row.gross.amountMinor), 'EUR') }];
    case 'currency':
      return [{ ...row, gross: money(row.gross.amountMinor, 'USD') }];
    case 'twice':
      return [row, { ...row, rowId: `${row.rowId}_again` }];
    case 'strange':
      return [row, { ...row, rowId: `${row.rowId}_strange`, reference: 'another' }];
    case 'no-order': {
      const { orderId: _, ...rest } = row;
      return [row, { ...rest, rowId: `${row.rowId}_lone` }];
    }
    default:
      return [row];
  }
}

const REPORTED: Readonly<Record<Fault, string | undefined>> = {
  ...{ none: undefined, lost: 'missing-there', amount: 'differs', currency: 'differs' },
  ...{ twice: 'duplicated', strange: 'missing-here', 'no-order': 'missing-here' },
};

test('random books with random faults differ in exactly what was planted, each once', async () => {
  const shape = fc.record<Shape>({
    refunded: fc.constantFrom(0, 500, total),
    cameBack: fc.boolean(),
    dispute: fc.constantFrom('none', 'open', 'won', 'lost'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        // Of money that went back wholly nothing is left to dispute.
        shape.map((one) =>
          one.refunded === total && !one.cameBack ? { ...one, dispute: 'none' as const } : one,
        ),
        { minLength: 1, maxLength: 5 },
      ),
      fc.array(fc.constantFrom(...FAULTS), { minLength: 25, maxLength: 25 }),
      fc.array(fc.nat(99), { minLength: 80, maxLength: 80 }),
      async (shapes, faults, places) => {
        const books = booksOf(shapes);
        const planted = books.rows.map((row, index) => ({
          row,
          fault: faults[index % faults.length] ?? 'none',
        }));
        // A line before its copy: which of two equal lines is the second is for the provider to say.
        const groups = planted.map(({ row, fault }) => withFault(row, fault));
        const shuffled = groups
          .map((group, index) => ({ group, place: places[index % places.length] ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .flatMap(({ group }) => group);
        // Two files that overlap, and then both again.
        const half = Math.ceil(shuffled.length / 2);
        const files = [shuffled.slice(0, half + 1), shuffled.slice(Math.max(half - 1, 0))];
        const found: string[] = [];
        for (const file of [...files, ...files]) {
          const { differences } = await books.send(file);
          found.push(...differences.filter(({ isNew }) => isNew).map(({ kind }) => kind));
        }
        const late = await books.daily(60);
        const open = [...books.reconciliations.open.values()].map(({ kind }) => kind);
        const expected = planted.flatMap(({ fault }) => REPORTED[fault] ?? []).sort();
        expect(open.sort()).toEqual(expected);
        expect(found.length + late.found).toBe(expected.length);
        expect(await books.daily(61)).toMatchObject({ found: 0 });
        // What was not lost or different is booked, once.
        const booked = planted.filter(({ fault }) => !['lost', 'amount', 'currency'].includes(fault));
        const facts = books.orderIds.flatMap((orderId) => books.timelines.factsOf(orderId));
        expect(facts.filter(({ name }) => name === 'payment.settled')).toHaveLength(booked.length);
      },
    ),
    { numRuns: 60 },
  );
});
