import type { Fact } from '../../events/all-events.ts';
import { orderOfDispatch } from '../kernel/ids.ts';
import type { PartnerName, Reference } from './consequences.ts';
import { piecesOf } from './pieces.ts';

/** The names that partners will use for our parcels, written with the facts that created them. */
export function referencesOf(added: readonly Fact[]): Reference[] {
  return added.flatMap((fact): Reference[] => {
    const { orderId } = fact;
    switch (fact.name) {
      case 'parcel.booked':
        return piecesOf(fact.data).map(({ trackingNumber: reference }) => ({
          kind: 'carrier',
          code: fact.data.carrier,
          reference,
          orderId,
          parcelId: fact.data.parcelId,
        }));
      case 'declaration.filed':
        return [
          {
            ...{ kind: 'customs', code: fact.data.broker, reference: fact.data.lrn },
            ...{ orderId, parcelId: fact.data.parcelId },
          },
        ];
      case 'dispatch.requested': {
        const { dispatchId: reference, parcelId, warehouseSystem: code } = fact.data;
        // A derived id leads to its order by itself.
        return orderOfDispatch(reference) === orderId
          ? []
          : [{ kind: 'warehouse', code, reference, orderId, parcelId }];
      }
      default:
        return [];
    }
  });
}

/** Finds the order by a partner's name for its parcel. */
export interface ReferenceReader {
  orderOf(name: PartnerName): Promise<{ readonly orderId: string; readonly parcelId: string } | undefined>;
}
