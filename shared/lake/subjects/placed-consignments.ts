import type { LandedCost, PlannedConsignment } from '../../../events/landed-cost.ts';
import { invariant } from '../../kernel/invariant.ts';
import { factIn } from '../fact-in.ts';
import type { LakeRecord } from '../record.ts';

/** A planned parcel of a new order. */
interface PlacedConsignment {
  readonly orderId: string;
  readonly parcelId: string;
  readonly consignment: PlannedConsignment;
  readonly storefrontId: string;
  readonly landedCost: LandedCost;
}

/** The parcels of the order that a record places; none for another record. */
export function placedConsignments(record: LakeRecord): readonly PlacedConsignment[] {
  const fact = factIn(record, 'order.placed');
  if (fact === undefined) return [];
  const { storefrontId, landedCost, parcels } = fact.data;
  return parcels.map(({ parcelId, consignmentId }) => {
    const consignment = landedCost.consignments.find((each) => each.consignmentId === consignmentId);
    invariant(consignment !== undefined, 'every parcel carries out a planned consignment', { parcelId });
    return { orderId: fact.orderId, parcelId, consignment, storefrontId, landedCost };
  });
}
