import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { RefundedLine } from '../../../events/payment.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { closeParcel, orderView } from '../../../shared/order/index.ts';
import { requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { refundBodySchema } from '../../../shared/payment/refund-body.ts';
import { linesToRefund, type WantedLines } from '../../../shared/payment/refund-lines.ts';
import { linesAskedFor, minorOfLine } from '../../../shared/timeline/index.ts';
import {
  authorised,
  cancelled,
  captured,
  dispatched,
  parcelId,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  started,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { charge, consignment, landedCost, line } from '../../builders/landed-cost.ts';
import {
  sentTowelsAndBooks,
  TOWELS_AND_BOOKS,
  taxLeft,
  towelsAndBooks,
} from '../../builders/refunded-order.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';
import { paidOrder } from '../../fakes/paid-order.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

async function sentOrder() {
  const harness = await paidOrder(sentTowelsAndBooks());
  let requests = 0;
  const refund = (lines: WantedLines['lines'], shipping = false) => {
    requests += 1;
    const units = { lines, shipping };
    return requestRefund(harness.deps, orderId, { requestId: `key-${requests}`, operator: 'ada', units });
  };
  return { harness, refund };
}

/** The balances by account, without those of zero. A debit is positive. */
function balances(facts: Parameters<typeof journalsOf>[1]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { account, amount } of journalsOf([], facts).flatMap(({ postings }) => postings))
    sums.set(account, (sums.get(account) ?? 0) + amount.amountMinor);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0));
}

describe('units that go back from a parcel with two rates of VAT and a duty', () => {
  test('get their price, duty, fee and tax, and the tax return is lower by exactly their tax', async () => {
    const { harness, refund } = await sentOrder();
    expect(taxLeft(harness.facts())).toEqual({ 19: [3_700, 703], 7: [2_200, 154] });

    // A towel of three: goods 30.00 / 3, duty 3.00 / 3. The fee of 2.00 falls to towels and books by 30 : 20, so 1.20
    // and 0.80, and a third of 1.20 is 0.40. Of the tax of 7.03 on 37.00, the part on the freight of 4.00 is
    // 7.03 x 4 / 37 = 0.76, which stays; a third of the rest of 6.27 is 2.09, on a third of 33.00.
    const towel: RefundedLine = {
      ...{ lineId: 'line-1', sku: 'TEA-TOWEL', parcelId, quantity: 1 },
      ...{ goods: eur(1_000), duty: eur(100), fees: eur(40) },
      taxes: [{ code: 'ioss-vat', rate: '19', base: eur(1_100), amount: eur(209) }],
    };
    // A book of two: goods 20.00 / 2, no duty, fee 0.80 / 2. Of the tax of 1.54 on 22.00, the part on the freight of
    // 2.00 is 0.14; half of the rest of 1.40 is 0.70, on half of 20.00.
    const book: RefundedLine = {
      ...{ lineId: 'line-2', sku: 'BOOK', parcelId, quantity: 1 },
      ...{ goods: eur(1_000), duty: eur(0), fees: eur(40) },
      taxes: [{ code: 'ioss-vat', rate: '7', base: eur(1_000), amount: eur(70) }],
    };
    // 10.00 + 1.00 + 0.40 + 2.09 + 10.00 + 0.40 + 0.70.
    const asked = await refund([
      { sku: 'TEA-TOWEL', quantity: 1 },
      { lineId: 'line-2', quantity: 1 },
    ]);
    expect(asked).toMatchObject({
      ok: true,
      value: { amount: { amountMinor: 2_459 }, lines: [towel, book] },
    });
    await returnMoney(harness.deps, orderId, harness.cause);
    // 37.00 - 11.00 and 7.03 - 2.09; 22.00 - 10.00 and 1.54 - 0.70: still 19 % and 7 % of what is left.
    expect(taxLeft(harness.facts())).toEqual({ 19: [2_600, 494], 7: [1_200, 84] });
    // The duty and the fee are still owed to customs. What went back without the tax of 2.79 is less income.
    expect(balances(harness.facts())).toMatchObject({
      ...{ 'duty-owed:DE:customs': -300, 'fee-owed:DE:customs': -200, 'tax-owed:DE:ioss': -578 },
      ...{ 'refunds-granted': 2_180, 'provider-clearing:stripe': TOWELS_AND_BOOKS.amount - 2_459 },
    });
    const view = orderView(harness.facts());
    expect(view.payments[0]?.status).toBe('partially_refunded');
    expect(view.refundedLines).toEqual([
      { lineId: 'line-1', sku: 'TEA-TOWEL', quantity: 1, amount: eur(1_349) },
      { lineId: 'line-2', sku: 'BOOK', quantity: 1, amount: eur(1_110) },
    ]);
  });

  test('get their share of the shipping and of its tax too, if it is asked for', async () => {
    const { refund } = await sentOrder();
    // A book: 11.10 as above, freight 1.00, and half of the 0.14 of tax on the freight, on 1.00 more.
    expect(await refund([{ sku: 'BOOK', quantity: 1 }], true)).toMatchObject({
      ok: true,
      value: {
        amount: { amountMinor: 1_217 },
        lines: [{ shipping: eur(100), taxes: [{ base: eur(1_100), amount: eur(77) }] }],
      },
    });
  });

  test('with their shipping are all of the price, and then the payment is refunded', async () => {
    const { harness, refund } = await sentOrder();
    await refund([{ sku: 'BOOK', quantity: 1 }], true);
    await refund([{ sku: 'TEA-TOWEL', quantity: 3 }], true);
    await refund([{ sku: 'BOOK', quantity: 1 }], true);
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(orderView(harness.facts()).payments[0]).toMatchObject({
      ...{ status: 'refunded', refunded: TOWELS_AND_BOOKS },
    });
    expect(taxLeft(harness.facts())).toEqual({ 19: [0, 0], 7: [0, 0] });
  });

  test('are given back once per request, and the same key with other units is refused', async () => {
    const { harness } = await sentOrder();
    const ask = (quantity: number) =>
      requestRefund(harness.deps, orderId, {
        ...{ requestId: 'key', operator: 'ada' },
        units: { lines: [{ sku: 'BOOK', quantity }], shipping: false },
      });
    const first = await ask(1);
    expect(await ask(1)).toEqual(first);
    expect(await ask(2)).toEqual({ ok: false, error: { reason: 'request-reused' } });
    expect(harness.names().filter((name) => name === 'refund.requested')).toHaveLength(1);
  });

  test('can go back again after their refund failed', () => {
    const asked = (facts: NewFact[], quantity: number) =>
      linesToRefund(timelineOf(facts), { lines: [{ sku: 'BOOK', quantity }], shipping: false });
    const first = asked(sentTowelsAndBooks(), 2);
    if (!first.ok) throw new Error('both books can go back');
    const requested = [...sentTowelsAndBooks(), refundRequested({ amount: eur(2_220), lines: first.value })];
    expect(asked(requested, 1)).toMatchObject({ ok: false });
    const paid = [...requested, refundPaid({ amount: eur(2_220) })];
    expect(asked(paid, 1)).toMatchObject({ ok: false });
    const failed = [...paid, refundFailed()];
    expect(asked(failed, 2)).toEqual(first);
    expect(orderView(timelineOf(failed).facts).refundedLines).toBeUndefined();
    expect(taxLeft(timelineOf(failed).facts)).toEqual({ 19: [3_700, 703], 7: [2_200, 154] });
  });
});

describe('units that can not go back', () => {
  const problems = (timeline: Parameters<typeof linesToRefund>[0], lines: WantedLines['lines']) => {
    const outcome = linesToRefund(timeline, { lines, shipping: false });
    return outcome.ok ? [] : outcome.error.map(({ pointer, code }) => [pointer, code]);
  };
  const sent = (...more: NewFact[]) => timelineOf([...sentTowelsAndBooks(), ...more]);

  test.each([
    ['an unknown SKU', { sku: 'CUP', quantity: 1 }, ['/lines/0/sku', 'line-unknown']],
    ['an unknown line', { lineId: 'line-9', quantity: 1 }, ['/lines/0/lineId', 'line-unknown']],
    ['too many units', { sku: 'BOOK', quantity: 3 }, ['/lines/0/quantity', 'more-units-than-are-left']],
  ])('%s', (_, wanted, problem) => {
    expect(problems(sent(), [wanted])).toEqual([problem]);
  });

  test('are counted over all lines of the request, and every wrong line is named', async () => {
    const wanted = [
      { sku: 'BOOK', quantity: 2 },
      { lineId: 'line-2', quantity: 1 },
      { sku: 'CUP', quantity: 1 },
    ];
    expect(problems(sent(), wanted)).toEqual([
      ['/lines/1/quantity', 'more-units-than-are-left'],
      ['/lines/2/sku', 'line-unknown'],
    ]);
    const { harness, refund } = await sentOrder();
    const before = harness.names().length;
    expect(await refund(wanted)).toMatchObject({ ok: false, error: { reason: 'lines-refused' } });
    expect(harness.names()).toHaveLength(before);
  });

  test.each([
    ['parcel-stopped', [cancelled()]],
    [
      'parcel-given-back',
      [{ name: 'parcel.closed', data: { parcelId, outcome: 'lost', refund: 'share' } } satisfies NewFact],
    ],
  ] as const)('%s', (code, facts) => {
    expect(problems(sent(...facts), [{ sku: 'BOOK', quantity: 1 }])).toEqual([['/lines/0/sku', code]]);
  });

  test('are those of a parcel whose price is captured later', () => {
    const facts = sentTowelsAndBooks().filter(({ name }) => name !== 'payment.captured');
    const [, ...rest] = facts;
    const order = placed({
      landedCost: landedCost({ consignments: [towelsAndBooks()] }),
      payment: { paymentId: idOf('payment', 1), method: 'klarna', provider: 'stripe', captureAt: 'dispatch' },
    });
    expect(problems(timelineOf([order, ...rest]), [{ sku: 'BOOK', quantity: 1 }])).toEqual([
      ['/lines/0/sku', 'parcel-not-paid'],
    ]);
  });

  test('are those that the shopper got for nothing', async () => {
    const gift = consignment({
      lines: [line(), line({ lineId: '2', sku: 'GIFT', goodsValue: eur(0) })],
    });
    const harness = createHarness(
      timelineOf([
        placed({ landedCost: landedCost({ consignments: [gift] }) }),
        ...[started(), authorised(), captured(), dispatched()],
      ]),
    );
    const units = { lines: [{ sku: 'GIFT', quantity: 1 }], shipping: false };
    const asked = await requestRefund(harness.deps, orderId, { requestId: 'k', operator: 'ada', units });
    expect(asked).toEqual({ ok: false, error: { reason: 'units-without-price' } });
  });

  test('leave half of the price while the parcel is still to be sent', async () => {
    const harness = createHarness(timelineOf(sentTowelsAndBooks().slice(0, -1)));
    const units = { lines: [{ sku: 'TEA-TOWEL', quantity: 3 }], shipping: true };
    const asked = await requestRefund(harness.deps, orderId, { requestId: 'k', operator: 'ada', units });
    // Half of 69.57, rounded up, stays: 34.79.
    expect(asked).toMatchObject({
      ok: false,
      error: { reason: 'order-running', most: { amountMinor: 3_478 } },
    });
  });
});

describe('the body of a refund', () => {
  const wrong = (body: object) => {
    const read = refundBodySchema.safeParse(body);
    return read.success ? [] : read.error.issues.map(({ path }) => path.join('/'));
  };
  const lines = [{ sku: 'BOOK', quantity: 1 }];
  const many = Array.from({ length: 1_000 }, () => ({ sku: 'BOOK', quantity: 1 }));

  test.each([
    ['an amount beside lines', { lines, amount: eur(1) }, 'amount'],
    ['shipping without lines', { shipping: true }, 'shipping'],
    ['no unit', { lines: [{ sku: 'BOOK', quantity: 0 }] }, 'lines/0/quantity'],
    ['half a unit', { lines: [{ sku: 'BOOK', quantity: 0.5 }] }, 'lines/0/quantity'],
    ['a line without a name', { lines: [{ quantity: 1 }] }, 'lines/0'],
    ['a line with two names', { lines: [{ sku: 'BOOK', lineId: 'line-2', quantity: 1 }] }, 'lines/0'],
    ['no line', { lines: [] }, 'lines'],
    ['a thousand lines', { lines: many }, 'lines'],
  ])('with %s names the field', (_, body, field) => {
    expect(wrong(body)).toEqual([field]);
  });

  test('of a confirmation has no lines', () => {
    expect(wrong({ refundId: idOf('refund', 1), reference: 'SEPA-1', lines })).toEqual(['lines']);
  });
});

test('a parcel that is closed after some of its units went back gives back the rest of its price', async () => {
  const { harness, refund } = await sentOrder();
  await refund([{ sku: 'BOOK', quantity: 2 }], true);
  // 20.00 + 2.00 + 0.80 + 1.54 went back: 45.23 of 69.57 is left.
  const closed = await closeParcel(
    harness.deps,
    orderId,
    { parcelId, outcome: 'lost', refund: 'share' },
    {
      by: 'operator',
    },
  );
  expect(closed).toMatchObject({ ok: true, value: { refund: { amountMinor: 6_957 - 2_434 } } });
});

/** A consignment of drawn prices, with taxes whose bases have the freight, and a fee on all of it. */
const drawn = fc
  .record({
    lines: fc.array(
      fc.record({
        ...{
          goods: fc.nat(50_000),
          shipping: fc.nat(5_000),
          duty: fc.nat(3_000),
          quantity: fc.integer({ min: 1, max: 7 }),
        },
        rate: fc.constantFrom('0', '5.5', '7', '19'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    fee: fc.nat(1_000),
  })
  .map(({ lines, fee }) =>
    consignment({
      lines: lines.map(({ goods, quantity }, index) =>
        line({ lineId: `line-${index}`, sku: `SKU-${index}`, quantity, goodsValue: eur(goods) }),
      ),
      charges: [
        ...lines.flatMap(({ goods, shipping, duty, rate }, index) => {
          const lineId = `line-${index}`;
          const base = goods + shipping + duty;
          return [
            charge({ lineId, amount: eur(goods) }),
            charge({ kind: 'shipping', code: 'shipping', lineId, amount: eur(shipping) }),
            charge({ kind: 'duty', code: 'eu-duty', lineId, amount: eur(duty), owedTo: 'DE:customs' }),
            charge({
              ...{ kind: 'tax', code: 'ioss-vat', lineId, rate, owedTo: 'DE:ioss', base: eur(base) },
              amount: eur(Math.round((base * Number(rate)) / 100)),
            }),
          ];
        }),
        charge({ kind: 'fee', code: 'handling', amount: eur(fee), owedTo: 'DE:customs' }),
      ],
    }),
  );
const draws = fc.array(fc.tuple(fc.nat(10), fc.integer({ min: 1, max: 7 }), fc.nat(3)), { maxLength: 12 });

/** Gives back the drawn units in their order, then all that are left. */
function giveBack(
  of: ReturnType<typeof consignment>,
  wanted: readonly (readonly [number, number, number])[],
  mixed: boolean,
) {
  const cost = landedCost({ consignments: [of] });
  const { total } = cost.totals;
  const facts: NewFact[] = [
    placed({ landedCost: cost }),
    authorised({ amount: total }),
    captured({ amount: total }),
    dispatched(),
  ];
  const rest = of.lines.map((_, index) => [index, 0, 0] as const);
  const failing: string[] = [];
  for (const [index, some, way] of [...wanted, ...rest]) {
    if (some === 0) facts.push(...failing.splice(0).map((refundId) => refundFailed({ refundId })));
    const own = of.lines[index % of.lines.length];
    if (own === undefined) continue;
    const gone = linesAskedFor(timelineOf(facts).facts)
      .filter(({ lineId }) => lineId === own.lineId)
      .reduce((all, { quantity }) => all + quantity, 0);
    const quantity = some === 0 ? own.quantity - gone : Math.min(some, own.quantity - gone);
    if (quantity === 0) continue;
    const shipping = !mixed || way > 0;
    const asked = linesToRefund(timelineOf(facts), { lines: [{ sku: own.sku, quantity }], shipping });
    if (!asked.ok) throw new Error(JSON.stringify(asked.error));
    const amount = eur(asked.value.reduce((all, each) => all + minorOfLine(each), 0));
    const refundId = idOf('refund', facts.length);
    // Some refunds fail: their units are free again, also where later ones went back meanwhile.
    const isFailed = way === 3 && some !== 0;
    facts.push(
      refundRequested({ refundId, amount, lines: asked.value }),
      ...(isFailed ? [] : [refundPaid({ refundId, amount })]),
    );
    failing.push(...(isFailed ? [refundId] : []));
    if (failing.length > 1) facts.push(...failing.splice(0).map((refundId) => refundFailed({ refundId })));
  }
  const amounts = facts.flatMap((fact) => (fact.name === 'refund.paid' ? [fact.data.amount.amount] : []));
  return {
    facts: timelineOf(facts).facts,
    total: total.amount,
    back: amounts.reduce((all, one) => all + one, 0),
    amounts,
  };
}

test('all units in any order and in any parts get exactly what was captured, and leave no tax', () => {
  fc.assert(
    fc.property(drawn, draws, (of, wanted) => {
      const { facts, total, back, amounts } = giveBack(of, wanted, false);
      expect(back).toBe(total);
      expect(amounts.every((amount) => amount >= 0)).toBe(true);
      for (const left of Object.values(taxLeft(facts))) expect(left).toEqual([0, 0]);
    }),
    { numRuns: 200 },
  );
});

test('units with and without shipping never get more than was captured', () => {
  fc.assert(
    fc.property(drawn, draws, (of, wanted) => {
      const { facts, total, back } = giveBack(of, wanted, true);
      expect(back).toBeLessThanOrEqual(total);
      for (const [base, tax] of Object.values(taxLeft(facts))) {
        expect(base).toBeGreaterThanOrEqual(0);
        expect(tax).toBeGreaterThanOrEqual(0);
      }
      // The rest of the money, which names no goods, takes the rest of the tax.
      const rest = { refundId: idOf('refund', 99), amount: eur(total - back) };
      const all = timelineOf([...facts, refundRequested(rest), refundPaid(rest)]).facts;
      for (const left of Object.values(taxLeft(all))) expect(left).toEqual([0, 0]);
    }),
    { numRuns: 200 },
  );
});
