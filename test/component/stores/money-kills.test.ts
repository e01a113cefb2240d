import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { createReconciliations } from '../../../shared/aws/payment/reconciliation-store.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { fromJson, type Money, money, zero } from '../../../shared/kernel/money.ts';
import { dayMs, minuteMs } from '../../../shared/kernel/time.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { closeParcel } from '../../../shared/order/index.ts';
import {
  capturePayment,
  chooseMethod,
  receivePaymentCallback,
  requestRefund,
  returnMoney,
  startPayment,
} from '../../../shared/payment/index.ts';
import { paymentOf } from '../../../shared/payment/payment.ts';
import type { PaymentUpdate, ProviderDispute } from '../../../shared/payment/provider.ts';
import { reconcile } from '../../../shared/payment/settlement/index.ts';
import { reconcileDaily } from '../../../shared/payment/settlement/run.ts';
import type { SettlementRow } from '../../../shared/payment/settlement-row.ts';
import { attentionOf, deliveriesDue, factsNamed, type Timeline } from '../../../shared/timeline/index.ts';
import { details } from '../../builders/details.ts';
import {
  authorised,
  booked,
  cleared,
  dispatched,
  dispatchRequested,
  released,
  scanned,
  started,
} from '../../builders/facts.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { createIntentProvider, keptBy } from '../../fakes/intent-provider.ts';
import {
  createReaper,
  liveThrough,
  type Reaper,
  watchedProvider,
  watchedReconciliations,
  watchedStore,
} from './reaper.ts';
import { consignmentOf, openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

const cause = { by: 'journey' } as const;
const WITHIN_DAYS = 5;

let on: TableOnEngine;
let shop: Shop;
let labels = 0;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** An order of two parcels in the table, to be paid by card, and what its steps need. */
async function placedOrder(reaper: Reaper) {
  await shop.receive('TEA-TOWEL', 1);
  await shop.receive('TEA-TOWEL', 1, 'pl-poznan');
  const lines = [{ sku: 'TEA-TOWEL', quantity: 1 }];
  const consignments = [consignmentOf(lines), consignmentOf(lines, 'pl-poznan')];
  const orderId = await shop.buy(landedCost({ consignments }));
  const provider = createIntentProvider('stripe');
  const { clock } = shop;
  const unwatched = {
    ...{ timelines: shop.timelines, clock, newId, report: () => undefined },
    details: { read: async () => details() },
    providerByCode: async () => provider,
    methodsWithout: async () => [
      { method: 'klarna', provider: 'stripe', reservationMs: 60 * minuteMs, captureAt: 'dispatch' as const },
    ],
    firstReservationMinutes: async () => 30,
  };
  const deps = {
    ...unwatched,
    timelines: watchedStore(shop.timelines, reaper),
    providerByCode: async () => watchedProvider(provider, reaper),
    ...{ refundWindowDays: () => undefined, refundStep: () => 1 },
  };
  const timeline = async (): Promise<Timeline> => {
    const found = await shop.timelines.load(orderId);
    if (found === undefined) throw new Error('the order was placed');
    return found;
  };
  const add = async (...facts: NewFact[]) =>
    shop.timelines.append({ timeline: await timeline(), facts, cause, now: shop.now() });
  const [placed] = factsNamed((await timeline()).facts, 'order.placed');
  if (placed === undefined) throw new Error('the order was placed');
  const { parcels, landedCost: cost } = placed.data;
  const [first = '', second = ''] = parcels.map(({ parcelId }) => parcelId);
  let calls = 0;
  const says = (update: PaymentUpdate, by = deps) => {
    calls += 1;
    const call = { code: 'stripe', callbackId: `evt_${calls}`, rawBody: Buffer.from(JSON.stringify(update)) };
    return () => receivePaymentCallback(by, call);
  };
  return {
    ...{ orderId, provider, deps, unwatched, timeline, add, first, second, says },
    total: fromJson(cost.totals.total),
    facts: async () => (await timeline()).facts,
  };
}

type Placed = Awaited<ReturnType<typeof placedOrder>>;

const left = (parcelId: string): NewFact[] => {
  labels += 1;
  return [
    ...[booked({ parcelId, trackingNumber: `LABEL${labels}` }), cleared({ parcelId })],
    ...[dispatchRequested({ parcelId }), dispatched({ parcelId })],
  ];
};

/** The shopper has paid, whether by a capture at once or by an authorisation, and nothing is killed yet. */
async function pays({ orderId, provider, unwatched, timeline, says }: Placed, as: 'authorised' | 'captured') {
  await startPayment(unwatched, orderId);
  const { paymentId } = paymentOf(await timeline());
  provider.pay(paymentId, as);
  const own = provider.intents.find((intent) => intent.paymentId === paymentId);
  if (own === undefined) throw new Error('the intent was made');
  const { paymentId: _, refunded: __, ...payment } = own;
  await says({ kind: 'payment', orderId, paymentId, payment }, unwatched as Placed['deps'])();
}

/** The order is paid, and both parcels have arrived. */
async function delivered(order: Placed) {
  await pays(order, 'captured');
  await order.add(released(), ...left(order.first), ...left(order.second));
  await order.add(...arrivals((await order.timeline()).facts, [order.first, order.second]));
}

function arrivals(facts: Timeline['facts'], parcels: readonly string[]) {
  const scans = parcels.map((parcelId) =>
    scanned({
      ...{ parcelId, status: 'delivered', carrierStatus: 'delivered', scanId: `arrived-${parcelId}` },
      ...{ trackingNumber: labelOf(facts, parcelId), scannedAt: shop.now() },
    }),
  );
  return [...scans, ...deliveriesDue(facts, scans)] as NewFact[];
}

const labelOf = (facts: Timeline['facts'], parcelId: string): string =>
  factsNamed(facts, 'parcel.booked').find(({ data }) => data.parcelId === parcelId)?.data.trackingNumber ??
  '';

/** Nothing runs but what deadlines ask for, until they ask for nothing of the money. */
async function settle({ orderId, unwatched, facts }: Placed): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    const steps = new Set(deadlinesOf(await facts()).map(({ step }) => step));
    if (!steps.has('capture') && !steps.has('refund')) return;
    shop.pass(minuteMs);
    if (steps.has('capture')) await capturePayment(unwatched, orderId, cause);
    if (steps.has('refund')) await returnMoney(unwatched, orderId, cause);
  }
  throw new Error('the order is never settled');
}

const count = (facts: Timeline['facts'], name: NewFact['name']) =>
  facts.filter((fact) => fact.name === name).length;

const balance = (facts: Timeline['facts'], account: string) =>
  journalsOf([], facts)
    .flatMap(({ postings }) => postings)
    .filter((posting) => posting.account === account)
    .reduce((sum, { amount }) => sum + amount.amountMinor, 0);

/** A course of events that is killed at every point: says at which point it was not killed any more. */
type Course = (reaper: Reaper, repeats: boolean) => Promise<void>;

const refundOfDelivered: Course = async (reaper, repeats) => {
  const order = await placedOrder(reaper);
  await delivered(order);
  const { orderId, deps, provider, total } = order;
  const ask = () => requestRefund(deps, orderId, { requestId: 'refund-1', operator: 'ada' });
  await liveThrough([ask, () => returnMoney(deps, orderId, cause)], repeats);
  // Whoever asked gets no answer and asks again with the same key.
  if (!repeats)
    await requestRefund({ ...deps, ...order.unwatched }, orderId, { requestId: 'refund-1', operator: 'ada' });
  await settle(order);
  const facts = await order.facts();
  expect(keptBy(provider)).toBe(0);
  expect([count(facts, 'refund.requested'), count(facts, 'refund.paid')]).toEqual([1, 1]);
  expect(paymentOf(await order.timeline()).refunds).toMatchObject([{ status: 'paid', amount: total }]);
  expect(balance(facts, 'provider-clearing:stripe')).toBe(0);
};

const captureAtDispatch: Course = async (reaper, repeats) => {
  const order = await placedOrder(reaper);
  const { orderId, deps, unwatched, provider, first, second } = order;
  await chooseMethod(unwatched, orderId, { method: 'klarna' });
  await pays(order, 'authorised');
  await order.add(released(), ...left(first));
  const stop = { parcelId: second, outcome: 'stopped', refund: 'share' } as const;
  const capture = () => capturePayment(deps, orderId, cause);
  await liveThrough([capture, () => closeParcel(deps, orderId, stop, cause), capture], repeats);
  if (!repeats) await closeParcel(unwatched, orderId, stop, cause);
  await settle(order);
  const facts = await order.facts();
  const own = provider.intents.find(({ paymentId }) => paymentId === paymentOf({ orderId, facts }).paymentId);
  expect(own?.captures).toHaveLength(1);
  // The rest went back with the last capture, or by itself where that came first.
  expect(['captured', 'voided']).toContain(own?.status);
  expect(count(facts, 'payment.captured')).toBe(1);
  expect(count(facts, 'payment.voided')).toBe(own?.status === 'voided' ? 1 : 0);
  expect(attentionOf(facts)).toEqual([]);
  expect(balance(facts, 'provider-clearing:stripe')).toBe(keptBy(provider));
};

const dispute: Course = async (reaper, repeats) => {
  const order = await placedOrder(reaper);
  await delivered(order);
  const { orderId, provider, total } = order;
  const [intent] = provider.intents;
  if (intent === undefined) throw new Error('the intent was made');
  const { paymentId, providerPaymentId } = intent;
  const about = (status: ProviderDispute['status'], withdrawn: Money, place: number) =>
    order.says({
      ...{ kind: 'dispute', owner: { orderId, paymentId }, providerPaymentId },
      dispute: {
        ...{ disputeId: 'du_1', status, amount: total, withdrawn, reason: 'fraudulent' },
        statedAt: `2026-12-0${place}T00:00:00.000Z`,
      },
    });
  const calls = [
    ...[about('evidence-due', total, 1), about('submitted', total, 2)],
    about('won', zero(total.currency), 3),
  ];
  await liveThrough(calls, repeats);
  // A provider calls again until it is answered.
  if (!repeats) for (const call of calls) await call();
  await settle(order);
  const facts = await order.facts();
  const statuses = factsNamed(facts, 'payment.disputed').map(({ data }) => data.status);
  // A word that comes after a later one adds nothing.
  expect(new Set(statuses).size).toBe(statuses.length);
  expect(statuses.at(-1)).toBe('won');
  expect(statuses).toContain('won');
  expect(balance(facts, 'provider-clearing:stripe')).toBe(total.amountMinor);
};

const row = (
  over: Partial<SettlementRow> & Pick<SettlementRow, 'rowId' | 'gross' | 'reference'>,
): SettlementRow => ({
  ...{ kind: 'payment', payoutId: 'po_1', at: shop.now() },
  ...{ fee: zero(over.gross.currency), held: zero(over.gross.currency), net: over.gross },
  ...over,
});

/** What the table has of a provider's reconciliation, by what it says. */
async function openOf(provider: string) {
  const { differences } = await createReconciliations(shop.table).list(provider);
  return differences.map(({ kind, reference, ours, theirs, owed }) => ({
    kind,
    reference,
    ours,
    theirs,
    owed,
  }));
}

const cashRemittance: Course = async (reaper, repeats) => {
  const order = await placedOrder(reaper);
  const { orderId, first, second, deps } = order;
  const { paymentId, provider, method } = paymentOf(await order.timeline());
  const to = {
    paymentId: newId('payment', shop.clock()),
    method: 'cash-on-delivery',
    provider: 'cash-on-delivery',
  };
  const ofCash = { paymentId: to.paymentId, provider: to.provider, providerPaymentId: to.paymentId };
  await order.add(
    {
      name: 'payment.moved',
      data: {
        ...{ paymentId, provider, method, country: 'DE', reason: 'chosen' },
        to: { ...to, isCash: true, captureAt: 'delivery' },
      },
    },
    ...[started(ofCash), authorised({ paymentId: to.paymentId }), released()],
    ...[...left(first), ...left(second)],
  );
  await order.add(...arrivals(await order.facts(), [first, second]));
  const facts = await order.facts();
  const collected = factsNamed(facts, 'payment.captured').map(({ data }) => data);
  expect(collected).toHaveLength(2);
  const [one, other] = collected.map(({ providerReference: reference, amount }) => ({
    ...{ reference, amount: fromJson(amount) },
  }));
  if (one === undefined || other === undefined) throw new Error('both parcels were paid');
  const less = (amount: Money, by: number) => money(amount.amountMinor - by, amount.currency);
  const remit = (rows: readonly SettlementRow[], by: Reaper | undefined) => async () => {
    const store = createReconciliations(shop.table);
    const given = { provider: to.provider, rows, cause, dryRun: false };
    const timelines = by === undefined ? shop.timelines : deps.timelines;
    const reconciliations = by === undefined ? store : watchedReconciliations(store, by);
    await reconcile({ timelines, clock: shop.clock, reconciliations }, given);
  };
  const lines = [
    [
      row({ rowId: `${one.reference}-1`, reference: one.reference, orderId, gross: less(one.amount, 100) }),
      row({ rowId: `${other.reference}-1`, reference: other.reference, orderId, gross: other.amount }),
    ],
    [
      row({
        rowId: `${one.reference}-2`,
        reference: one.reference,
        orderId,
        gross: money(100, one.amount.currency),
      }),
    ],
  ];
  await liveThrough(
    lines.map((rows) => remit(rows, reaper)),
    repeats,
  );
  // The file is given again.
  for (const rows of lines) await remit(rows, undefined)();
  const after = await order.facts();
  expect(count(after, 'payment.settled')).toBe(3);
  expect(balance(after, 'cod-in-transit:cash-on-delivery')).toBe(0);
  expect((await openOf(to.provider)).filter(({ reference }) => reference === one.reference)).toEqual([]);
};

const daily: Course = async (reaper, repeats) => {
  // Orders are looked at once a day.
  shop.pass(2 * dayMs);
  const order = await placedOrder(reaper);
  await delivered(order);
  const { orderId, provider, deps, total } = order;
  const charge = provider.intents[0]?.captures[0]?.reference ?? '';
  const stray = `stray-${orderId}`;
  const lines = [
    row({ rowId: `${orderId}-1`, reference: charge, orderId, gross: total }),
    row({ rowId: `${orderId}-2`, reference: stray, orderId, gross: money(500, total.currency) }),
  ];
  const given = {
    ...{ ...provider, code: 'stripe', settledWithinDays: WITHIN_DAYS },
    settlements: async () => lines,
  };
  const run = (by: Reaper | undefined) => async () => {
    const store = createReconciliations(shop.table);
    await reconcileDaily({
      ...{ clock: shop.clock, timelines: by === undefined ? shop.timelines : deps.timelines },
      reconciliations: by === undefined ? store : watchedReconciliations(store, by),
      providers: async () => [given],
      async *ordersSince() {
        yield [orderId];
      },
      onFailure: (error) => {
        throw error;
      },
    });
  };
  await liveThrough([run(reaper)], repeats);
  // The next day's run reads the same payouts again.
  shop.pass(dayMs);
  await run(undefined)();
  const facts = await order.facts();
  expect(count(facts, 'payment.settled')).toBe(1);
  expect(
    factsNamed(facts, 'order.held').filter(({ data }) => data.reason === 'settlement-differs'),
  ).toHaveLength(1);
  const open = (await openOf('stripe')).filter(({ reference }) => reference === stray);
  expect(open).toMatchObject([{ kind: 'missing-here' }]);
  expect(balance(facts, 'provider-clearing:stripe')).toBe(0);
};

const courses: readonly (readonly [string, Course, number])[] = [
  ['a refund of a delivered order', refundOfDelivered, 6],
  ['a capture at the dispatch, and the release of the rest', captureAtDispatch, 8],
  ['a dispute', dispute, 6],
  ['a remittance of cash', cashRemittance, 8],
  ['the daily reconciliation', daily, 8],
];

describe.each(courses)('%s that is killed', (_name, course, points) => {
  test.each([true, false])(
    'between any two writes and calls ends as if it had not been (what was killed is repeated: %s)',
    async (repeats) => {
      let killAt = 1;
      for (;;) {
        const reaper = createReaper(killAt);
        await course(reaper, repeats);
        if (!reaper.hasKilled()) break;
        killAt += 1;
      }
      // Two for each write and each call.
      expect(killAt).toBeGreaterThan(points);
    },
    120_000,
  );
});
