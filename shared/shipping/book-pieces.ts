import type { Clock } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import { inBatches, type Timeline } from '../timeline/index.ts';
import type { BookedPiece, BookingRefused, BookPiece, BoundCarrier } from './carrier.ts';
import { trackingOf } from './tracking.ts';

/** How many labels are requested from a carrier at once. */
const LABELS_AT_ONCE = 5;

/**
 * The carrier's result for a parcel: a label for each carton, or a refusal together with the labels that were bought.
 */
export type Booking =
  | { readonly booked: readonly [BookedPiece, ...BookedPiece[]] }
  | { readonly refusal: BookingRefused; readonly bought: readonly BookedPiece[] };

/**
 * Buys a label for each carton of a parcel, all of the same service as the first. Each is found again by its own
 * reference, so that a repeat after any failure buys the missing ones and nothing twice.
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
 * Voids the labels that the order does not name. Carriers have no idempotency key: if a message is delivered twice, two
 * simultaneous bookings of one carton buy two labels, and the recorded one stays. If one carton was refused, the parcel
 * has no label at all, and the labels of the others are voided until the cause is fixed.
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
