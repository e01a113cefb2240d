import type { Instant } from '../kernel/time.ts';

/** A place that is kept for a quote until it is ordered on. */
export interface LiveHold {
  readonly holdId: string;
  readonly quoteId: string;
  readonly until: Instant;
}

/** Who has the places of one slot: `taken = booked + holds`, of which those that expired count for nothing. */
export interface Occupancy {
  readonly taken: number;
  readonly booked: number;
  readonly holds: readonly LiveHold[];
}

export const emptySlot: Occupancy = { taken: 0, booked: 0, holds: [] };

/** Holds whose time is up. From the very instant of its expiry a hold is none. */
export function expiredHolds({ holds }: Occupancy, now: Instant): LiveHold[] {
  return holds.filter(({ until }) => until <= now);
}

/** Places that can be had now; never negative, even where a slot was made smaller than what is booked. */
export function freePlaces(occupancy: Occupancy, capacity: number, now: Instant): number {
  return Math.max(capacity - occupancy.taken + expiredHolds(occupancy, now).length, 0);
}

/**
 * What to do when the slot's counter says that it is full: look again, when a place came free meanwhile; take back
 * the expired holds first; or believe it.
 */
export function decideWhenFull(
  occupancy: Occupancy,
  capacity: number,
  now: Instant,
): 'again' | 'settle' | 'full' {
  if (occupancy.taken < capacity) return 'again';
  return freePlaces(occupancy, capacity, now) > 0 ? 'settle' : 'full';
}

/** The slot without its expired holds, and when the next one expires: what the sweeper and a late comer write. */
export function settle(
  occupancy: Occupancy,
  now: Instant,
): { readonly freed: readonly LiveHold[]; readonly nextExpiry: Instant | undefined } {
  const freed = expiredHolds(occupancy, now);
  const live = occupancy.holds.filter(({ until }) => until > now).map(({ until }) => until);
  return { freed, nextExpiry: live.sort()[0] };
}
