import type { Fact } from '../../events/all-events.ts';
import { type Order, terminalStatuses } from './order.ts';

/**
 * The warehouses that still have work for the order, in alphabetical order: a parcel has not left there, or passes
 * through. Empty for an order that has ended.
 */
export function awaitedWarehouses({ data }: Fact<'order.placed'>, { status, parcels }: Order): string[] {
  if (terminalStatuses.includes(status)) return [];
  const awaited = data.parcels.flatMap(({ parcelId, consignmentId }) => {
    const consignment = data.landedCost.consignments.find((each) => each.consignmentId === consignmentId);
    const progress = parcels[parcelId];
    if (consignment === undefined || progress === 'delivered' || progress === 'closed') return [];
    const { warehouseId, via = [] } = consignment;
    return progress === 'dispatched' ? via : [warehouseId, ...via];
  });
  return [...new Set(awaited)].toSorted();
}
