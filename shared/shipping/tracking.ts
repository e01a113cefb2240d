import type { Fact } from '../../events/all-events.ts';
import { type Piece, piecesOf, withScan } from '../timeline/index.ts';

/** A parcel at its carrier, computed from the order's facts. */
export interface ParcelTracking {
  readonly parcelId: string;
  readonly carrier: string;
  /** Its cartons, at least one, each with its own label and scans. */
  readonly pieces: readonly Piece[];
  readonly isVoided: boolean;
  readonly isDispatched: boolean;
  readonly isDelivered: boolean;
}

/** The parcels that were booked, by id. */
export function trackingOf(facts: readonly Fact[]): Map<string, ParcelTracking> {
  const parcels = new Map<string, ParcelTracking>();
  const change = (parcelId: string, changed: (parcel: ParcelTracking) => Partial<ParcelTracking>) => {
    const parcel = parcels.get(parcelId);
    if (parcel !== undefined) parcels.set(parcelId, { ...parcel, ...changed(parcel) });
  };
  for (const fact of facts) {
    if (fact.name === 'parcel.booked') {
      const { parcelId, carrier } = fact.data;
      parcels.set(parcelId, {
        parcelId,
        carrier,
        pieces: piecesOf(fact.data),
        isVoided: false,
        isDispatched: false,
        isDelivered: false,
      });
    }
    if (fact.name === 'parcel.label_voided') change(fact.data.parcelId, () => ({ isVoided: true }));
    if (fact.name === 'parcel.dispatched') change(fact.data.parcelId, () => ({ isDispatched: true }));
    if (fact.name === 'parcel.delivered') change(fact.data.parcelId, () => ({ isDelivered: true }));
    if (fact.name === 'parcel.scanned')
      change(fact.data.parcelId, ({ pieces }) => ({ pieces: withScan(pieces, fact.data) }));
  }
  return parcels;
}

/**
 * The carton that a carrier reports on: by its tracking number, or by the shipment if the carrier has changed the
 * number. A parcel with one carton always means that one.
 */
export function pieceMeant(
  { pieces }: ParcelTracking,
  { trackingNumber, carrierShipmentId }: Pick<Piece, 'trackingNumber' | 'carrierShipmentId'>,
): Piece | undefined {
  const [only] = pieces;
  if (pieces.length === 1) return only;
  return (
    pieces.find((piece) => piece.trackingNumber === trackingNumber) ??
    pieces.find((piece) => piece.carrierShipmentId === carrierShipmentId)
  );
}

/** The carton's name in a fact; empty if the parcel has no other carton. */
export function nameOfPiece(
  { pieces }: Pick<ParcelTracking, 'pieces'>,
  piece: Piece,
): { readonly trackingNumber?: string } {
  return pieces.length === 1 ? {} : { trackingNumber: piece.trackingNumber };
}
