import type { LandedCost, PlannedConsignment } from '../../../events/landed-cost.ts';
import type { Warehouse } from '../../catalogue/index.ts';
import { looksAtPostalCodes } from '../../freight/index.ts';

/**
 * Whether a plan that was priced without a postal code may have another price at a postal code of its country: a rate
 * card of its lanes has zones or remote areas there. `network` has the lanes of the warehouses below each one.
 */
export function postalCodeMatters(
  { consignments, destination }: LandedCost,
  network: readonly Warehouse[],
): boolean {
  return consignments.some((consignment) =>
    lanesOf(consignment, network, destination.country).some(({ rateCards }) =>
      rateCards.some((card) => looksAtPostalCodes(card, destination.country)),
    ),
  );
}

/** The lanes that the consignment may take: those of its carrier and service, by the same way. */
function lanesOf(
  { warehouseId, carrier, service, via }: PlannedConsignment,
  network: readonly Warehouse[],
  country: string,
): Warehouse['lanes'] {
  const warehouse = network.find((each) => each.warehouseId === warehouseId);
  return (warehouse?.lanes ?? []).filter(
    (lane) =>
      lane.carrier === carrier &&
      lane.service === service &&
      lane.countries.includes(country) &&
      lane.via?.at(-1)?.to.warehouseId === via?.at(-1),
  );
}
