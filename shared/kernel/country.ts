import * as z from 'zod';
import { isIsoCountry } from './iso-countries.ts';

/** Member states of the European Union since 2020-02-01, ISO 3166-1 alpha-2 (Greece is GR here, EL in VAT numbers). */
export const euMemberStates = [
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU',
  'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
] as const; // biome-ignore format: a table reads better in columns

export type EuMemberState = (typeof euMemberStates)[number];

/** An ISO 3166-1 alpha-2 country code. Whether we sell there is decided by the customs regimes. */
export const countrySchema = z
  .string()
  .regex(/^[A-Z]{2}$/, { message: 'two capital letters, ISO 3166-1 alpha-2', abort: true })
  .refine(isIsoCountry, 'no country has this code')
  .meta({ description: 'ISO 3166-1 alpha-2 country code', example: 'DE' });

export type Country = string;

export function isEuMemberState(country: Country): country is EuMemberState {
  return (euMemberStates as readonly string[]).includes(country);
}

/**
 * Whether goods moving between the two cross a customs border: false within one country and within the
 * EU customs union (Union Customs Code, Regulation (EU) 952/2013, Article 4).
 */
export function crossesCustomsBorder(from: Country, to: Country): boolean {
  if (from === to) return false;
  return !(isEuMemberState(from) && isEuMemberState(to));
}
