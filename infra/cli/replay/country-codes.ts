import type { Country } from '../../../shared/kernel/country.ts';
import { ok, type Result, refused } from '../../../shared/kernel/result.ts';

/** The countries of the data set by the names that it uses, as ISO 3166-1 alpha-2. */
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

/** Names in the column that are no one country, with the reason in words. */
const NO_COUNTRY: Readonly<Record<string, string>> = {
  unspecified: 'the row names no country',
  'european community': 'a Union is no destination: the tax depends on the member state',
  'channel islands':
    'Jersey and Guernsey are two customs territories with rules of their own, and the row does not say which',
};

/** The ISO code of a country name of the data set; refused with the reason where the name is no one country. */
export function countryCode(name: string): Result<Country, string> {
  const key = name.trim().toLowerCase();
  const code = CODES[key];
  if (code !== undefined) return ok(code);
  return refused(NO_COUNTRY[key] ?? `${JSON.stringify(name)} is no country of the table`);
}
