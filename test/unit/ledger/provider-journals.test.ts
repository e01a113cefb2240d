import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import {
  cancelled,
  captured,
  paymentId,
  placed,
  refundPaid,
  refundRequested,
  untilPaid,
  untilReleased,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { timelineOf } from '../../builders/timeline.ts';
import '../../property-seed.ts';

type Disputed = Extract<NewFact, { name: 'payment.disputed' }>;
type Settled = Extract<NewFact, { name: 'payment.settled' }>;

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const usd = (amount: number) => ({ amount, currency: 'USD' as const });
const disputed = (status: Disputed['data']['status'], withdrawn: number, fee?: number): Disputed => ({
  name: 'payment.disputed',
  data: {
    ...{ paymentId, providerReference: 'du_1', status, amount: eur(3927), withdrawn: eur(withdrawn) },
    ...(fee === undefined ? {} : { fee: eur(fee) }),
    code: 'fraudulent',
  },
});
const settled = (over: Partial<Settled['data']> = {}): Settled => ({
  name: 'payment.settled',
  data: {
    ...{ paymentId, providerReference: 'txn_1', kind: 'payment', settles: 'ch_1', payoutId: 'po_1' },
    ...{ gross: eur(3927), net: eur(3452), fee: eur(82), held: eur(393) },
    ...over,
  },
});

/** The balances by account and currency, without tax and without balances of zero. A debit is positive. */
function balances(facts: readonly NewFact[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { postings } of journalsOf([], timelineOf(facts).facts)) {
    for (const { account, amount } of postings) {
      const key = amount.currency === 'EUR' ? account : `${account} ${amount.currency}`;
      sums.set(key, (sums.get(key) ?? 0) + amount.amountMinor);
    }
  }
  return Object.fromEntries([...sums].filter(([key, amount]) => amount !== 0 && !key.startsWith('tax-')));
}

test('a provider that keeps its fee at the capture owes us the rest', () => {
  expect(balances([...untilReleased(), captured({ fee: eur(82) })])).toEqual({
    ...{ 'provider-clearing:stripe': 3845, 'provider-fees': 82, 'customer-deposits': -3927 },
  });
});

test('a capture by Pix says the end-to-end id and the txid in the statement of the order', () => {
  const pix = captured({ bankReference: 'E1823', codeReference: 'mpqrinter1' });
  const [journal] = journalsOf([], timelineOf([...untilReleased(), pix]).facts).slice(-1);
  expect(journal?.description).toBe('payment captured, E1823, mpqrinter1');
});

test('captures of parts add up', () => {
  const parts = [
    captured({ amount: eur(1000), providerReference: 'ch_1', isFinal: false }),
    captured({ amount: eur(2927), providerReference: 'ch_2' }),
  ];
  expect(balances([...untilReleased(), ...parts])).toEqual(balances(untilPaid()));
});

test('cash on delivery is in transit with the carrier', () => {
  const [, ...rest] = untilPaid();
  const cash = placed({ payment: { paymentId, method: 'cash', provider: 'courier', isCash: true } });
  expect(balances([cash, ...rest])).toEqual({ 'cod-in-transit:courier': 3927, 'customer-deposits': -3927 });
});

test('a stop takes what was granted before it out of the deposits, in each currency', () => {
  // The shopper paid 39.27 euros and 5.00 dollars; 10.00 euros and all dollars went back before the stop.
  const refunds = [eur(1000), usd(500)].flatMap((amount, index) => {
    const refundId = idOf('refund', index + 1);
    return [refundRequested({ refundId, amount }), refundPaid({ refundId, amount })];
  });
  const dollars = captured({ amount: usd(500), providerReference: 'ch_2', isFinal: false });
  expect(balances([...untilPaid(), dollars, ...refunds, cancelled()])).toEqual({
    ...{ 'provider-clearing:stripe': 2927, 'customer-deposits': -2927 },
  });
});

describe('a settlement', () => {
  test('pays what is owed, less the fee and the reserve', () => {
    expect(balances([...untilPaid(), settled()])).toEqual({
      ...{ bank: 3452, 'provider-fees': 82, 'provider-reserve:stripe': 393, 'customer-deposits': -3927 },
    });
  });

  test('of a reserve comes later', () => {
    const released = { gross: eur(0), net: eur(393), fee: eur(0), held: eur(-393) };
    expect(balances([...untilPaid(), settled(), settled(released)])).toEqual({
      ...{ bank: 3845, 'provider-fees': 82, 'customer-deposits': -3927 },
    });
  });

  test('books the fee once, if the capture or the dispute had named it', () => {
    // The capture said that 0.82 is kept. The settlement says 0.90, and that is what the fee is.
    const known = captured({ fee: eur(82), providerReference: 'ch_1' });
    const whole = settled({ net: eur(3837), fee: eur(90), held: eur(0) });
    expect(balances([...untilReleased(), known, whole])).toEqual({
      ...{ bank: 3837, 'provider-fees': 90, 'customer-deposits': -3927 },
    });
    // 39.27 go back to the shopper's bank, and the provider keeps 15.00 for that.
    const taken = settled({
      ...{ providerReference: 'txn_2', kind: 'dispute', settles: 'du_1', gross: eur(-3927), held: eur(0) },
      ...{ fee: eur(1500), net: eur(-5427) },
    });
    const contested = [disputed('evidence-due', 3927, 1500), taken, disputed('submitted', 3927, 1500)];
    expect(balances([...untilReleased(), known, whole, ...contested])).toEqual({
      ...{ bank: 3837 - 5427, 'provider-fees': 1590, 'chargebacks:stripe': 3927 },
      'customer-deposits': -3927,
    });
    // The word about the fee may come after the settlement.
    const late = [disputed('evidence-due', 3927), taken, disputed('submitted', 3927, 1500)];
    expect(balances([...untilReleased(), known, whole, ...late])).toEqual({
      ...{ bank: 3837 - 5427, 'provider-fees': 1590, 'chargebacks:stripe': 3927 },
      'customer-deposits': -3927,
    });
  });

  test('in another currency shows the difference to our rate', () => {
    // 39.27 EUR at our 1.10 are 43.20 USD. The provider reckons 1.08, so 42.41, and keeps 0.89.
    const exchanged = { net: usd(4152), fee: usd(89), held: usd(0), atOurRate: usd(4320) };
    expect(balances([...untilPaid(), settled(exchanged)])).toEqual({
      ...{ 'customer-deposits': -3927, 'currency-exchange': 3927, 'currency-exchange USD': -4320 },
      ...{ 'bank USD': 4152, 'provider-fees USD': 89, 'fx-difference USD': 79 },
    });
  });
});

describe('a dispute', () => {
  const money = { 'customer-deposits': -3927 };

  test.each<[string, Disputed[], Record<string, number>]>([
    ['a question moves nothing', [disputed('opened', 0)], { 'provider-clearing:stripe': 3927 }],
    ['the money is contested', [disputed('evidence-due', 3927)], { 'chargebacks:stripe': 3927 }],
    [
      'evidence moves nothing, and the provider keeps a fee',
      [disputed('evidence-due', 3927, 1500), disputed('submitted', 3927, 1500)],
      { 'chargebacks:stripe': 3927, 'provider-fees': 1500, 'provider-clearing:stripe': -1500 },
    ],
    [
      'money that was won comes back',
      [disputed('evidence-due', 3927), disputed('submitted', 3927), disputed('won', 0)],
      { 'provider-clearing:stripe': 3927 },
    ],
    [
      'money that was lost is a loss',
      [disputed('evidence-due', 3927), disputed('submitted', 3927), disputed('lost', 3927)],
      { 'chargeback-losses': 3927 },
    ],
    [
      'what was won is lost in arbitration',
      [disputed('evidence-due', 3927), disputed('won', 0), disputed('lost', 3927)],
      { 'chargeback-losses': 3927 },
    ],
    [
      'what was lost is contested again by an appeal',
      [disputed('lost', 3927), disputed('evidence-due', 3927)],
      { 'chargebacks:stripe': 3927 },
    ],
    [
      'what was lost comes back after an appeal',
      [disputed('lost', 3927), disputed('evidence-due', 3927), disputed('won', 0)],
      { 'provider-clearing:stripe': 3927 },
    ],
    [
      'what was lost comes back at once',
      [disputed('lost', 3927), disputed('won', 0)],
      { 'provider-clearing:stripe': 3927 },
    ],
    [
      'a dispute of 10.00 that grows to 39.27 takes 29.27 more',
      [disputed('evidence-due', 1000), disputed('evidence-due', 3927)],
      { 'chargebacks:stripe': 3927 },
    ],
  ])('%s', (_, facts, expected) => {
    expect(balances([...untilPaid(), ...facts])).toEqual({ ...money, ...expected });
  });
});

test('every journal is zero in each currency, whatever the amounts', () => {
  const amount = fc.integer({ min: 0, max: 10_000_000 });
  const fact = fc.oneof(
    fc
      .tuple(amount, amount)
      .map(([whole, fee]) => captured({ amount: eur(whole), fee: eur(fee), isFinal: false })),
    fc
      .tuple(fc.constantFrom('opened', 'evidence-due', 'submitted', 'won', 'lost'), amount, amount)
      .map(([status, withdrawn, fee]) => disputed(status, withdrawn, fee)),
    fc
      .tuple(amount, amount, amount, fc.integer({ min: -10_000_000, max: 10_000_000 }))
      .map(([gross, net, fee, held]) => {
        const same = settled({ net: eur(net), fee: eur(fee), held: eur(held), gross: eur(net + fee + held) });
        const other = {
          gross: eur(gross),
          net: usd(net),
          fee: usd(fee),
          held: usd(held),
          atOurRate: usd(gross),
        };
        return gross % 2 === 0 ? same : settled(other);
      }),
  );
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 12 }), (facts) => {
      for (const { postings } of journalsOf([], timelineOf([...untilReleased(), ...facts]).facts)) {
        const sums = new Map<string, number>();
        for (const {
          amount: { currency, amountMinor },
        } of postings)
          sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
        expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([]);
      }
    }),
  );
});
