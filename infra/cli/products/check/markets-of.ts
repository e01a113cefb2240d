import { regimes } from '../../../../shared/duties/regimes/index.ts';
import type { Country } from '../../../../shared/kernel/country.ts';

/** The markets that were asked for; all destinations if none was. Throws an Error that names those that are none. */
export function marketsOf(asked: readonly Country[]): readonly Country[] {
  const destinations = regimes.flatMap(({ countries }) => countries);
  const unknown = asked.filter((country) => !destinations.includes(country));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no destination of these rules`);
  return asked.length > 0 ? asked : destinations;
}
