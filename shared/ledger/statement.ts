import type { Currency } from '../kernel/currency.ts';
import { type Money, money, sum } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import type { Journal, Posting } from '../timeline/index.ts';

/** An amount above zero that goes from the credited account to the debited one. */
interface StatementLine {
  /** Undefined where nothing in the journal answers the other side: the journal does not balance. */
  readonly debit: string | undefined;
  readonly credit: string | undefined;
  readonly amount: Money;
}

/** One journal as an accountant reads it. */
export interface StatementEntry {
  readonly factSequence: number;
  /** UTC. */
  readonly occurredAt: Instant;
  readonly text: string;
  readonly lines: readonly StatementLine[];
  /** Debits less credits of the journal, by currency, where they are not zero: empty if it balances. */
  readonly differences: readonly Money[];
}

/** The journals of an order with what they add up to. */
export interface Statement {
  readonly entries: readonly StatementEntry[];
  /** By account and currency, sorted, also those that came to zero. A debit is positive, a credit negative. */
  readonly balances: readonly Posting[];
  /** The sum of all balances, by currency: zero in each if every journal balances. */
  readonly totals: readonly Money[];
}

/**
 * The statement of an order's journals, in their order. A journal with several debits and credits is shown as pairs:
 * equal amounts first, then as the postings come. Only the pairs are a choice, no amount is. A journal that doesn't
 * balance is shown with what is left on one side, and its difference stays in the totals.
 */
export function statementOf(journals: readonly Journal[]): Statement {
  const postings = journals.flatMap((journal) => journal.postings);
  return {
    entries: journals.map((journal) => ({
      factSequence: journal.factSequence,
      occurredAt: journal.occurredAt,
      text: journal.description,
      lines: currenciesOf(journal.postings).flatMap((currency) => linesIn(currency, journal.postings)),
      differences: totalsOf(journal.postings).filter(({ amountMinor }) => amountMinor !== 0),
    })),
    balances: balancesOf(postings),
    totals: totalsOf(postings),
  };
}

const currenciesOf = (postings: readonly Posting[]): Currency[] =>
  [...new Set(postings.map(({ amount }) => amount.currency))].toSorted();

const totalsOf = (postings: readonly Posting[]): Money[] =>
  currenciesOf(postings).map((currency) => {
    const own = postings.map(({ amount }) => amount).filter((amount) => amount.currency === currency);
    return sum(own, currency);
  });

function balancesOf(postings: readonly Posting[]): Posting[] {
  const byAccount = [...Map.groupBy(postings, ({ account }) => account)];
  return byAccount
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([account, own]) => totalsOf(own).map((amount) => ({ account, amount })));
}

/** The pairs of debit and credit in one currency, then what has no other side. */
function linesIn(currency: Currency, postings: readonly Posting[]): StatementLine[] {
  const open = (sign: 1 | -1) =>
    postings
      .filter(({ amount }) => amount.currency === currency && amount.amountMinor * sign > 0)
      .map(({ account, amount }) => ({ account, left: amount.amountMinor * sign }));
  const [debits, credits] = [open(1), open(-1)];
  const lines: StatementLine[] = [];
  const pair = (debit: (typeof debits)[number], credit: (typeof credits)[number]) => {
    const moved = Math.min(debit.left, credit.left);
    if (moved === 0) return;
    debit.left -= moved;
    credit.left -= moved;
    lines.push({ debit: debit.account, credit: credit.account, amount: money(moved, currency) });
  };
  for (const debit of debits) {
    const equal = credits.find(({ left }) => left === debit.left);
    if (equal !== undefined) pair(debit, equal);
  }
  for (const debit of debits) for (const credit of credits) pair(debit, credit);
  const rest = (sides: typeof debits) =>
    sides
      .filter(({ left }) => left > 0)
      .map(({ account, left }) => ({ account, amount: money(left, currency) }));
  return [
    ...lines,
    ...rest(debits).map(({ account, amount }) => ({ debit: account, credit: undefined, amount })),
    ...rest(credits).map(({ account, amount }) => ({ debit: undefined, credit: account, amount })),
  ];
}
