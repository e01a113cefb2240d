import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { add, fromJson, money, zero } from '../../../shared/kernel/money.ts';
import { dayMs } from '../../../shared/kernel/time.ts';
import { closeParcel, orderView } from '../../../shared/order/index.ts';
import { capturePayment, requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import type { WantedLines } from '../../../shared/payment/refund-lines.ts';
import { factsNamed, linesPaidBack, minorOfLine } from '../../../shared/timeline/index.ts';
import { parcelId, paymentId } from '../../builders/facts.ts';
import { sentAndDelivered } from '../../builders/instalments.ts';
import { TOWELS_AND_BOOKS, taxLeft, towelsAndBooksInInstalments } from '../../builders/refunded-order.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { createInstalmentProvider } from '../../fakes/instalment-provider.ts';
import '../../property-seed.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const TOWEL = 'TEA-TOWEL';

/** The towels and books for 69.57, in instalments: the first is captured, and the parcel arrived. */
async function delivered(count: number, facts: readonly NewFact[] = sentAndDelivered()) {
  const harness = createHarness(timelineOf(towelsAndBooksInInstalments(count)));
  const provider = createInstalmentProvider(money(TOWELS_AND_BOOKS.amount, 'EUR'));
  const deps = { ...harness.deps, providerByCode: async () => provider };
  const capture = () => capturePayment(deps, orderId, harness.cause);
  const append = (...more: NewFact[]) =>
    harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: more, cause: harness.cause },
      now: deps.clock().toISOString(),
    });
  let requests = 0;
  await capture();
  await append(...facts);
  return {
    ...{ harness, provider, deps, append, facts: harness.facts },
    refund: (lines: WantedLines['lines'], shipping = false, requestId = `request-${requests++}`) =>
      requestRefund(deps, orderId, { requestId, operator: 'ada', units: { lines, shipping } }),
    payBack: () => returnMoney(deps, orderId, harness.cause),
    month: async () => {
      harness.pass(31 * dayMs);
      await capture();
    },
    lowered: () =>
      factsNamed(harness.facts(), 'payment.instalments_lowered').map(({ data }) =>
        data.lowered.map(({ instalment, amount }) => [instalment, amount.amount]),
      ),
    refunds: () =>
      factsNamed(harness.facts(), 'refund.requested').map(({ data }) => [
        data.captureReference,
        data.amount.amount,
      ]),
  };
}

describe('units of an order in instalments', () => {
  test('lower the latest instalment by their price, and the tax return by their tax', async () => {
    // 69.57 in three: 23.19 each. A towel is 10.00, with duty 1.00, fee 0.40 and VAT of 2.09 on 11.00: 13.49.
    const order = await delivered(3);
    const asked = await order.refund([{ sku: TOWEL, quantity: 1 }]);
    expect(asked).toMatchObject({
      ok: true,
      value: {
        ...{ amount: money(1_349, 'EUR'), lowered: eur(1_349) },
        lines: [
          { sku: TOWEL, quantity: 1, goods: eur(1_000), duty: eur(100), taxes: [{ amount: eur(209) }] },
        ],
      },
    });
    expect(order.lowered()).toEqual([[[3, 1_349]]]);
    expect(order.refunds()).toEqual([]);
    expect(taxLeft(order.facts())).toEqual({ 19: [2_600, 494], 7: [2_200, 154] });
    expect(orderView(order.facts()).refundedLines).toEqual([
      { lineId: 'line-1', sku: TOWEL, quantity: 1, amount: eur(1_349) },
    ]);
    for (const _ of [2, 3]) await order.month();
    // 23.19 - 13.49 = 9.70 is charged as the third.
    expect(order.provider.captured()).toEqual(money(2_319 + 2_319 + 970, 'EUR'));
  });

  test('beyond what is open go back from the captures, each part with its share of the tax', async () => {
    const order = await delivered(3);
    await order.month();
    // All towels: goods 30.00, freight 4.00, duty 3.00, fee 1.20, VAT 7.03: 45.23. The third instalment is lowered by
    // its 23.19, and 22.04 go back from the second.
    const asked = await order.refund([{ sku: TOWEL, quantity: 3 }], true);
    expect(asked).toMatchObject({ ok: true, value: { amount: money(4_523, 'EUR'), lowered: eur(2_319) } });
    expect(order.lowered()).toEqual([[[3, 2_319]]]);
    expect(order.refunds()).toEqual([['ch_2', 2_204]]);
    // Until the refund is paid 23.19 of 45.23 have gone back: 7.03 x 2319 / 4523 = 3.60 of the tax, and
    // 37.00 x 2319 / 4523 = 18.97 of its base.
    expect(taxLeft(order.facts())).toEqual({ 19: [3_700 - 1_897, 703 - 360], 7: [2_200, 154] });
    await order.payBack();
    expect(taxLeft(order.facts())).toEqual({ 19: [0, 0], 7: [2_200, 154] });
    expect(orderView(order.facts()).refundedLines).toMatchObject([{ quantity: 3, amount: eur(4_523) }]);
  });

  test('are given back once per request, and the same key with other units is refused', async () => {
    const order = await delivered(2);
    const ask = (quantity: number) => order.refund([{ sku: 'BOOK', quantity }], true, 'key');
    const first = await ask(2);
    expect(await ask(2)).toEqual(first);
    expect(await ask(1)).toEqual({ ok: false, error: { reason: 'request-reused' } });
    const another = await order.refund([{ sku: 'BOOK', quantity: 1 }]);
    expect(another).toMatchObject({ ok: false, error: { reason: 'lines-refused' } });
  });

  test('can go back again if every part has failed, and not if one has', async () => {
    const order = await delivered(2);
    await order.month();
    // Nothing is open: 69.57 goes back from both captures, 34.79 and 34.78.
    const all = [
      { sku: TOWEL, quantity: 3 },
      { sku: 'BOOK', quantity: 2 },
    ];
    const fail = (index: number) => {
      const { refundId } = factsNamed(order.facts(), 'refund.requested')[index]?.data ?? { refundId: '' };
      return order.append({ name: 'refund.failed', data: { paymentId, refundId, code: 'expired_card' } });
    };
    await order.refund(all, true);
    expect(order.refunds()).toHaveLength(2);
    await fail(0);
    expect(await order.refund(all, true)).toMatchObject({ ok: false, error: { reason: 'lines-refused' } });
    await fail(1);
    expect(await order.refund(all, true)).toMatchObject({
      ok: true,
      value: { amount: { amountMinor: 6_957 } },
    });
  });

  test('are no part of what a closing gives back', async () => {
    const order = await delivered(3, sentAndDelivered().slice(0, 4));
    await order.refund([{ sku: 'BOOK', quantity: 2 }], true);
    const closing = { parcelId, outcome: 'lost', refund: 'share' } as const;
    // 20.00 + 2.00 + 0.80 + 1.54 went back: 45.23 of 69.57 is left.
    expect(await closeParcel(order.deps, orderId, closing, { by: 'operator' })).toMatchObject({
      ok: true,
      value: { refund: money(4_523, 'EUR') },
    });
    await order.payBack();
    expect(taxLeft(order.facts())).toEqual({ 19: [0, 0], 7: [0, 0] });
  });
});

/** What was lowered and what went back of refunds that did not fail, in minor units. */
function back(facts: Parameters<typeof linesPaidBack>[0]): number {
  const failed = new Set(factsNamed(facts, 'refund.failed').map(({ data }) => data.refundId));
  const amounts = [
    ...factsNamed(facts, 'payment.instalments_lowered'),
    ...factsNamed(facts, 'refund.paid').filter(({ data }) => !failed.has(data.refundId)),
  ].map(({ data }) => fromJson(data.amount));
  return amounts.reduce(add, zero('EUR')).amountMinor;
}

const draws = fc.array(
  fc.record({
    ...{ sku: fc.constantFrom(TOWEL, 'BOOK'), quantity: fc.integer({ min: 1, max: 3 }) },
    ...{ shipping: fc.boolean(), month: fc.boolean(), fails: fc.nat(4) },
  }),
  { maxLength: 8 },
);
const counts = fc.integer({ min: 2, max: 6 });
const ALL = [
  { sku: TOWEL, quantity: 3 },
  { sku: 'BOOK', quantity: 2 },
];

type Delivered = Awaited<ReturnType<typeof delivered>>;

/** Asks for as many units of the wanted ones as are left. */
async function refundLeft(order: Delivered, { sku, quantity }: (typeof ALL)[number], shipping: boolean) {
  for (let units = quantity; units > 0; units -= 1)
    if ((await order.refund([{ sku, quantity: units }], shipping)).ok) return;
}

test('all units in any parts and at any time get exactly the price, and leave no tax and no debt', async () => {
  await fc.assert(
    fc.asyncProperty(counts, draws, async (count, wanted) => {
      const order = await delivered(count);
      for (const one of [...wanted, ...ALL.map((each) => ({ ...each, month: false }))]) {
        if (one.month) await order.month();
        await refundLeft(order, one, true);
        await order.payBack();
      }
      expect(back(order.facts())).toBe(TOWELS_AND_BOOKS.amount);
      expect(taxLeft(order.facts())).toEqual({ 19: [0, 0], 7: [0, 0] });
      const { amountMinor } = order.provider.captured();
      const returned = [...order.provider.refunded.values()].reduce(add, zero('EUR'));
      expect(returned.amountMinor).toBe(amountMinor);
      for (let month = 0; month < count; month += 1) await order.month();
      expect(order.provider.captured().amountMinor).toBe(amountMinor);
    }),
    { numRuns: 60 },
  );
});

test('whatever fails, the units have what went back for them, and never more than their price', async () => {
  await fc.assert(
    fc.asyncProperty(counts, draws, async (count, wanted) => {
      const order = await delivered(count);
      const settled = new Set<string>();
      for (const one of wanted) {
        if (one.month) await order.month();
        await refundLeft(order, one, one.shipping);
        const asked = factsNamed(order.facts(), 'refund.requested').filter(
          ({ data }) => !settled.has(data.refundId),
        );
        for (const [index, { data }] of asked.entries()) {
          const { refundId, amount } = data;
          settled.add(refundId);
          const paid = { paymentId, refundId, amount, providerReference: `re_${refundId}` };
          await order.append({ name: 'refund.paid', data: paid });
          if ((one.fails >> (index % 2)) % 2 === 1)
            await order.append({
              name: 'refund.failed',
              data: { paymentId, refundId, code: 'expired_card' },
            });
          const facts = order.facts();
          const ofUnits = linesPaidBack(facts).reduce((all, line) => all + minorOfLine(line), 0);
          expect(ofUnits).toBe(back(facts));
          expect(ofUnits).toBeLessThanOrEqual(TOWELS_AND_BOOKS.amount);
          for (const [base, tax] of Object.values(taxLeft(facts))) {
            expect(base).toBeGreaterThanOrEqual(0);
            expect(tax).toBeGreaterThanOrEqual(0);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});
