import type { Country } from '../kernel/country.ts';
import { invariant } from '../kernel/invariant.ts';
import { divide } from '../kernel/money.ts';
import { placeOf } from './country-places.ts';
import { type EmissionFactor, emissionFactors } from './emission-factors.ts';
import { greatCircleKm, type Point } from './great-circle.ts';
import type { Lane, TransportMode } from './lane.ts';
import type { ShippingSite } from './shipping-site.ts';

/** One leg of the way, with how its figure came about. */
export interface CarbonLeg {
  readonly mode: TransportMode;
  readonly distanceKm: number;
  readonly distanceBasis: 'lane' | 'great-circle';
  readonly factorId: string;
  readonly grams: number;
  readonly formula: string;
}

export interface CarbonFootprint {
  /** Grams of CO2 equivalent, well to wheel: the sum of the legs. */
  readonly grams: number;
  readonly legs: readonly CarbonLeg[];
}

/** Air routes are longer than the great circle by about so much (GLEC Framework, EN 16258). */
const AIR_DETOUR_KM = 95;

/** No parcel goes straight from door to door: within a city it still passes a depot. */
const LEAST_KM = 50;

/**
 * Greenhouse gases of carrying a weight over a lane: by leg, weight x distance x factor (ISO 14083:2023), each leg
 * rounded half up to the gram. Distances are the lane's; where it has none, the great circle between the warehouse
 * and the principal city of the destination, which understates roads and sea routes.
 */
export function carbonOf(
  site: ShippingSite,
  lane: Lane,
  country: Country,
  grossWeightGrams: number,
): CarbonFootprint {
  const legs = legsOf(site, lane, country).map((leg) => carbonOfLeg(leg, grossWeightGrams));
  return { grams: legs.reduce((all, { grams }) => all + grams, 0), legs };
}

type Leg = Pick<CarbonLeg, 'mode' | 'distanceKm' | 'distanceBasis'>;

function legsOf(site: ShippingSite, { mode, legs, distanceKm }: Lane, country: Country): Leg[] {
  if (legs !== undefined) return legs.map((leg) => ({ ...leg, distanceBasis: 'lane' }));
  if (distanceKm !== undefined) return [{ mode, distanceKm, distanceBasis: 'lane' }];
  const direct = greatCircleKm(pointOfSite(site), pointOfCountry(country));
  const way = mode === 'air' ? direct + AIR_DETOUR_KM : direct;
  return [{ mode, distanceKm: Math.max(way, LEAST_KM), distanceBasis: 'great-circle' }];
}

export function carbonOfLeg(leg: Leg, weightGrams: number): CarbonLeg {
  const { mode, distanceKm, distanceBasis } = leg;
  const { factorId, milligramsPerTonneKm, source } = factorFor(mode, distanceKm);
  // Grams x kilometres x milligrams a tonne-kilometre: a tonne is 10^6 g, a gram 10^3 mg.
  const product = BigInt(weightGrams) * BigInt(distanceKm) * BigInt(milligramsPerTonneKm);
  const grams = Number(divide(product, 1_000_000_000n, 'half-up'));
  const way = distanceBasis === 'great-circle' ? `${distanceKm} km by the great circle` : `${distanceKm} km`;
  const formula = `${grams} g CO2e = ${weightGrams} g x ${way} x ${milligramsPerTonneKm / 1_000} g/tkm (${mode}; ${source})`;
  return { ...leg, factorId, grams, formula };
}

/** The factor of the longest class of legs that this one belongs to. */
export function factorFor(mode: TransportMode, distanceKm: number): EmissionFactor {
  const found = emissionFactors.find((factor) => factor.mode === mode && distanceKm >= factor.fromKm);
  invariant(found !== undefined, 'every mode has an emission factor for any distance', { mode });
  return found;
}

export const pointOfSite = ({ address, coordinates }: ShippingSite): Point =>
  coordinates === undefined
    ? pointOfCountry(address.country)
    : {
        latitude: coordinates.latitudeMicrodegrees / 1_000_000,
        longitude: coordinates.longitudeMicrodegrees / 1_000_000,
      };

/** Null Island for a code that is no country's: lanes and warehouses are checked to have real ones. */
function pointOfCountry(country: Country): Point {
  const place = placeOf(country);
  return {
    latitude: (place?.latitudeCentidegrees ?? 0) / 100,
    longitude: (place?.longitudeCentidegrees ?? 0) / 100,
  };
}
