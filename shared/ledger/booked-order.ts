import type { Fact } from '../../events/all-events.ts';
import type { Charge, PlannedConsignment } from '../../events/landed-cost.ts';
import { invariant } from '../kernel/invariant.ts';
import { fromJson, type Money } from '../kernel/money.ts';
import { schemeOwed } from './scheme-taxes.ts';
import { REFUNDS_GRANTED, TAX_ON_DEPOSITS } from './tax-postings.ts';

export function placed(facts: readonly Fact[]): Fact<'order.placed'> {
  const first = facts[0];
  invariant(first?.name === 'order.placed', 'a timeline begins with order.placed');
  return first;
}

export function consignmentOf(facts: readonly Fact[], parcelId: string): PlannedConsignment {
  const { landedCost, parcels } = placed(facts).data;
  const parcel = parcels.find((candidate) => candidate.parcelId === parcelId);
  const consignment = landedCost.consignments.find(
    (candidate) => candidate.consignmentId === parcel?.consignmentId,
  );
  invariant(consignment !== undefined, 'every parcel carries out a planned consignment', { parcelId });
  return consignment;
}

/**
 * What the shopper paid to us for a consignment, by the account that it belongs to. Charges that the consignee pays on
 * delivery are not booked.
 */
export function chargesOf(
  consignment: PlannedConsignment,
): { readonly account: string; readonly amount: Money }[] {
  return consignment.charges
    .filter((charge) => charge.collectedOnDelivery !== true)
    .map((charge) => ({ account: accountOf(charge), amount: fromJson(charge.amount) }));
}

function accountOf(charge: Charge): string {
  if (charge.kind === 'goods') return 'sales';
  if (charge.kind === 'shipping') return 'shipping-income';
  if (schemeOwed(charge) !== undefined) return TAX_ON_DEPOSITS;
  return `${charge.kind}-owed:${charge.owedTo ?? 'unassigned'}`;
}

/** The account that pays for a refund: the deposits of a stopped order, or the refunds granted while it goes on. */
export function refundedFrom(facts: readonly Fact[]): string {
  const isStopped = facts.some((fact) => fact.name === 'order.cancelled' || fact.name === 'order.expired');
  return isStopped ? 'customer-deposits' : REFUNDS_GRANTED;
}
