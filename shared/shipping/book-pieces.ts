import type { Clock } from '../kernel/time.ts';
import { toInstant } from '../kernel/time.ts';
import { inBatches } from '../timeline/index.ts';
import type { BookedPiece, BookingRefused, BookPiece, BoundCarrier } from './carrier.ts';

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

/** The labels that were bought, whether or not all of the parcel could be booked. */
export function labelsOf(booking: Booking): readonly BookedPiece[] {
  return 'booked' in booking ? booking.booked : booking.bought;
}
