import type { Country } from '../kernel/country.ts';
import { lookUp } from '../kernel/look-up.ts';
import { placeOf } from './country-places.ts';
import { comparablePostalCode, type Destination } from './destination.ts';
import { type RegionalZones, regionalZones } from './regional-zones.ts';

/** The last place on earth where a day ends. */
const LAST_OF_ALL = 'Etc/GMT+12';

/**
 * The IANA time zone on whose clocks a promise to that address is kept: by postal code, else by region, in countries
 * of several zones; where neither tells, the westernmost of the country, so that a promise for 20:00 holds in every
 * part of it. In countries of one zone it is that one.
 */
export function consigneeZone({ country, region, postalCode }: Destination): string {
  const zones = zonesOf(country);
  if (zones === undefined) return mainZone(country);
  const code = postalCode === undefined ? '' : comparablePostalCode(postalCode);
  for (const { from, to, zone } of zones.postalCodes) {
    const start = code.slice(0, from.length);
    if (start.length === from.length && start >= from && start <= to) return zone;
  }
  const subdivision = region?.toUpperCase().replace(`${country}-`, '');
  return (subdivision === undefined ? undefined : zones.regions.get(subdivision)) ?? zones.westernmost;
}

/** The zone of most of the country's people. */
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
