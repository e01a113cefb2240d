import type { Clock } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import { inBatches, type Timeline } from '../timeline/index.ts';
import type { BookedPiece, BookingRefused, BookPiece, BoundCarrier } from './carrier.ts';
import { trackingOf } from './tracking.ts';

/** A carrier is asked for so many labels at once. */
const LABELS_AT_ONCE = 5;

/** What the carrier did about a parcel: sold a label for each carton, or refused one, and these others are bought. */
export type Booking =
  | { readonly booked: readonly [BookedPiece, ...BookedPiece[]] }
  | { readonly refusal: BookingRefused; readonly bought: readonly BookedPiece[] };

/**
 * Buys a label for each carton of a parcel, all of the service that the first was given. Each is found again by its
 * own reference, so that a repeat after any failure buys what is missing and nothing twice.
 */
export async function bookPieces(
  carrier: BoundCarrier,
  clock: Clock,
  [first, ...others]: readonly [BookPiece, ...BookPiece[]],
): Promise<Booking> {
  const leading = await carrier.book(toInstant(clock()), first);
  if ('refused' in leading) return { refusal: leading, bought: [] };
  const sameServiceAs = leading.service;
  const answers = await inBatches(others, LABELS_AT_ONCE, (piece) =>
    carrier.book(toInstant(clock()), { ...piece, sameServiceAs }),
  );
  const bought = answers.flatMap((answer) => ('refused' in answer ? [] : [answer]));
  const [refusal] = answers.flatMap((answer) => ('refused' in answer ? [answer] : []));
  return refusal === undefined ? { booked: [leading, ...bought] } : { refusal, bought: [leading, ...bought] };
}

/**
 * Gives back the labels that the order does not name. Carriers have no idempotency key: two bookings of one carton at
 * the same moment, which a message delivered twice can bring about, buy two labels, and the one that is written down
 * stays. Where one carton was refused the parcel has no label at all: those of the others go back until it is put
 * right.
 */
export async function returnUnnamed(
  carrier: BoundCarrier,
  clock: Clock,
  { facts }: Timeline,
  { parcelId, booking }: { readonly parcelId: string; readonly booking: Booking },
): Promise<void> {
  const named = new Set(
    trackingOf(facts)
      .get(parcelId)
      ?.pieces.map(({ carrierShipmentId }) => carrierShipmentId),
  );
  const labels = 'booked' in booking ? booking.booked : booking.bought;
  const unnamed = labels.filter(({ carrierShipmentId }) => !named.has(carrierShipmentId));
  await inBatches(unnamed, LABELS_AT_ONCE, ({ carrierShipmentId }) =>
    carrier.void(toInstant(clock()), { carrierShipmentId }),
  );
}
