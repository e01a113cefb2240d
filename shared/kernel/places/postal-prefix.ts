import * as z from 'zod';
import type { Country } from '../country.ts';
import { canonicalPostalPrefix } from './postal-code.ts';

/** The beginning of a postal code in a setting, in any spelling; the setting's schema makes it canonical. */
export const postalPrefixSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,13}$/, 'letters and digits, with or without spaces and dashes')
  .meta({
    description:
      'The beginning of a postal code. It is stored in capitals, without spaces, dashes and country prefix',
    example: 'SW1A',
  });

/** The prefixes of a country in the form in which postal codes are compared. */
export const canonicalPrefixes = (country: Country, prefixes: readonly string[]): string[] =>
  prefixes.map((prefix) => canonicalPostalPrefix(country, prefix));
