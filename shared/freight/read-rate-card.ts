import type { Country } from '../kernel/country.ts';
import { percent, type Ratio } from '../kernel/money.ts';
import { barePostalCode } from '../kernel/places/postal-code.ts';
import type { Destination } from './destination.ts';
import type { RateCard, RateZone } from './rate-card.ts';

/** A rate card prepared for look-ups. It is made once per card, because a quote asks hundreds of times. */
interface CardIndex {
  readonly byCountry: ReadonlyMap<Country, CountryZones>;
  readonly elsewhere: RateZone | undefined;
  readonly percents: ReadonlyMap<string, Ratio>;
}

interface CountryZones {
  readonly whole: RateZone | undefined;
  /** The longest first. */
  readonly prefixes: readonly (readonly [prefix: string, zone: RateZone])[];
}

const indices = new WeakMap<RateCard, CardIndex>();

function indexOf(card: RateCard): CardIndex {
  let index = indices.get(card);
  if (index === undefined) {
    index = makeIndex(card);
    indices.set(card, index);
  }
  return index;
}

function makeIndex({ zones, fuel, surcharges }: RateCard): CardIndex {
  const byCountry = new Map<Country, { whole: RateZone | undefined; prefixes: [string, RateZone][] }>();
  for (const zone of zones)
    for (const { country, postalPrefixes } of zone.places ?? []) {
      const entry = byCountry.get(country) ?? { whole: undefined, prefixes: [] };
      byCountry.set(country, entry);
      if (postalPrefixes === undefined) entry.whole = zone;
      for (const prefix of postalPrefixes ?? []) entry.prefixes.push([prefix, zone]);
    }
  for (const { prefixes } of byCountry.values()) prefixes.sort(([a], [b]) => b.length - a.length);
  const written = [...fuel, ...surcharges].flatMap((row) => (row.percent === undefined ? [] : [row.percent]));
  return {
    byCountry,
    elsewhere: zones.find(({ places }) => places === undefined),
    percents: new Map(written.map((each) => [each, percent(each)])),
  };
}

/** The card's zone of the place; undefined where the card has none. */
export function zoneOf(card: RateCard, { country, postalCode }: Destination): RateZone | undefined {
  const { byCountry, elsewhere } = indexOf(card);
  const zones = byCountry.get(country);
  if (zones === undefined) return elsewhere;
  if (zones.prefixes.length > 0 && postalCode !== undefined) {
    const code = barePostalCode(postalCode);
    const found = zones.prefixes.find(([prefix]) => code.startsWith(prefix));
    if (found !== undefined) return found[1];
  }
  return zones.whole ?? elsewhere;
}

/** A percentage of the card as an exact ratio. */
export const percentOf = (card: RateCard, written: string): Ratio =>
  indexOf(card).percents.get(written) ?? percent(written);

/** The card's surcharge for a remote place, in minor units; 0 elsewhere and without a postal code. */
export function remoteAreaMinor(card: RateCard, { country, postalCode }: Destination): number {
  if (postalCode === undefined || card.remoteAreas.length === 0) return 0;
  const code = barePostalCode(postalCode);
  const area = card.remoteAreas.find(
    (each) =>
      each.country === country &&
      each.postalCodes.some(({ from, to }) => {
        const start = code.slice(0, from.length);
        return start.length === from.length && start >= from && start <= to;
      }),
  );
  return area?.amountMinor ?? 0;
}

/** Whether the card's price in the country depends on the postal code. */
export function looksAtPostalCodes(card: RateCard, country: Country): boolean {
  const zones = indexOf(card).byCountry.get(country);
  return (
    (zones !== undefined && zones.prefixes.length > 0) ||
    card.remoteAreas.some((area) => area.country === country)
  );
}
