import type { Instant } from '../kernel/time.ts';

/** A place that is kept for a quote until it is ordered. */
export interface LiveHold {
  readonly holdId: string;
  readonly quoteId: string;
  readonly until: Instant;
}

/** The places of one slot: `taken = booked + holds`. Expired holds no longer count. */
export interface Occupancy {
  readonly taken: number;
  readonly booked: number;
  readonly holds: readonly LiveHold[];
}

export const emptySlot: Occupancy = { taken: 0, booked: 0, holds: [] };

/** Holds that have expired. A hold ends at the very instant of its expiry. */
export function expiredHolds({ holds }: Occupancy, now: Instant): LiveHold[] {
  return holds.filter(({ until }) => until <= now);
}

/** Places that are free now; never negative, even if the capacity was lowered below the bookings. */
export function freePlaces(occupancy: Occupancy, capacity: number, now: Instant): number {
  return Math.max(capacity - occupancy.taken + expiredHolds(occupancy, now).length, 0);
}

/**
 * What to do when the slot's counter says that it is full: look again if a place became free meanwhile; remove the
 * expired holds first; or accept that it is full.
 */
export function decideWhenFull(
  occupancy: Occupancy,
  capacity: number,
  now: Instant,
): 'again' | 'settle' | 'full' {
  if (occupancy.taken < capacity) return 'again';
  return freePlaces(occupancy, capacity, now) > 0 ? 'settle' : 'full';
}

/**
 * The slot without its expired holds, and the next expiry. The sweeper writes it, and so does a request that finds the
 * slot full.
 */
export function settle(
  occupancy: Occupancy,
  now: Instant,
): { readonly freed: readonly LiveHold[]; readonly nextExpiry: Instant | undefined } {
  const freed = expiredHolds(occupancy, now);
  const live = occupancy.holds.filter(({ until }) => until > now).map(({ until }) => until);
  return { freed, nextExpiry: live.sort()[0] };
}
