import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencySchema } from '../../../shared/kernel/currency.ts';
import { add, fromJson, zero } from '../../../shared/kernel/money.ts';
import { journalsOf, taxEntriesOf } from '../../../shared/ledger/index.ts';
import { type Decided, deliveriesDue, orderEndDue, toCollect } from '../../../shared/timeline/index.ts';
import { deliver, labels, refuse, untilCashReleased, untilCashSent } from '../../builders/cash-order.ts';
import {
  authorised,
  booked,
  cancelled,
  dispatched,
  otherParcelId,
  parcelId,
  paymentId,
  placed,
  released,
  scanned,
  started,
  voided,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { costOfTaxed } from '../../builders/taxed-order.ts';
import { timelineOf } from '../../builders/timeline.ts';
import '../../property-seed.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

/** The balances without those of zero. A debit is positive. */
function balances(facts: readonly Decided[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { postings } of journalsOf([], timelineOf(facts).facts))
    for (const { account, amount } of postings)
      sums.set(account, (sums.get(account) ?? 0) + amount.amountMinor);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0));
}

/** The tax in the returns, by scheme. */
function taxes(facts: readonly Decided[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { scheme, amounts } of taxEntriesOf([], timelineOf(facts).facts))
    for (const { tax } of amounts) sums[scheme] = (sums[scheme] ?? 0) + tax.amountMinor;
  return sums;
}

describe('the ledger of an order whose carrier collects the price', () => {
  test('has no sale when the parcels leave; the tax under IOSS is owed since the promise', () => {
    // The promise of payment makes the tax of the import chargeable: 6.27.
    expect(balances(untilCashSent())).toEqual({ 'tax-owed:DE:ioss': -627, 'tax-on-deposits': 627 });
    expect(taxes(untilCashSent())).toEqual({ ioss: 627 });
  });

  test('has the sale of a parcel with its delivery, and the money with the carrier', () => {
    // 24.00 goods, 6.00 shipping, 3.00 duty and 6.27 tax are the first parcel's 39.27. The first money makes the tax of
    // the second parcel chargeable as well, 5.51, while its price is no sale yet.
    expect(balances(deliver(untilCashSent(), parcelId))).toEqual({
      ...{ 'cod-in-transit:cash-on-delivery': 3927, sales: -2400, 'shipping-income': -600 },
      ...{ 'duty-owed:DE:customs': -300, 'tax-owed:DE:ioss': -627, 'tax-owed:DE:oss': -551 },
      'tax-on-deposits': 551,
    });
  });

  test('has no sale and no tax of a parcel that was refused', () => {
    const facts = refuse(deliver(untilCashSent(), parcelId), otherParcelId);
    expect(facts.at(-1)?.name).toBe('order.delivered');
    expect(balances(facts)).toEqual({
      ...{ 'cod-in-transit:cash-on-delivery': 3927, sales: -2400, 'shipping-income': -600 },
      ...{ 'duty-owed:DE:customs': -300, 'tax-owed:DE:ioss': -627 },
    });
    expect(taxes(facts)).toEqual({ ioss: 627, oss: 0 });
  });

  test.each(['returned', 'lost'] as const)('is empty if every parcel is %s', (outcome) => {
    const facts = refuse(refuse(untilCashSent(), parcelId, outcome), otherParcelId, outcome);
    expect(facts.at(-1)?.name).toBe('order.closed');
    expect(balances(facts)).toEqual({});
    expect(taxes(facts)).toEqual({ ioss: 0 });
  });

  test('is empty if the order is stopped before it leaves', () => {
    const facts = [...untilCashReleased(), cancelled(), voided()];
    expect(balances(facts)).toEqual({});
    expect(taxes(facts)).toEqual({ ioss: 0 });
  });

  test('has the money in the bank and the fee of the carrier once it is remitted', () => {
    const settled = (of: string, gross: number, fee: number): Decided => ({
      name: 'payment.settled',
      data: {
        ...{ paymentId, providerReference: `RM1:${labels[of]}`, kind: 'payment', payoutId: 'RM1' },
        ...{
          settles: labels[of] ?? '',
          gross: eur(gross),
          fee: eur(fee),
          held: eur(0),
          net: eur(gross - fee),
        },
      },
    });
    const collected = deliver(deliver(untilCashSent(), parcelId), otherParcelId);
    const facts = [...collected, settled(parcelId, 3927, 79), settled(otherParcelId, 3451, 69)];
    // 73.78 was collected, and the carrier keeps 1.48 of it.
    expect(balances(facts)).toEqual({
      ...{ bank: 7230, 'provider-fees': 148, sales: -4800, 'shipping-income': -1100 },
      ...{ 'duty-owed:DE:customs': -300, 'tax-owed:DE:ioss': -627, 'tax-owed:DE:oss': -551 },
    });
  });
});

const goods = fc.record({
  base: fc.integer({ min: 1, max: 90_000 }),
  rate: fc.constantFrom('0', '7', '19', '25.5'),
});
const orders = fc.record({
  state: fc.constantFrom('DE', 'FR'),
  currency: fc.constantFrom('EUR' as const, 'GBP' as const),
  consignments: fc.array(
    fc.record({
      from: fc.constantFrom('CN', 'PL'),
      goods: fc.array(goods, { minLength: 1, maxLength: 3 }),
      ends: fc.constantFrom('delivered' as const, 'returned' as const, 'lost' as const),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

test('each parcel has its own amount, they add up to the total, and only delivered ones are sold and taxed', () => {
  fc.assert(
    fc.property(orders, fc.infiniteStream(fc.nat()), ({ consignments, ...order }, order_) => {
      const cost = costOfTaxed({ ...order, consignments });
      const currency = currencySchema.parse(cost.currency);
      const amount = cost.totals.total;
      const ids = consignments.map((_, index) => idOf('parcel', index + 1));
      const payment = { paymentId, method: 'cash-on-delivery', provider: 'cash-on-delivery' };
      let facts: Decided[] = [
        placed({ landedCost: cost, payment: { ...payment, isCash: true, captureAt: 'delivery' } }),
        ...[started({ amount, provider: payment.provider }), authorised({ amount }), released()],
        ...ids.flatMap((of) => [
          booked({ parcelId: of, trackingNumber: `T-${of}` }),
          dispatched({ parcelId: of }),
        ]),
      ];
      const toPay = ids.map((of) => toCollect(timelineOf(facts).facts, of) ?? zero(currency));
      expect(toPay.reduce(add, zero(currency))).toEqual(fromJson(amount));

      // The parcels end in any order.
      const turns = ids
        .map((of, index) => ({ of, index, turn: order_.next().value ?? 0 }))
        .sort((a, b) => a.turn - b.turn);
      for (const { of, index } of turns) {
        const ends = consignments[index]?.ends ?? 'delivered';
        const now = timelineOf(facts).facts;
        if (ends === 'delivered') {
          const arrived = scanned({ parcelId: of, status: 'delivered', scanId: `s-${of}` });
          facts = [...facts, arrived, ...deliveriesDue(now, [arrived])];
        } else {
          const closed: Decided = {
            name: 'parcel.closed',
            data: { parcelId: of, outcome: ends, refund: 'share' },
          };
          facts = [...facts, closed, ...orderEndDue(now, [closed])];
        }
      }
      const delivered = ids.filter((_, index) => consignments[index]?.ends === 'delivered');
      const due = toPay
        .filter((_, index) => consignments[index]?.ends === 'delivered')
        .reduce(add, zero(currency));
      const own = balances(facts);
      expect(own['cod-in-transit:cash-on-delivery'] ?? 0).toBe(due.amountMinor);
      expect(own['customer-deposits'] ?? 0).toBe(0);
      expect(own['tax-on-deposits'] ?? 0).toBe(0);
      expect(own['refunds-granted'] ?? 0).toBe(0);
      for (const { postings } of journalsOf([], timelineOf(facts).facts))
        expect(postings.reduce((sum, { amount: each }) => sum + each.amountMinor, 0)).toBe(0);
      const captured = facts.flatMap((fact) => (fact.name === 'payment.captured' ? [fact.data] : []));
      expect(captured.map((data) => data.parcelId).sort()).toEqual(
        delivered.filter((of) => (toCollect(timelineOf(facts).facts, of)?.amountMinor ?? 0) > 0).sort(),
      );
      const owed = Object.entries(own).filter(([account]) => account.startsWith('tax-owed'));
      if (delivered.length === 0) expect(owed).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
