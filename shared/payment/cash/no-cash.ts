import type { LandedCost, PlannedConsignment } from '../../../events/landed-cost.ts';
import type { OfferRefusal } from '../offers.ts';

/** The carriers with the services by which they collect cash, by code. */
export type CashCarriers = ReadonlyMap<string, readonly string[]>;

/** What decides whether a carrier can collect the price of a plan. */
type Sending = Pick<LandedCost, 'incoterm'> & {
  readonly consignments: readonly Pick<PlannedConsignment, 'carrier' | 'service' | 'packages'>[];
};

/**
 * Why the carriers of a plan can't collect its price; undefined if they can. Under DAP the consignee pays the carrier
 * for duty and tax, and may refuse that alone. A parcel of several cartons has a label for each, and a consignee could
 * take the ones without an amount.
 */
export function noCashFor(
  { incoterm, consignments }: Sending,
  cashCarriers: CashCarriers,
): OfferRefusal | undefined {
  if (incoterm === 'DAP') return { reason: 'incoterm', detail: 'only where the price includes duty and tax' };
  const without = consignments.find(
    ({ carrier, service }) => cashCarriers.get(carrier)?.includes(service) !== true,
  );
  if (without !== undefined) {
    const { carrier, service } = without;
    return { reason: 'carrier', detail: `${carrier} collects no cash with the service ${service}` };
  }
  const hasSeveral = consignments.some(
    ({ packages = [] }) => packages.reduce((all, { count }) => all + count, 0) > 1,
  );
  return hasSeveral ? { reason: 'cartons', detail: 'only for parcels of one carton' } : undefined;
}
