import type { Fact } from '../../events/all-events.ts';
import type { RefundedLine } from '../../events/payment.ts';

/** The refunds that name units: those asked for, with those that were paid, without those that failed. By refund. */
function refundsOfLines(facts: readonly Fact[], isPaidOnly: boolean): ReadonlyMap<string, RefundedLine[]> {
  const asked = new Map<string, RefundedLine[]>();
  const paid = new Set<string>();
  for (const { name, data } of facts) {
    if (name === 'refund.requested' && data.lines !== undefined) asked.set(data.refundId, data.lines);
    if (name === 'refund.paid') paid.add(data.refundId);
    if (name === 'refund.failed') asked.delete(data.refundId);
  }
  return isPaidOnly ? new Map([...asked].filter(([refundId]) => paid.has(refundId))) : asked;
}

/** The units whose price goes back or went back, in the order of the requests. Refunds that failed are left out. */
export const linesAskedFor = (facts: readonly Fact[]): RefundedLine[] =>
  [...refundsOfLines(facts, false).values()].flat();

/** The units whose price went back. */
export const linesPaidBack = (facts: readonly Fact[]): RefundedLine[] =>
  [...refundsOfLines(facts, true).values()].flat();

/** What goes back for the units in all, in minor units of the order's currency. */
export const minorOfLine = ({ goods, shipping, duty, fees, taxes }: RefundedLine): number =>
  goods.amount +
  (shipping?.amount ?? 0) +
  duty.amount +
  fees.amount +
  taxes.reduce((all, { amount }) => all + amount.amount, 0);
