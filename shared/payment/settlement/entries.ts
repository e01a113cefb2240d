import type { Fact } from '../../../events/all-events.ts';
import { fromJson, type Money, negate, subtract, zero } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';

export type EntryKind = Fact<'payment.settled'>['data']['kind'];

/** A movement of money at the provider, as the facts of an order say it: each has one line in a settlement. */
export interface LedgerEntry {
  readonly kind: EntryKind;
  /** The provider's reference of the capture, the refund or the dispute. */
  readonly reference: string;
  /** Above zero what the shopper paid, below zero what went back. */
  readonly amount: Money;
  readonly at: Instant;
}

/** A line that was booked. */
export type SettledEntry = LedgerEntry & { readonly rowId: string };

/** What the provider has to settle of an order, oldest first: captures, refunds, what disputes took and gave back. */
export function entriesOf(facts: readonly Fact[]): LedgerEntry[] {
  const entries = facts.flatMap((fact): LedgerEntry[] => {
    const at = fact.recordedAt;
    switch (fact.name) {
      case 'payment.captured': {
        const { providerReference: reference, amount } = fact.data;
        return [{ kind: 'payment', reference, amount: fromJson(amount), at }];
      }
      case 'refund.paid': {
        const { providerReference: reference, amount } = fact.data;
        return [{ kind: 'refund', reference, amount: negate(fromJson(amount)), at }];
      }
      case 'refund.failed':
        return cameBack(facts, fact);
      case 'payment.disputed': {
        const { providerReference: reference, withdrawn } = fact.data;
        const before = withdrawnBefore(facts, fact) ?? zero(fromJson(withdrawn).currency);
        return [{ kind: 'dispute', reference, amount: subtract(before, fromJson(withdrawn)), at }];
      }
      default:
        return [];
    }
  });
  return entries.filter(({ amount }) => amount.amountMinor !== 0);
}

/** The lines of settlements that are booked for the order. */
export const settledOf = (facts: readonly Fact[]): SettledEntry[] =>
  facts.flatMap((fact): SettledEntry[] => {
    if (fact.name !== 'payment.settled') return [];
    const { kind, settles: reference, gross, providerReference: rowId } = fact.data;
    return [{ kind, reference, amount: fromJson(gross), at: fact.recordedAt, rowId }];
  });

/** The entries that no settlement has yet, oldest first. */
export function unsettledOf(facts: readonly Fact[]): LedgerEntry[] {
  const settled = settledOf(facts);
  return entriesOf(facts).filter((entry) => {
    const place = settled.findIndex((one) => isAbout(one, entry));
    if (place >= 0) settled.splice(place, 1);
    return place < 0;
  });
}

/** Whether both move money of the same thing in the same direction. */
export const isAbout = (one: Omit<LedgerEntry, 'at'>, other: Omit<LedgerEntry, 'at'>): boolean =>
  one.kind === other.kind &&
  one.reference === other.reference &&
  Math.sign(one.amount.amountMinor) === Math.sign(other.amount.amountMinor);

/** A refund that failed after it was paid. One that failed at once never moved. */
function cameBack(facts: readonly Fact[], failed: Fact<'refund.failed'>): LedgerEntry[] {
  const paid = facts.find(
    (fact): fact is Fact<'refund.paid'> =>
      fact.name === 'refund.paid' &&
      fact.data.refundId === failed.data.refundId &&
      fact.sequence < failed.sequence,
  );
  if (paid === undefined) return [];
  const { providerReference: reference, amount } = paid.data;
  return [{ kind: 'refund', reference, amount: fromJson(amount), at: failed.recordedAt }];
}

function withdrawnBefore(facts: readonly Fact[], fact: Fact<'payment.disputed'>): Money | undefined {
  const before = facts.findLast(
    (one): one is Fact<'payment.disputed'> =>
      one.name === 'payment.disputed' &&
      one.sequence < fact.sequence &&
      one.data.providerReference === fact.data.providerReference,
  );
  return before && fromJson(before.data.withdrawn);
}
