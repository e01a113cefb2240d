import { expect, test } from 'vitest';
import { journalsOf, statementOf } from '../../../shared/ledger/index.ts';
import type { Journal } from '../../../shared/timeline/index.ts';
import {
  captured,
  dispatched,
  otherParcelId,
  paymentId,
  refundPaid,
  refundRequested,
  untilFulfilling,
} from '../../builders/facts.ts';
import { orderId, placedAt, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const usd = (amount: number) => ({ amount, currency: 'USD' as const });
const inEur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const });

const journal = (...postings: (readonly [string, number])[]): Journal => ({
  ...{ orderId, factSequence: 1, occurredAt: placedAt, description: 'payment captured' },
  postings: postings.map(([account, amount]) => ({ account, amount: inEur(amount) })),
});

/** Two parcels that were paid, sent, partly refunded, and settled in another currency. */
function journals(): Journal[] {
  // 39.27 and 34.51 are 73.78 EUR, at 1.10 81.16 USD. The provider pays 78.00 and keeps 2.00.
  const whole = eur(7378);
  const facts = [
    ...forTwoParcels([...untilFulfilling().filter(({ name }) => name !== 'payment.captured')]),
    captured({ amount: whole, fee: eur(150) }),
    ...[dispatched(), dispatched({ parcelId: otherParcelId })],
    ...[refundRequested({ amount: eur(1000) }), refundPaid({ amount: eur(1000) })],
    {
      name: 'payment.settled' as const,
      data: {
        ...{ paymentId, providerReference: 'txn_1', kind: 'payment' as const, settles: 'ch_1' },
        ...{ payoutId: 'po_1', gross: whole, net: usd(7800), fee: usd(200), held: usd(0) },
        atOurRate: usd(8116),
      },
    },
  ];
  return journalsOf([], timelineOf(facts).facts);
}

/** Sums by account and currency, worked out without the code under test. */
function sums(amounts: readonly (readonly [string | undefined, string, number])[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const [account, currency, amount] of amounts) {
    if (account === undefined) continue;
    const key = `${account} ${currency}`;
    all[key] = (all[key] ?? 0) + amount;
  }
  return all;
}

test('the balances are the sums of the postings, and they are zero together in each currency', () => {
  const all = journals();
  const { balances, totals } = statementOf(all);
  const posted = sums(
    all.flatMap(({ postings }) =>
      postings.map(({ account, amount }) => [account, amount.currency, amount.amountMinor] as const),
    ),
  );
  expect(
    Object.fromEntries(
      balances.map(({ account, amount }) => [`${account} ${amount.currency}`, amount.amountMinor]),
    ),
  ).toEqual(posted);
  expect(posted['customer-deposits EUR']).toBe(0);
  expect(posted['bank USD']).toBe(7800);
  expect(totals).toEqual([inEur(0), { amountMinor: 0, currency: 'USD' }]);
});

test('the lines of each entry say what its journal says, and both of their sides are named', () => {
  const all = journals();
  const { entries } = statementOf(all);
  expect(entries.map(({ factSequence }) => factSequence)).toEqual(
    all.map(({ factSequence }) => factSequence),
  );
  for (const { postings, factSequence: sequence } of all) {
    const entry = entries.find(({ factSequence }) => factSequence === sequence);
    const lines = entry?.lines ?? [];
    const read = lines.flatMap(({ debit, credit, amount: { currency, amountMinor } }) => [
      [debit, currency, amountMinor] as const,
      [credit, currency, -amountMinor] as const,
    ]);
    const posted = postings.map(
      ({ account, amount }) => [account, amount.currency, amount.amountMinor] as const,
    );
    expect(sums(read)).toEqual(sums(posted));
    expect(lines.filter(({ debit, credit }) => debit === undefined || credit === undefined)).toEqual([]);
    expect(entry?.differences).toEqual([]);
  }
});

test('equal amounts are a pair, and what is left follows in the order of the postings', () => {
  const all = [
    ['clearing', 900],
    ['fees', 100],
    ['deposits', -1000],
    ['tax', 200],
    ['owed', -200],
  ] as const;
  expect(statementOf([journal(...all)]).entries[0]?.lines).toEqual([
    { debit: 'tax', credit: 'owed', amount: inEur(200) },
    { debit: 'clearing', credit: 'deposits', amount: inEur(900) },
    { debit: 'fees', credit: 'deposits', amount: inEur(100) },
  ]);
});

test.each([
  // 10.00 against 9.99: one cent has no other side.
  [-999, { debit: 'clearing', credit: undefined, amount: inEur(1) }, 1],
  [-1001, { debit: undefined, credit: 'deposits', amount: inEur(1) }, -1],
])('a journal that does not balance is shown with its difference: 10.00 and %i', (credit, line, cents) => {
  const { entries, totals } = statementOf([journal(['clearing', 1000], ['deposits', credit])]);
  expect(entries[0]?.lines.at(-1)).toEqual(line);
  expect(entries[0]?.lines).toHaveLength(2);
  expect([entries[0]?.differences, totals]).toEqual([[inEur(cents)], [inEur(cents)]]);
});

test('no journals make an empty statement', () => {
  expect(statementOf([])).toEqual({ entries: [], balances: [], totals: [] });
});
