import * as z from 'zod';
import { isIsoCountry } from '../iso-countries.ts';
import { lookUp } from '../look-up.ts';

/** Codes that the European Union and ISO 3166 keep for a country beside its own. */
const OTHER_CODES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** Codes that ISO 3166-1 or the Union reserve for a territory, and that are no country's. */
const RESERVED: Readonly<Record<string, string>> = {
  EA: 'Ceuta and Melilla',
  IC: 'the Canary Islands',
  XI: 'Northern Ireland',
};

/**
 * A country code at the door: in any case, with spaces around it. What comes out is the ISO 3166-1 code in capitals, GB
 * for UK and GR for EL. Codes that the standard only reserves for a territory are refused by its name.
 */
export const givenCountrySchema = z
  .string()
  .regex(/^\s*[A-Za-z]{2}\s*$/, { message: 'two letters, ISO 3166-1 alpha-2', abort: true })
  .overwrite((text) => {
    const code = text.trim().toUpperCase();
    return lookUp(OTHER_CODES, code) ?? code;
  })
  .refine(isIsoCountry, { error: ({ input }) => whyNoCountry(String(input)) })
  .meta({
    description: 'ISO 3166-1 alpha-2 country code; small letters are accepted, and UK for GB and EL for GR',
    example: 'DE',
  });

function whyNoCountry(code: string): string {
  const reserved = lookUp(RESERVED, code);
  return reserved === undefined
    ? 'no country has this code'
    : `${code} is reserved for ${reserved}, and we do not sell there`;
}
