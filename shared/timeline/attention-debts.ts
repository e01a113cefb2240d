import type { Fact } from '../../events/all-events.ts';

/** A reason for attention. That of a refund that failed is a debt. */
interface Reason {
  /** The number of the fact that raised it. */
  readonly sequence: number;
  readonly endedBy?: string;
  /** Of a failed refund: the amount that the shopper has not got yet, in minor units. */
  readonly owed?: number;
}

/** The money of an order, and the reasons of refunds that failed: what the shopper has not got yet. */
export interface Debts<R extends Reason> {
  reasons: R[];
  /** Refunds by id: the amount, and the number of the fact that requested them. */
  readonly refunds: Map<string, { readonly amount: number; readonly sequence: number }>;
  /** Captured, and not refunded: nobody can be owed more. Minor units. */
  kept: number;
  /** The refunds that were paid and did not come back, by id. */
  readonly paid: Map<string, number>;
}

/** Adds what the fact says about the order's money. */
export function countMoney(money: Omit<Debts<Reason>, 'reasons'>, fact: Fact): void {
  if (fact.name === 'payment.captured') money.kept += fact.data.amount.amount;
  if (fact.name === 'payment.capture_failed') money.kept -= fact.data.amount.amount;
  if (fact.name === 'refund.paid') {
    money.kept -= fact.data.amount.amount;
    money.paid.set(fact.data.refundId, fact.data.amount.amount);
  }
  if (fact.name === 'refund.failed') {
    money.kept += money.paid.get(fact.data.refundId) ?? 0;
    money.paid.delete(fact.data.refundId);
  }
}

/**
 * A refund that was requested after one had failed returns that money, as far as it goes: the oldest debt first. Where
 * several refunds of the same money failed, the debts together are more than is left of it: the excess is no debt.
 */
export function payBack<R extends Reason>(
  money: Debts<R>,
  { refundId, amount }: Fact<'refund.paid'>['data'],
): void {
  const requested = money.refunds.get(refundId);
  if (requested === undefined) return;
  settleDebts(money, amount.amount, ({ sequence }) => requested.sequence >= sequence);
  const debts = money.reasons.reduce(
    (all, { owed = 0, endedBy }) => (endedBy === undefined ? all + owed : all),
    0,
  );
  settleDebts(money, Math.max(0, debts - money.kept), () => true);
}

/** Takes an amount from the open debts, the oldest first. */
function settleDebts<R extends Reason>(
  money: Debts<R>,
  amount: number,
  isMeant: (reason: R) => boolean,
): void {
  let left = amount;
  money.reasons = money.reasons.map((reason): R => {
    const { owed, endedBy } = reason;
    if (owed === undefined || endedBy !== undefined || !isMeant(reason) || left === 0) return reason;
    const settled = Math.min(owed, left);
    left -= settled;
    return { ...reason, owed: owed - settled, ...(owed === settled ? { endedBy: 'fact' as const } : {}) };
  });
}
