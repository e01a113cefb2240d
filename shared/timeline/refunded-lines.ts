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

/**
 * The places of units in their lines, from 0 on, whose price goes back or went back. A refund takes the first ones that
 * are free, and gives them free again if it fails.
 */
export function placesBack(facts: readonly Fact[]): Map<string, Set<number>> {
  const taken = new Map<string, Set<number>>();
  const byRefund = new Map<string, (readonly [string, readonly number[]])[]>();
  for (const { name, data } of facts) {
    if (name === 'refund.requested' && data.lines !== undefined) {
      const { refundId, lines } = data;
      byRefund.set(
        refundId,
        lines.map(({ lineId, quantity }) => [lineId, takePlaces(taken, lineId, quantity)] as const),
      );
    }
    if (name !== 'refund.failed') continue;
    for (const [lineId, places] of byRefund.get(data.refundId) ?? [])
      for (const place of places) taken.get(lineId)?.delete(place);
    byRefund.delete(data.refundId);
  }
  return taken;
}

/** Takes the first free places of a line. */
export function takePlaces(taken: Map<string, Set<number>>, lineId: string, quantity: number): number[] {
  const own = taken.get(lineId) ?? new Set<number>();
  taken.set(lineId, own);
  const places: number[] = [];
  for (let place = 0; places.length < quantity; place += 1) if (!own.has(place)) places.push(place);
  for (const place of places) own.add(place);
  return places;
}

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
