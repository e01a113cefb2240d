import type { Place } from '../kernel/places/place.ts';

/** The parts of an address that price and promise depend on, in their canonical form. No name, no street. */
export interface Destination extends Place {
  /** Whether the address is a home. If absent, it is. */
  readonly residential?: boolean | undefined;
}
