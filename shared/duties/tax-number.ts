import type { Country } from '../kernel/country.ts';
import taxNumbers from './destinations/generated/tax-numbers.json' with { type: 'json' };

const patterns: Readonly<Record<Country, string | undefined>> = taxNumbers;

/** The shape of the country's tax numbers; undefined where we don't know it well enough to reject a number. */
export function taxNumberShape(country: Country): RegExp | undefined {
  const pattern = patterns[country];
  return pattern === undefined ? undefined : new RegExp(pattern);
}
