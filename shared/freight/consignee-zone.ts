import type { Country } from '../kernel/country.ts';
import { lookUp } from '../kernel/look-up.ts';
import { barePostalCode } from '../kernel/places/postal-code.ts';
import { placeOf } from './country-places.ts';
import type { Destination } from './destination.ts';
import { type RegionalZones, regionalZones } from './regional-zones.ts';

/** The time zone on Earth where a day ends last. */
const LAST_OF_ALL = 'Etc/GMT+12';

/**
 * The IANA time zone of a promise to that address. In countries with several zones, the postal code decides, then the
 * region. If neither does, the westernmost zone is used, so that a promise for 20:00 holds in every part of the
 * country.
 */
export function consigneeZone({ country, region, postalCode }: Destination): string {
  const zones = zonesOf(country);
  if (zones === undefined) return mainZone(country);
  const code = postalCode === undefined ? '' : barePostalCode(postalCode);
  for (const { from, to, zone } of zones.postalCodes) {
    const start = code.slice(0, from.length);
    if (start.length === from.length && start >= from && start <= to) return zone;
  }
  return (region === undefined ? undefined : zones.regions.get(region)) ?? zones.westernmost;
}

/** The zone in which most of the country's people live. */
export const mainZone = (country: Country): string => placeOf(country)?.timeZone ?? LAST_OF_ALL;

interface Zones {
  readonly westernmost: string;
  readonly postalCodes: readonly { readonly from: string; readonly to: string; readonly zone: string }[];
  readonly regions: ReadonlyMap<string, string>;
}

const read = new Map<Country, Zones>();

function zonesOf(country: Country): Zones | undefined {
  const known = read.get(country);
  const written = known === undefined ? lookUp(regionalZones, country) : undefined;
  if (written === undefined) return known;
  const zones = readZones(written);
  read.set(country, zones);
  return zones;
}

function readZones({ westernmost, postalCodes, regions }: RegionalZones): Zones {
  return {
    westernmost,
    postalCodes: entriesOf(postalCodes).map((entry) => {
      const [range = '', zone = ''] = entry.split(' ');
      const [from = '', to = ''] = range.split('-');
      return { from, to, zone };
    }),
    regions: new Map(
      entriesOf(regions).flatMap((entry) => {
        const [zone = '', subdivisions = ''] = entry.split(': ');
        return subdivisions.split(/\s+/).map((subdivision) => [subdivision, zone] as const);
      }),
    ),
  };
}

const entriesOf = (table: string): string[] =>
  table
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
