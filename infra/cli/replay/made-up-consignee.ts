import type { Address } from '../../../shared/kernel/address.ts';
import type { Country } from '../../../shared/kernel/country.ts';
import { ok, type Result, refused } from '../../../shared/kernel/result.ts';

type Place = readonly [city: string, postalCode: string | undefined, region?: string];

/**
 * Real cities with one of their postal codes, so that an address is valid. Two or three for each country are enough.
 */
// biome-ignore format: one country a row
const PLACES: Readonly<Record<Country, readonly Place[]>> = {
  AE: [['Dubai', undefined], ['Abu Dhabi', undefined]],
  AT: [['Wien', '1010'], ['Graz', '8010'], ['Linz', '4020']],
  AU: [['Sydney', '2000', 'NSW'], ['Melbourne', '3000', 'VIC'], ['Brisbane', '4000', 'QLD']],
  BE: [['Bruxelles', '1000'], ['Antwerpen', '2000'], ['Gent', '9000']],
  BH: [['Manama', '317'], ['Riffa', '901']],
  BR: [['São Paulo', '01310-100', 'SP'], ['Rio de Janeiro', '20040-002', 'RJ']],
  CA: [['Toronto', 'M5H 2N2', 'ON'], ['Vancouver', 'V6B 1A1', 'BC']],
  CH: [['Zürich', '8001'], ['Bern', '3011'], ['Genève', '1201']],
  CY: [['Nicosia', '1010'], ['Limassol', '3030']],
  CZ: [['Praha', '110 00'], ['Brno', '602 00']],
  DE: [['Berlin', '10115'], ['Hamburg', '20095'], ['München', '80331']],
  DK: [['København', '1050'], ['Aarhus', '8000']],
  ES: [['Madrid', '28001'], ['Barcelona', '08001'], ['Valencia', '46001']],
  FI: [['Helsinki', '00100'], ['Tampere', '33100']],
  FR: [['Paris', '75001'], ['Lyon', '69001'], ['Lille', '59000']],
  GB: [['London', 'EC1A 1BB'], ['Leeds', 'LS1 4AP'], ['Bristol', 'BS1 4DJ']],
  GR: [['Athina', '105 57'], ['Thessaloniki', '546 24']],
  HK: [['Hong Kong', undefined]],
  IE: [['Dublin', 'D02 AF30'], ['Cork', 'T12 W8KP']],
  IL: [['Tel Aviv', '6100000'], ['Haifa', '3100000']],
  IS: [['Reykjavík', '101'], ['Akureyri', '600']],
  IT: [['Milano', '20121'], ['Roma', '00184'], ['Torino', '10121']],
  JP: [['Tokyo', '100-0001', '13'], ['Osaka', '530-0001', '27']],
  LB: [['Beirut', '1107 2080']],
  LT: [['Vilnius', '01103'], ['Kaunas', '44280']],
  MT: [['Valletta', 'VLT 1117']],
  NL: [['Amsterdam', '1012 JS'], ['Rotterdam', '3011 AD'], ['Utrecht', '3511 CE']],
  NO: [['Oslo', '0150'], ['Bergen', '5003']],
  PL: [['Warszawa', '00-001'], ['Kraków', '31-001']],
  PT: [['Lisboa', '1100-148'], ['Porto', '4000-322']],
  SA: [['Riyadh', '12211'], ['Jeddah', '21442']],
  SE: [['Stockholm', '111 20'], ['Göteborg', '411 03']],
  SG: [['Singapore', '018956'], ['Singapore', '238801']],
  US: [['New York', '10001', 'NY'], ['Portland', '97201', 'OR'], ['Chicago', '60601', 'IL']],
  ZA: [['Johannesburg', '2001', 'GP'], ['Cape Town', '8001', 'WC']],
};

/**
 * Numbers with correct check digits for the countries whose customs need one. They are examples of the authorities,
 * and no person has them.
 */
const TAX_IDS: Readonly<Record<Country, string>> = { BR: '111.444.777-35', IL: '000000018' };

const GIVEN_NAMES = ['Alex', 'Charlie', 'Dana', 'Jules', 'Kim', 'Luca', 'Noa', 'Robin', 'Sam', 'Toni'];
/** Words that are not family names, so that no person has a made-up name. */
const FAMILY_NAMES = [
  'Sample',
  'Muster',
  'Example',
  'Specimen',
  'Placeholder',
  'Testcase',
  'Fixture',
  'Demo',
];
const STREETS = ['Sample Street', 'Example Road', 'Specimen Lane', 'Demo Square', 'Fixture Avenue'];

export interface Consignee {
  readonly email: string;
  readonly address: Address;
}

/**
 * A made-up consignee. A customer of the data set always gets the same one. An order without a customer gets a
 * consignee by `fallback`. Refused if no place of the country is known.
 */
export function madeUpConsignee(
  customerId: string,
  fallback: string,
  country: Country,
): Result<Consignee, string> {
  const places = PLACES[country];
  if (places === undefined) return refused(`no address in ${country} is known`);
  const identity = customerId === '' ? `guest-${fallback}` : `customer-${customerId}`;
  const seed = seedOf(identity);
  const pick = <T>(list: readonly T[], salt: number): T => list[(seed + salt) % list.length] as T;
  const [city, postalCode, region] = pick(places, 0);
  const taxId = TAX_IDS[country];
  const number = identity.replaceAll(/\D/g, '') || String(seed % 1000);
  return ok({
    email: `${identity.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@example.com`,
    address: {
      name: `${pick(GIVEN_NAMES, 0)} ${pick(FAMILY_NAMES, Math.floor(seed / 16))} ${number}`.slice(0, 70),
      line1: `${pick(STREETS, Math.floor(seed / 256))} ${1 + (seed % 180)}`,
      city,
      ...(region === undefined ? {} : { region }),
      ...(postalCode === undefined ? {} : { postalCode }),
      country,
      ...(taxId === undefined ? {} : { taxId }),
    },
  });
}

/** A number from a text (FNV-1a, 32 bits). It varies enough to choose places and names by it. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}
