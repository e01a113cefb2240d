import type { Country } from '../country.ts';
import { barePostalCode } from './postal-code.ts';
import { foldName, regionCode } from './region.ts';
import { type Territory, territories } from './territories.ts';

interface WrittenPlace {
  readonly country: Country;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
}

/** The territory of a place and the field that tells it. */
export interface FoundTerritory {
  readonly territory: Territory;
  readonly by: 'country' | 'region' | 'postalCode';
}

interface Row {
  readonly territory: Territory;
  readonly pattern: RegExp | undefined;
}

const withPattern = (territory: Territory): Row => ({
  territory,
  pattern: territory.postalCodes === undefined ? undefined : new RegExp(territory.postalCodes),
});

let byParent: ReadonlyMap<Country, readonly Row[]> | undefined;

/**
 * The territory with rules of its own that a place is in, recognised by its own code, its postal code or its region.
 * Undefined elsewhere.
 */
export function findTerritory(place: WrittenPlace): FoundTerritory | undefined {
  const own = territories.find(({ code }) => code === place.country);
  if (own !== undefined) return { territory: own, by: 'country' };
  byParent ??= Map.groupBy(territories.map(withPattern), ({ territory }) => territory.parent);
  const rows = byParent.get(place.country) ?? [];
  const code = place.postalCode === undefined ? undefined : barePostalCode(place.postalCode);
  const byCode = code === undefined ? undefined : rows.find(({ pattern }) => pattern?.test(code));
  if (byCode !== undefined) return { territory: byCode.territory, by: 'postalCode' };
  const named = rows.find(({ territory }) => isNamed(territory, place));
  return named === undefined ? undefined : { territory: named.territory, by: 'region' };
}

/** Whether the region is one of the territory's: by its code, with or without the country, or by a name. */
function isNamed({ regions = [] }: Territory, { country, region }: WrittenPlace): boolean {
  if (region === undefined) return false;
  const known = regionCode(country, region);
  const names = [foldName(region), foldName(region.replace(new RegExp(`^${country}-`, 'i'), ''))];
  return regions.some((each) => each === known || names.includes(foldName(each)));
}

/** The name of the territory that is refused; undefined elsewhere and where the territory is priced. */
export function specialTerritory(place: WrittenPlace): string | undefined {
  return refusedTerritory(place)?.name;
}

/** Why nothing is sold to the place, and the field that tells it; undefined where a territory does not bar it. */
export function refusedTerritory(
  place: WrittenPlace,
): { readonly name: string; readonly field: FoundTerritory['by']; readonly detail: string } | undefined {
  const found = findTerritory(place);
  if (found === undefined || found.territory.pricedAs !== undefined) return undefined;
  const { name } = found.territory;
  const detail = `${name} has customs and tax rules of its own, and we do not sell there`;
  return { name, field: found.by, detail };
}
