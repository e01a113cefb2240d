import type { Fact } from '../../events/all-events.ts';
import { invariant } from '../kernel/invariant.ts';
import { add, type Money, negate, zero } from '../kernel/money.ts';
import type { Journal, Posting } from '../timeline/index.ts';
import { journalTable } from './journal-table.ts';
import { taxPostings } from './tax-postings.ts';

/**
 * The double entry behind an order, by {@link journalTable}. A positive posting is a debit. Tax under a scheme with a
 * return is owed from when it became chargeable, and what was set against it on the deposits goes with them.
 */
export function journalsOf(before: readonly Fact[], added: readonly Fact[]): Journal[] {
  const facts = [...before];
  return added.flatMap((fact) => {
    const tax = taxPostings(facts, fact);
    facts.push(fact);
    const entry = entryOf(fact, facts);
    const postings = byAccount([...(entry?.postings ?? []), ...tax]);
    if (postings.length === 0) return [];
    const journal: Journal = {
      orderId: fact.orderId,
      factSequence: fact.sequence,
      occurredAt: fact.occurredAt,
      description: entry?.description ?? taxAlone(fact),
      postings,
    };
    assertBalanced(journal);
    return [journal];
  });
}

type Entry = { readonly description: string; readonly postings: readonly Posting[] };

/** The row of the fact, with its accounts and amounts; undefined if the fact moves no money. */
function entryOf<Name extends Fact['name']>(fact: Fact<Name>, facts: readonly Fact[]): Entry | undefined {
  const booking = journalTable[fact.name as Name];
  if (booking === undefined) return undefined;
  const { text, rows } = booking;
  const named = (account: (typeof lines)[number]['debit']) =>
    typeof account === 'string' ? account : account(facts);
  const lines = typeof rows === 'function' ? rows(fact, facts) : rows;
  const postings = lines.flatMap(({ debit, credit, amount }): Posting[] => {
    const moved = amount(fact, facts);
    if (moved === undefined) return [];
    return [
      { account: named(debit), amount: moved },
      { account: named(credit), amount: negate(moved) },
    ];
  });
  if (postings.length === 0) return undefined;
  return { description: typeof text === 'string' ? text : text(fact), postings };
}

/** One posting for each account and currency, without zero amounts. */
function byAccount(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, { readonly account: string; readonly amount: Money }>();
  for (const { account, amount } of postings) {
    const key = `${amount.currency} ${account}`;
    const known = sums.get(key)?.amount ?? zero(amount.currency);
    sums.set(key, { account, amount: add(known, amount) });
  }
  return [...sums.values()].filter(({ amount }) => amount.amountMinor !== 0);
}

/** The text for a fact that moves no money. */
const taxAlone = ({ name }: Fact): string =>
  name === 'payment.authorised' ? 'tax became chargeable' : 'tax no longer chargeable';

function assertBalanced(journal: Journal): void {
  const balances = new Map<string, number>();
  for (const { amount } of journal.postings) {
    balances.set(amount.currency, (balances.get(amount.currency) ?? 0) + amount.amountMinor);
  }
  for (const [currency, balance] of balances) {
    invariant(balance === 0, 'every journal balances in every currency', { currency, balance });
  }
}
