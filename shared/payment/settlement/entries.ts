import type { Fact } from '../../../events/all-events.ts';
import { fromJson, type Money, negate, subtract, zero } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import { intentNamed } from '../../timeline/index.ts';
import { collectsCash } from '../cash/collected-by-carrier.ts';

export type EntryKind = Fact<'payment.settled'>['data']['kind'];

/** A movement of money at the provider, as the facts of an order say it: each has one line in a settlement. */
export interface LedgerEntry {
  /** The intent whose money it is: its id, and the provider that settles it. */
  readonly paymentId: string;
  readonly provider: string;
  readonly kind: EntryKind;
  /** The provider's reference of the capture, the refund or the dispute. */
  readonly reference: string;
  /** Above zero what the shopper paid, below zero what went back. */
  readonly amount: Money;
  readonly at: Instant;
}

/** A line that was booked. */
export type SettledEntry = LedgerEntry & { readonly rowId: string };

type Movement = Omit<LedgerEntry, 'provider'>;

/**
 * What providers have to settle of an order, oldest first: captures, refunds, what disputes took and gave back, also of
 * intents that do not pay the order. A refund that a person makes in another way is in no settlement.
 */
export function entriesOf(facts: readonly Fact[]): LedgerEntry[] {
  const movements = facts.flatMap((fact): Movement[] => {
    const at = fact.recordedAt;
    switch (fact.name) {
      case 'payment.captured':
      case 'intent.captured': {
        const { paymentId, providerReference: reference, amount } = fact.data;
        return [{ paymentId, kind: 'payment', reference, amount: fromJson(amount), at }];
      }
      case 'payment.capture_failed': {
        const { paymentId, providerReference: reference, amount } = fact.data;
        return [{ paymentId, kind: 'payment', reference, amount: negate(fromJson(amount)), at }];
      }
      case 'refund.paid':
      case 'intent.refunded': {
        const { paymentId, refundId, providerReference: reference, amount } = fact.data;
        if (isByHand(facts, refundId)) return [];
        return [{ paymentId, kind: 'refund', reference, amount: negate(fromJson(amount)), at }];
      }
      case 'refund.failed':
      case 'intent.refund_failed':
        return cameBack(facts, fact);
      case 'payment.disputed':
      case 'intent.disputed': {
        const { paymentId, providerReference: reference, withdrawn } = fact.data;
        const before = withdrawnBefore(facts, fact) ?? zero(fromJson(withdrawn).currency);
        return [{ paymentId, kind: 'dispute', reference, amount: subtract(before, fromJson(withdrawn)), at }];
      }
      default:
        return [];
    }
  });
  return movements.filter(({ amount }) => amount.amountMinor !== 0).map((each) => withProvider(facts, each));
}

const withProvider = (facts: readonly Fact[], movement: Movement): LedgerEntry => ({
  ...movement,
  provider: intentNamed(facts, movement.paymentId).provider,
});

const isByHand = (facts: readonly Fact[], refundId: string): boolean =>
  facts.some(
    (fact) =>
      fact.name === 'refund.requested' && fact.data.refundId === refundId && fact.data.by !== undefined,
  );

/** The lines of settlements that are booked for the order. */
export const settledOf = (facts: readonly Fact[]): SettledEntry[] =>
  facts.flatMap((fact): SettledEntry[] => {
    if (fact.name !== 'payment.settled') return [];
    const { paymentId, kind, settles: reference, gross, providerReference: rowId } = fact.data;
    const movement = { paymentId, kind, reference, amount: fromJson(gross), at: fact.recordedAt };
    return [{ ...withProvider(facts, movement), rowId }];
  });

/**
 * The entries that no settlement has yet, oldest first. Cash that a carrier remitted in part has the amount that the
 * carrier still owes.
 */
export function unsettledOf(facts: readonly Fact[]): LedgerEntry[] {
  const settled = settledOf(facts);
  const unsettled = entriesOf(facts).flatMap((entry) => {
    if (collectsCash(entry)) return stillOwed(entry, settled);
    const place = settled.findIndex((one) => one.provider === entry.provider && isAbout(one, entry));
    if (place >= 0) settled.splice(place, 1);
    return place < 0 ? [entry] : [];
  });
  return unsettled.filter((entry) => !unsettled.some((other) => cancelsOut(entry, other)));
}

/** Whether the two are a capture and its failure, neither of which was settled: no line of them will come. */
const cancelsOut = (one: LedgerEntry, other: LedgerEntry): boolean =>
  one.kind === 'payment' &&
  other.kind === 'payment' &&
  one.reference === other.reference &&
  one.amount.currency === other.amount.currency &&
  one.amount.amountMinor === -other.amount.amountMinor;

/** The entry with what the lines about it leave of its amount; none if they leave nothing. */
function stillOwed(entry: LedgerEntry, settled: readonly SettledEntry[]): LedgerEntry[] {
  const parts = settled.filter((one) => collectsCash(one) && isAbout(one, entry));
  const amount = parts.reduce((left, part) => subtract(left, part.amount), entry.amount);
  return amount.amountMinor > 0 ? [{ ...entry, amount }] : [];
}

type Moved = Pick<LedgerEntry, 'kind' | 'reference' | 'amount'>;

/** Whether both move money of the same thing in the same direction. */
export const isAbout = (one: Moved, other: Moved): boolean =>
  one.kind === other.kind &&
  one.reference === other.reference &&
  Math.sign(one.amount.amountMinor) === Math.sign(other.amount.amountMinor);

/** A refund that failed after it was paid. One that failed at once never moved. */
function cameBack(
  facts: readonly Fact[],
  failed: Fact<'refund.failed'> | Fact<'intent.refund_failed'>,
): Movement[] {
  const paid = facts.find(
    (fact): fact is Fact<'refund.paid'> | Fact<'intent.refunded'> =>
      (fact.name === 'refund.paid' || fact.name === 'intent.refunded') &&
      fact.data.refundId === failed.data.refundId &&
      fact.sequence < failed.sequence,
  );
  if (paid === undefined || isByHand(facts, paid.data.refundId)) return [];
  const { paymentId, providerReference: reference, amount } = paid.data;
  return [{ paymentId, kind: 'refund', reference, amount: fromJson(amount), at: failed.recordedAt }];
}

function withdrawnBefore(
  facts: readonly Fact[],
  fact: Fact<'payment.disputed' | 'intent.disputed'>,
): Money | undefined {
  const before = facts.findLast(
    (one): one is Fact<'payment.disputed' | 'intent.disputed'> =>
      one.name === fact.name &&
      one.sequence < fact.sequence &&
      one.data.providerReference === fact.data.providerReference,
  );
  return before && fromJson(before.data.withdrawn);
}
