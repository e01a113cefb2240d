import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLines } from '../../../infra/cli/files/csv-lines.ts';
import { dayMs, later } from '../../../shared/kernel/time.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { collectedByCarrier } from '../../../shared/payment/cash/index.ts';
import { remittanceFile } from '../../../shared/payment/cash/remittance-file.ts';
import { reconcile, withOrders } from '../../../shared/payment/settlement/index.ts';
import { reconcileDaily } from '../../../shared/payment/settlement/run.ts';
import type { Decided } from '../../../shared/timeline/index.ts';
import { deliver, untilCashSent } from '../../builders/cash-order.ts';
import { otherParcelId, parcelId } from '../../builders/facts.ts';
import { orderId, placedAt, timelineOf } from '../../builders/timeline.ts';
import { createMemoryReconciliations } from '../../fakes/memory-reconciliations.ts';
import { createMemoryTimelines } from '../../fakes/memory-timelines.ts';
import { project } from '../../fakes/project.ts';
import '../../property-seed.ts';

const provider = 'cash-on-delivery';
const header = 'tracking number,amount,currency,fee,date,remittance';
const first = 'CASH1,39.27,EUR,0.79,2026-11-30,RM1';
const second = 'CASH2,34.51,EUR,0.69,2026-11-30,RM1';

/** The books of an order of two parcels, 39.27 and 34.51, whose carrier has collected both. */
function booksOf(facts: readonly Decided[] = deliver(deliver(untilCashSent(), parcelId), otherParcelId)) {
  const timelines = createMemoryTimelines(project);
  timelines.seed(timelineOf(facts));
  const reconciliations = createMemoryReconciliations();
  let now = later(placedAt, dayMs);
  const deps = { timelines, reconciliations, clock: () => new Date(now) };
  const orderOfLabel = async (label: string) => (/^CASH[12]$/.test(label) ? orderId : undefined);
  return {
    reconciliations,
    /** The cash that is with the carrier by the ledger. */
    inTransit: () =>
      journalsOf([], timelines.factsOf(orderId))
        .flatMap(({ postings }) => postings)
        .filter(({ account }) => account === 'cod-in-transit:cash-on-delivery')
        .reduce((sum, { amount }) => sum + amount.amountMinor, 0),
    names: () => timelines.factsOf(orderId).map(({ name }) => name),
    async remit(...lines: string[]) {
      const read = remittanceFile.read(csvLines([header, ...lines].join('\n')));
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      const rows = await withOrders(read.value, orderOfLabel);
      const { run, differences } = await reconcile(deps, {
        ...{ provider, rows, cause: { by: 'operator' }, dryRun: false },
      });
      return [run.matched, run.repeated, differences.map(({ kind, isNew }) => [kind, isNew])] as const;
    },
    daily(days: number) {
      now = later(placedAt, days * dayMs);
      return reconcileDaily({
        ...deps,
        providers: async () => [collectedByCarrier],
        async *ordersSince() {
          yield [orderId];
        },
        onFailure: (error) => {
          throw error;
        },
      });
    },
  };
}

test('a clean file matches each label once, and changes nothing when it comes again', async () => {
  const books = booksOf();
  expect(await books.remit(first, second)).toEqual([2, 0, []]);
  const before = books.names();
  expect(before.filter((name) => name === 'payment.settled')).toHaveLength(2);
  expect(await books.remit(second, first)).toEqual([0, 2, []]);
  expect(books.names()).toEqual(before);
  expect(books.reconciliations.open.size).toBe(0);
});

/** What is open: the label, what was collected, what was remitted by now, and what the carrier still owes. */
const openOf = ({ reconciliations }: ReturnType<typeof booksOf>) =>
  [...reconciliations.open.values()].map(({ kind, reference, ours, theirs, owed }) => [
    ...[kind, reference, ours?.amountMinor, theirs?.amountMinor, owed?.amountMinor],
  ]);
const part = (amount: string, remittance: string) => `CASH1,${amount},EUR,0,2026-12-02,${remittance}`;

test('a short payment is booked, and what the carrier still owes is open until it is paid in parts', async () => {
  const books = booksOf();
  const short = first.replace('39.27', '38.27');
  expect(await books.remit(short, second)).toEqual([1, 0, [['short', true]]]);
  expect(await books.remit(short)).toEqual([0, 0, [['short', false]]]);
  expect(openOf(books)).toEqual([['short', 'CASH1', 3_927, 3_827, 100]]);
  expect(books.inTransit()).toBe(100);
  // 0.60 of the last 1.00, and then the rest.
  expect(await books.remit(part('0.60', 'RM2'))).toEqual([0, 0, [['short', false]]]);
  expect(openOf(books)).toEqual([['short', 'CASH1', 3_927, 3_887, 40]]);
  expect(await books.remit(part('0.40', 'RM3'))).toEqual([1, 0, []]);
  expect(openOf(books)).toEqual([]);
  expect(books.inTransit()).toBe(0);
  expect(await books.remit(short, part('0.60', 'RM2'), part('0.40', 'RM3'))).toEqual([0, 3, []]);
});

test('a rest that is paid in the same file is no difference', async () => {
  const books = booksOf();
  expect(await books.remit(first.replace('39.27', '38.27'), part('1.00', 'RM2'))).toEqual([1, 0, []]);
  expect(openOf(books)).toEqual([]);
});

test('more than the rest, or the rest in another currency, is booked by nobody, and the rest stays owed', async () => {
  const books = booksOf();
  await books.remit(first.replace('39.27', '38.27'));
  expect(await books.remit(part('1.01', 'RM2'))).toEqual([0, 0, [['differs', true]]]);
  expect(await books.remit(part('1.00', 'RM3').replace('EUR', 'PLN'))).toEqual([0, 0, [['differs', true]]]);
  expect(openOf(books)).toEqual([
    ['short', 'CASH1', 3_927, 3_827, 100],
    ['differs', 'CASH1', 100, 101, undefined],
    ['differs', 'CASH1', 100, 100, undefined],
  ]);
  expect(books.inTransit()).toBe(100 + 3_451);
});

test('a rest that is not remitted in time is one difference, and no second one', async () => {
  const books = booksOf();
  await books.remit(first.replace('39.27', '38.27'), second);
  expect(await books.daily(16)).toMatchObject({ found: 0 });
  expect(openOf(books)).toEqual([['short', 'CASH1', 3_927, 3_827, 100]]);
});

test('in whatever parts it is remitted, what is owed is what was collected less what came', async () => {
  const parts = fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(parts, async (amounts) => {
      const books = booksOf();
      let owed = 3_927;
      for (const [place, amount] of amounts.entries()) {
        const line = part((amount / 100).toFixed(2), `RM${place}`);
        await books.remit(line);
        // A line that comes again is added once.
        await books.remit(line);
        if (amount <= owed) owed -= amount;
        expect(books.inTransit()).toBe(owed + 3_451);
        const short = openOf(books).find(([kind]) => kind === 'short');
        expect(short?.[4]).toBe(owed === 0 || owed === 3_927 ? undefined : owed);
      }
    }),
    { numRuns: 60 },
  );
});

test('a label that is paid twice is a difference once, in one file and in two', async () => {
  const books = booksOf();
  expect(await books.remit(first, first, second)).toEqual([2, 0, [['duplicated', true]]]);
  expect(await books.remit(first, first)).toEqual([0, 1, [['duplicated', false]]]);
  expect(await books.remit(first.replace('RM1', 'RM2'))).toEqual([0, 0, [['duplicated', true]]]);
});

test('a label that is not ours, or whose parcel was not delivered, is not in the ledger', async () => {
  const books = booksOf(deliver(untilCashSent(), parcelId));
  expect(await books.remit(first, second, second.replace('CASH2', 'OTHER'))).toEqual([
    ...[1, 0],
    [
      ['missing-here', true],
      ['missing-here', true],
    ],
  ]);
});

test('money that the carrier does not remit is missing after its time, once, and until it comes', async () => {
  const books = booksOf();
  await books.remit(second);
  expect(await books.daily(15)).toMatchObject({ found: 0 });
  expect(await books.daily(16)).toMatchObject({ found: 1 });
  expect(await books.daily(17)).toMatchObject({ found: 0 });
  expect([...books.reconciliations.open.values()]).toMatchObject([
    { kind: 'missing-there', reference: 'CASH1' },
  ]);
  expect(await books.remit(first)).toEqual([1, 0, []]);
  expect(books.reconciliations.open.size).toBe(0);
});
