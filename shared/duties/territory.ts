import type { Country } from '../kernel/country.ts';
import type { Territory } from './destinations/destination-file.ts';
import territories from './destinations/generated/territories.json' with { type: 'json' };

const listed: readonly Territory[] = territories;

let patterns: ReadonlyMap<string, RegExp> | undefined;

/**
 * The special territory of the postal code: outside the customs territory or the VAT of its country, or with rates of
 * its own. Undefined elsewhere or without a code. Directive 2006/112/EC Art. 6 and 105, Regulation (EU) 952/2013 Art.
 * 4; the Windsor Framework for Northern Ireland; the Norwegian VAT Act § 1-2; the Swiss customs exclusion area of
 * Samnaun; Australia's external territories outside its GST; the designated areas of Malaysia's Sales Tax Act 2018;
 * Indonesia's free zone of Batam.
 */
export function specialTerritory(place: {
  readonly country: Country;
  readonly postalCode?: string | undefined;
}): string | undefined {
  const code = place.postalCode?.replaceAll(/\s/g, '').toUpperCase();
  if (code === undefined) return undefined;
  patterns ??= new Map(listed.map(({ name, postalCodes }) => [name, new RegExp(postalCodes)]));
  return listed.find(({ name, country }) => country === place.country && patterns?.get(name)?.test(code))
    ?.name;
}
