import type { Country } from '../kernel/country.ts';
import taxNumbers from './destinations/generated/tax-numbers.json' with { type: 'json' };

const patterns: Readonly<Record<Country, string | undefined>> = taxNumbers;

/** The shape that tax numbers of the country have; undefined where it is not known well enough to tell a wrong one. */
export function taxNumberShape(country: Country): RegExp | undefined {
  const pattern = patterns[country];
  return pattern === undefined ? undefined : new RegExp(pattern);
}
