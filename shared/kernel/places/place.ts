import type { Country } from '../country.ts';
import { defined } from '../defined.ts';
import { barePostalCode, canonicalPostalCode, hasPostalCodes, postalCodeShapes } from './postal-code.ts';
import { regionsOfPostalCode, tellsRegions } from './postal-regions.ts';
import { hasRegionCodes, needsRegion, regionCode, regionCodes } from './region.ts';
import { findTerritory } from './territory.ts';

/** The parts of an address that duty, tax, freight, restrictions and the time of a delivery depend on. */
export interface Place {
  readonly country: Country;
  /** The part of its ISO 3166-2 code after the dash, where we know the country's regions. */
  readonly region?: string | undefined;
  /** As the country's post prints it. */
  readonly postalCode?: string | undefined;
}

interface PlaceProblem {
  readonly field: 'region' | 'postalCode';
  readonly message: string;
}

/**
 * The one form of a place, and what is wrong with it. Whoever reads a place gets this form: it is made at the door, and
 * making it again changes nothing. The country is the one that the place is priced as: `CH 9490` is Liechtenstein, and
 * Monaco is France. The region follows from the postal code where that is in one region; a region that contradicts the
 * postal code is a problem.
 */
export function canonicalPlace(given: Place): {
  readonly place: Place;
  readonly problems: readonly PlaceProblem[];
} {
  const problems: PlaceProblem[] = [];
  const postalCode = postalCodeOf(given, problems);
  const region = regionOf(given, postalCode, problems);
  const place: Place = { country: given.country, ...defined({ region, postalCode }) };
  const pricedAs = findTerritory(place)?.territory.pricedAs;
  if (pricedAs === undefined) return { place, problems };
  // Where it is priced as the country whose code it was written with, the address stays as it is.
  if (pricedAs === given.country) return { place, problems };
  // The region named the territory, and is none of the country that it is priced as.
  const moved = hasPostalCodes(pricedAs) ? { postalCode } : {};
  return { place: { country: pricedAs, ...defined(moved) }, problems };
}

function postalCodeOf({ country, postalCode }: Place, problems: PlaceProblem[]): string | undefined {
  if (postalCode === undefined || !hasPostalCodes(country)) return undefined;
  const code = canonicalPostalCode(country, postalCode);
  if (code !== undefined) return code;
  problems.push({ field: 'postalCode', message: postalCodeShapes(country) });
  return postalCode;
}

function regionOf(
  { country, region }: Place,
  postalCode: string | undefined,
  problems: PlaceProblem[],
): string | undefined {
  const possible =
    postalCode === undefined ? undefined : regionsOfPostalCode(country, barePostalCode(postalCode));
  const written = region?.replaceAll(/\s+/g, ' ').trim();
  if (written === undefined || written === '') return possible?.length === 1 ? possible[0] : undefined;
  const code = regionCode(country, written);
  if (code === undefined) {
    if (needsRegion(country) || tellsRegions(country))
      problems.push({
        field: 'region',
        message: `a region of ${country}: ${regionCodes(country).join(', ')}`,
      });
    return written;
  }
  if (possible !== undefined && !possible.includes(code))
    problems.push({
      field: 'region',
      message: `the postal code ${postalCode} is in ${possible.join(' or ')}, not in ${code}: correct the one that is wrong`,
    });
  return code;
}

/**
 * Whether an address is in the place that something was computed for, both in the canonical form. Where the computation
 * had no postal code, the address may have any in its region; a region without a code is a word and is not compared.
 */
export function isWithinPlace(address: Place, computedFor: Place): boolean {
  const { country, region, postalCode } = computedFor;
  return (
    address.country === country &&
    (postalCode === undefined || postalCode === address.postalCode) &&
    (region === undefined || !hasRegionCodes(country) || region === address.region)
  );
}

/** Issues of a place that is not one; for the refinement of a schema. */
export function checkPlace(
  given: Place,
  addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void,
): void {
  for (const { field, message } of canonicalPlace(given).problems)
    addIssue({ code: 'custom', path: [field], message });
}

/** The same value with its place in the canonical form; for the end of a schema at the door. */
export function withCanonicalPlace<Given extends Place>(given: Given): Given {
  const { place } = canonicalPlace(given);
  const { country: _country, region: _region, postalCode: _code, ...rest } = given;
  return { ...rest, ...place } as unknown as Given;
}
