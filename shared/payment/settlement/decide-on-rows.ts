import type { Currency } from '../../kernel/currency.ts';
import { defined } from '../../kernel/defined.ts';
import { convert, inverse, type Money, ratioOf, subtract, toJson } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import {
  type Decided,
  factsNamed,
  holdOnce,
  intentsOf,
  placedFact,
  type Timeline,
} from '../../timeline/index.ts';
import { collectsCash } from '../cash/collected-by-carrier.ts';
import type { SettlementRow } from '../settlement-row.ts';
import { type EntryKind, entriesOf, isAbout, type LedgerEntry, settledOf, unsettledOf } from './entries.ts';

/** A line of a settlement that moves money of an order. */
export type OrderRow = SettlementRow & { readonly kind: EntryKind };

export const isOfOrder = (row: SettlementRow): row is OrderRow =>
  row.kind === 'payment' || row.kind === 'refund' || row.kind === 'dispute';

/** The order has to be looked at: its provider's settlement says something else than our ledger, or nothing. */
const SETTLEMENT_DIFFERS = 'settlement-differs';

/**
 * What a line is to the ledger. `matched`: it settles an entry, and is booked. `repeated`: it was booked before.
 * `differs`: the entry has another amount or currency, or the line said something else before. `duplicated`: the entry
 * was settled by another line. `missing-here`: the ledger has no such entry. `short`: a carrier remitted a part of the
 * cash of a label; it is booked, and the carrier owes the rest. `settles`: the entry's reference.
 */
export type RowOutcome = { readonly settles: string } & (
  | { readonly status: 'matched' | 'repeated' | 'missing-here' }
  | { readonly status: 'duplicated'; readonly ours: Money }
  /** `isOfEntry`: no line has settled any of the entry yet. */
  | { readonly status: 'differs'; readonly ours: Money; readonly isOfEntry: boolean }
  /** `owed`: what is left after this line and those before it. */
  | { readonly status: 'short'; readonly ours: Money; readonly owed: Money }
);

/**
 * What follows from lines about one order: an outcome for each, in their order, and the facts. A line that says what
 * the ledger says comes first, so that a wrong line beside it is the second one in each run.
 */
export function decideOnRows(
  timeline: Timeline,
  provider: string,
  rows: readonly OrderRow[],
): { readonly outcomes: readonly RowOutcome[]; readonly facts: readonly Decided[] } {
  const { facts } = timeline;
  const { current, earlier } = intentsOf(facts);
  if (![current, ...earlier].some((intent) => intent.provider === provider))
    return {
      outcomes: rows.map(({ reference }) => ({ status: 'missing-here', settles: reference })),
      facts: [],
    };
  const isTheirs = (entry: LedgerEntry) => entry.provider === provider;
  const open = unsettledOf(facts).filter(isTheirs);
  const settled = settledOf(facts).filter(isTheirs);
  const ofLedger = entriesOf(facts).filter(isTheirs);
  const inParts = collectsCash({ provider });
  const added: Decided[] = [];
  const isRight = (row: OrderRow) => {
    const own = { kind: row.kind, reference: settledReference(timeline, row), amount: row.gross };
    return open.some((entry) => isAbout(entry, own) && isSame(entry.amount, row.gross));
  };
  const decide = (row: OrderRow): RowOutcome => {
    const settles = settledReference(timeline, row);
    const own = { kind: row.kind, reference: settles, amount: row.gross };
    const known = settled.find(({ rowId }) => rowId === row.rowId);
    const entry = open.find((one) => isAbout(one, own));
    const whole = ofLedger.find((one) => isAbout(one, own))?.amount ?? row.gross;
    if (known !== undefined) {
      if (!isAbout(known, own) || !isSame(known.amount, row.gross))
        return { status: 'differs', settles, ours: known.amount, isOfEntry: false };
      if (entry !== undefined && inParts)
        return { status: 'short', settles, ours: whole, owed: entry.amount };
      return { status: 'repeated', settles };
    }
    if (entry === undefined) {
      const earlier = settled.find((one) => isAbout(one, own));
      return earlier === undefined
        ? { status: 'missing-here', settles }
        : { status: 'duplicated', settles, ours: inParts ? whole : earlier.amount };
    }
    const owed = inParts ? leftAfter(entry.amount, row.gross) : undefined;
    if (owed === undefined && !isSame(entry.amount, row.gross))
      return {
        status: 'differs',
        settles,
        ours: entry.amount,
        isOfEntry: !inParts || isSame(entry.amount, whole),
      };
    open.splice(open.indexOf(entry), 1, ...(owed === undefined ? [] : [{ ...entry, amount: owed }]));
    settled.push({ ...entry, amount: row.gross, rowId: row.rowId });
    added.push(settledBy(timeline, entry, row));
    return owed === undefined
      ? { status: 'matched', settles }
      : { status: 'short', settles, ours: whole, owed };
  };
  const outcomes = mapFirst(rows, isRight, decide);
  const isWrong = outcomes.some(({ status }) => status !== 'matched' && status !== 'repeated');
  return { outcomes, facts: [...added, ...(isWrong ? holdOnce(facts, SETTLEMENT_DIFFERS) : [])] };
}

/** Maps all items in their order, those that come first before the others. */
function mapFirst<Item, Result>(
  items: readonly Item[],
  comesFirst: (item: Item) => boolean,
  map: (item: Item) => Result,
): Result[] {
  const places = items.map((item, place) => ({ item, place, rank: comesFirst(item) ? 0 : 1 }));
  const mapped = places
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item, place }) => ({ place, result: map(item) }));
  return mapped.toSorted((a, b) => a.place - b.place).map(({ result }) => result);
}

/** What is left of an amount after a smaller part of it; undefined if it is no such part. */
const leftAfter = (amount: Money, part: Money): Money | undefined =>
  part.currency === amount.currency && part.amountMinor > 0 && part.amountMinor < amount.amountMinor
    ? subtract(amount, part)
    : undefined;

/**
 * The reference of what a line settles. A provider may name the contested capture in the place of the dispute: then it
 * is the dispute of that payment, with the amount of the line if there are several.
 */
function settledReference({ facts }: Timeline, { kind, reference, gross }: OrderRow): string {
  if (kind !== 'dispute') return reference;
  const captured = [...factsNamed(facts, 'payment.captured'), ...factsNamed(facts, 'intent.captured')];
  const contested = captured.find(({ data }) => data.providerReference === reference);
  const disputes = entriesOf(facts).filter(
    (entry) => entry.kind === 'dispute' && entry.paymentId === contested?.data.paymentId,
  );
  return (disputes.find(({ amount }) => isSame(amount, gross)) ?? disputes.at(-1))?.reference ?? reference;
}

const isSame = (a: Money, b: Money) => a.currency === b.currency && a.amountMinor === b.amountMinor;

function settledBy(timeline: Timeline, { paymentId, reference }: LedgerEntry, row: OrderRow): Decided {
  const { rowId, kind, payoutId, gross, net, fee, held } = row;
  const atOurRate = ourRate(timeline, gross, net.currency);
  return {
    name: 'payment.settled',
    data: {
      ...{ paymentId, providerReference: rowId, kind, settles: reference },
      ...{ payoutId, gross: toJson(gross), net: toJson(net), fee: toJson(fee), held: toJson(held) },
      ...defined({ atOurRate: atOurRate && toJson(atOurRate) }),
    },
  };
}

/**
 * The amount in the currency of the account by the order's locked rates, half up. Undefined in the same currency, and
 * where the order locked no rate for one of the two.
 */
function ourRate(timeline: Timeline, amount: Money, to: Currency): Money | undefined {
  if (amount.currency === to) return undefined;
  const { exchangeRates } = placedFact(timeline).data.landedCost;
  const perBase = (of: Currency) => {
    const rate = of === exchangeRates?.base ? '1' : exchangeRates?.used[of];
    return rate === undefined ? undefined : ratioOf(rate);
  };
  const [theirs, ours] = [perBase(amount.currency), perBase(to)];
  if (theirs === undefined || ours === undefined) return undefined;
  const back = inverse(theirs);
  return convert(amount, to, {
    numerator: ours.numerator * back.numerator,
    denominator: ours.denominator * back.denominator,
  });
}

/** By when a provider must have settled what is in the ledger. */
export interface Deadline {
  /** Entries from before then are overdue. */
  readonly before: Instant;
  /** As the provider says it. */
  readonly holdsContested?: true;
}

/**
 * What providers should have settled and have not: entries from before the time of their provider. One without a time
 * settles in no way that we read. Nothing of an order that was held for it before.
 */
export function overdueOf(
  { facts }: Timeline,
  deadlines: ReadonlyMap<string, Deadline>,
): { readonly entries: readonly LedgerEntry[]; readonly hold: readonly Decided[] } {
  const words = [...factsNamed(facts, 'payment.disputed'), ...factsNamed(facts, 'intent.disputed')];
  const isLost = ({ reference }: LedgerEntry) =>
    words.findLast(({ data }) => data.providerReference === reference)?.data.status === 'lost';
  const entries = unsettledOf(facts).filter((entry) => {
    const { before = '', holdsContested } = deadlines.get(entry.provider) ?? {};
    return entry.at < before && (holdsContested !== true || entry.kind !== 'dispute' || isLost(entry));
  });
  return { entries, hold: entries.length > 0 ? holdOnce(facts, SETTLEMENT_DIFFERS) : [] };
}
