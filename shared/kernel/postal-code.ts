import type { Country } from './country.ts';

/**
 * Countries and territories where addresses carry no postal code, or where post arrives without one (Ireland's
 * Eircode is one address's own and optional). Universal Postal Union, postal addressing systems, 2024.
 */
const WITHOUT_POSTAL_CODES: ReadonlySet<Country> = new Set([
  'AE', 'AG', 'AO', 'AW', 'BF', 'BI', 'BJ', 'BO', 'BS', 'BW', 'BZ', 'CD', 'CF', 'CG', 'CI', 'CK', 'CM',
  'DJ', 'DM', 'ER', 'FJ', 'GA', 'GD', 'GM', 'GN', 'GQ', 'GY', 'HK', 'IE', 'JM', 'KI', 'KM', 'KN', 'KP', 'LY',
  'ML', 'MO', 'MR', 'MW', 'NR', 'NU', 'PA', 'QA', 'RW', 'SB', 'SC', 'SL', 'SR', 'ST', 'SY', 'TD', 'TG', 'TK',
  'TL', 'TO', 'TV', 'UG', 'VU', 'YE', 'ZW',
]); // biome-ignore format: a table reads better in columns

/** Whether an address there is incomplete without a postal code. */
export function needsPostalCode(country: Country): boolean {
  return !WITHOUT_POSTAL_CODES.has(country);
}
