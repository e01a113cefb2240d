import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { decideOnIntentDispute } from '../../../shared/payment/apply-intent-update.ts';
import type { ProviderDispute } from '../../../shared/payment/provider.ts';
import { entriesOf } from '../../../shared/payment/settlement/entries.ts';
import {
  attentionOf,
  type Decided,
  intentsOf,
  isUnsettled,
  NotYet,
  toPayBack,
} from '../../../shared/timeline/index.ts';
import { authorised, captured, moved, paymentId, placed, released, started } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { timelineOf } from '../../builders/timeline.ts';
import '../../property-seed.ts';

const TOTAL = 3_927;
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const refundId = idOf('refund', 9);

/** Paid at the second provider, and then at the first one, which had been left, too. */
const paidTwice: readonly NewFact[] = [
  placed(),
  started(),
  moved({ reason: 'chosen', to: { paymentId: idOf('payment', 2), provider: 'second', method: 'card' } }),
  started({ paymentId: idOf('payment', 2), provider: 'second', providerPaymentId: 'PL1' }),
  authorised({ paymentId: idOf('payment', 2) }),
  released('rules'),
  captured({ paymentId: idOf('payment', 2), providerReference: 'psp_1' }),
  {
    name: 'intent.captured',
    data: {
      ...{ paymentId, provider: 'stripe', providerPaymentId: 'pi_1' },
      ...{ amount: eur(TOTAL), providerReference: 'ch_1' },
    },
  },
];
const asked: NewFact = {
  name: 'intent.refund_requested',
  data: { paymentId, refundId, amount: eur(TOTAL) },
};
const refunded: NewFact = {
  name: 'intent.refunded',
  data: { paymentId, provider: 'stripe', refundId, amount: eur(TOTAL), providerReference: 're_1' },
};

const word = (status: ProviderDispute['status'], withdrawn: number, fee?: number): ProviderDispute => ({
  ...{ disputeId: 'du_1', status, reason: 'duplicate', amount: money(TOTAL, 'EUR') },
  withdrawn: money(withdrawn, 'EUR'),
  ...(fee === undefined ? {} : { fee: money(fee, 'EUR') }),
});

/** The facts after words of the provider that was left. */
function afterWords(facts: readonly NewFact[], ...words: readonly ProviderDispute[]) {
  let all: readonly Decided[] = facts;
  for (const one of words) {
    const decision = decideOnIntentDispute(timelineOf([...all]), { paymentId }, one);
    all = [...all, ...decision.facts];
  }
  return timelineOf([...all]).facts;
}
type Facts = ReturnType<typeof afterWords>;

function balances(facts: Facts): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { account, amount } of journalsOf([], facts).flatMap(({ postings }) => postings))
    sums.set(account, (sums.get(account) ?? 0) + amount.amountMinor);
  return Object.fromEntries(
    [...sums].filter(([account, sum]) => sum !== 0 && !/:second$|deposits$|^tax-owed/.test(account)),
  );
}
const owed = (facts: Facts) => intentsOf(facts).earlier.flatMap(toPayBack);
const reasons = (facts: Facts) => attentionOf(facts).map(({ reason }) => reason);

describe('a dispute about a second payment', () => {
  test('that took the money before the refund is the way back of it: nothing is refunded as well', () => {
    const open = afterWords(paidTwice, word('evidence-due', TOTAL));
    expect(owed(open)).toEqual([]);
    expect(reasons(open)).toEqual(['second payment disputed']);
    // 39.27 came and were taken: contested, and owed to the shopper.
    expect(balances(open)).toEqual({ 'chargebacks:stripe': TOTAL, 'payments-to-return': -TOTAL });
    const lost = afterWords(paidTwice, word('evidence-due', TOTAL), word('lost', TOTAL));
    expect(owed(lost)).toEqual([]);
    expect(balances(lost)).toEqual({});
  });

  test('that was won gives the money back to us, and it is refunded once', () => {
    const won = afterWords(paidTwice, word('evidence-due', TOTAL), word('won', 0));
    expect(owed(won)).toEqual([money(TOTAL, 'EUR')]);
    expect(intentsOf(won).earlier.map(isUnsettled)).toEqual([true]);
    expect(balances(won)).toEqual({ 'provider-clearing:stripe': TOTAL, 'payments-to-return': -TOTAL });
    const back = afterWords([...won, asked, refunded] as NewFact[]);
    expect(owed(back)).toEqual([]);
    expect(balances(back)).toEqual({});
  });

  test('that is lost after the refund is a loss, and so is its fee', () => {
    const facts = afterWords([...paidTwice, asked, refunded], word('lost', TOTAL, 1_500));
    expect(balances(facts)).toEqual({
      ...{ 'provider-clearing:stripe': -TOTAL - 1_500, 'provider-fees': 1_500 },
      'chargeback-losses': TOTAL,
    });
    expect(reasons(facts)).toEqual(['second payment disputed']);
    // An appeal that is won gives it back.
    const [lost, wins] = [word('lost', TOTAL), word('won', 0)].map((one, day) => ({
      ...{ ...one, statedAt: `2026-12-0${day + 1}T10:00:00.000Z` },
    }));
    const won = afterWords(
      [...paidTwice, asked, refunded],
      ...[lost, wins].filter((one) => one !== undefined),
    );
    expect(balances(won)).toEqual({});
  });

  test('is compared with the settlements, and says nothing twice', () => {
    const facts = afterWords(paidTwice, word('evidence-due', TOTAL), word('evidence-due', TOTAL));
    expect(facts.filter(({ name }) => name === 'intent.disputed')).toHaveLength(1);
    expect(entriesOf(facts).at(-1)).toMatchObject({
      ...{ provider: 'stripe', kind: 'dispute', reference: 'du_1', amount: money(-TOTAL, 'EUR') },
    });
  });

  test('waits while the intent is open, because it may turn out paid and pay the order', () => {
    expect(() => afterWords(paidTwice.slice(0, -1), word('evidence-due', TOTAL))).toThrow(NotYet);
  });

  test('of a void intent that brought no money goes to a person, and nothing is booked', () => {
    const voided: NewFact = { name: 'intent.voided', data: { paymentId, provider: 'stripe' } };
    const facts = afterWords([...paidTwice.slice(0, -1), voided], word('evidence-due', TOTAL));
    expect(facts.at(-1)?.name).toBe('order.held');
    expect(balances(facts)).toEqual({});
  });
});

const words = fc.array(
  fc.tuple(
    fc.constantFrom('opened', 'evidence-due', 'submitted', 'won', 'lost', 'refund' as const),
    fc.constantFrom(0, 1_000, TOTAL),
  ),
  { maxLength: 8 },
);

test('whatever comes when, the books of the provider that was left are ours, and no money is counted twice', () => {
  fc.assert(
    fc.property(words, (drawn) => {
      let facts = afterWords(paidTwice);
      for (const [status, withdrawn] of drawn) {
        if (status !== 'refund') {
          facts = afterWords(facts as readonly NewFact[], word(status, withdrawn));
          continue;
        }
        const [amount] = owed(facts);
        if (amount === undefined || facts.some(({ name }) => name === 'intent.refunded')) continue;
        const { amountMinor } = amount;
        const of = { paymentId, refundId, amount: eur(amountMinor) };
        facts = afterWords([
          ...(facts as readonly NewFact[]),
          { name: 'intent.refund_requested', data: of },
          { name: 'intent.refunded', data: { ...of, provider: 'stripe', providerReference: 're_1' } },
        ]);
      }
      const back = facts.flatMap((fact) =>
        fact.name === 'intent.refunded' ? [fact.data.amount.amount] : [],
      );
      const taken = facts.findLast((fact) => fact.name === 'intent.disputed')?.data.withdrawn.amount ?? 0;
      const returned = back.reduce((all, one) => all + one, 0);
      const {
        'provider-clearing:stripe': clearing = 0,
        'payments-to-return': toReturn = 0,
        'chargebacks:stripe': contested = 0,
        'chargeback-losses': losses = 0,
      } = balances(facts);
      expect(clearing).toBe(TOTAL - returned - taken);
      expect(clearing + toReturn + contested + losses).toBe(0);
      // What is asked for and what was taken never exceed what came, before somebody has both.
      expect(owed(facts).reduce((all, { amountMinor }) => all + amountMinor, 0)).toBe(
        Math.max(TOTAL - returned - taken, 0),
      );
    }),
    { numRuns: 300 },
  );
});
