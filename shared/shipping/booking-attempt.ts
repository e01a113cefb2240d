import type { Fact } from '../../events/all-events.ts';
import { activeHold, factsNamed } from '../timeline/index.ts';

/** The reason of the hold for a booking that a carrier refused. */
export const REFUSED = 'booking-refused';

/**
 * The number of the parcel's booking, from 0: after a person has released a refusal, the parcel is booked anew. Each
 * booking has references of its own, so that the labels of an earlier one can be voided at any time: no copy of the
 * message can still name them in a fact.
 */
export function bookingAttempt(facts: readonly Fact[], parcelId: string): number {
  const refusals = factsNamed(facts, 'order.held').filter(
    ({ data }) => data.reason === REFUSED && data.parcelId === parcelId,
  ).length;
  return activeHold(facts, REFUSED, parcelId) === undefined ? refusals : refusals - 1;
}
