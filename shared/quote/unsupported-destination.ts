import { type Regime, regimeFor } from '../duties/index.ts';
import type { Place } from '../kernel/places/place.ts';
import { refusedTerritory } from '../kernel/places/territory.ts';
import { ok, type Result, refused } from '../kernel/result.ts';

/** Why we do not sell there, and the field that says so. */
export interface UnsupportedDestination {
  readonly field: 'country' | 'region' | 'postalCode';
  readonly detail: string;
}

/** The regime of a destination, or why we do not sell there, with the field that says so. */
export function regimeOf(place: Place): Result<Regime, UnsupportedDestination> {
  const territory = refusedTerritory(place);
  if (territory !== undefined) return refused(territory);
  const regime = regimeFor(place.country);
  return regime === undefined
    ? refused({ field: 'country', detail: `we do not sell to ${place.country}` })
    : ok(regime);
}
