import type { Country } from '../../../shared/kernel/country.ts';
import { ok, type Result, refused } from '../../../shared/kernel/result.ts';

/** The countries of the data set as ISO 3166-1 alpha-2 codes, by the data set's names. */
const CODES: Readonly<Record<string, Country>> = {
  australia: 'AU',
  austria: 'AT',
  bahrain: 'BH',
  belgium: 'BE',
  brazil: 'BR',
  canada: 'CA',
  cyprus: 'CY',
  'czech republic': 'CZ',
  denmark: 'DK',
  eire: 'IE',
  finland: 'FI',
  france: 'FR',
  germany: 'DE',
  greece: 'GR',
  'hong kong': 'HK',
  iceland: 'IS',
  israel: 'IL',
  italy: 'IT',
  japan: 'JP',
  lebanon: 'LB',
  lithuania: 'LT',
  malta: 'MT',
  netherlands: 'NL',
  norway: 'NO',
  poland: 'PL',
  portugal: 'PT',
  rsa: 'ZA',
  'saudi arabia': 'SA',
  singapore: 'SG',
  spain: 'ES',
  sweden: 'SE',
  switzerland: 'CH',
  'united arab emirates': 'AE',
  'united kingdom': 'GB',
  usa: 'US',
};

/** Names in the country column that are not one country, each with the reason. */
const NO_COUNTRY: Readonly<Record<string, string>> = {
  unspecified: 'the row names no country',
  'european community': 'the European Union is not a destination: the tax depends on the member state',
  'channel islands':
    'Jersey and Guernsey are two customs territories with rules of their own, and the row does not say which',
};

/** The ISO code for a country name of the data set. Refused with the reason if the name is not one country. */
export function countryCode(name: string): Result<Country, string> {
  const key = name.trim().toLowerCase();
  const code = CODES[key];
  if (code !== undefined) return ok(code);
  return refused(NO_COUNTRY[key] ?? `${JSON.stringify(name)} is not a country of the table`);
}
