import type { PlannedConsignment } from '../../events/landed-cost.ts';
import type { Country } from '../kernel/country.ts';
import { invariant } from '../kernel/invariant.ts';
import { divide } from '../kernel/money.ts';
import { placeOf } from './country-places.ts';
import {
  currentFactors,
  type EmissionFactor,
  type EmissionFactorSet,
  factorsOf,
  type PackagingFactor,
} from './emission-factors.ts';
import { greatCircleKm, type Point } from './great-circle.ts';
import type { Lane, TransportMode } from './lane.ts';
import type { ShippingSite } from './shipping-site.ts';

/** One leg of the journey, with the calculation of its figure. */
export interface CarbonLeg {
  readonly mode: TransportMode;
  readonly distanceKm: number;
  readonly distanceBasis: 'lane' | 'great-circle';
  readonly factorId: string;
  readonly grams: number;
  readonly formula: string;
}

/** The cartons, with the calculation of their figure. */
interface CarbonPackaging {
  readonly weightGrams: number;
  readonly factorId: string;
  readonly grams: number;
  readonly formula: string;
}

export interface CarbonFootprint {
  /** Grams of CO2 equivalent: the sum of the legs, well to wheel, and of the cartons, cradle to gate. */
  readonly grams: number;
  /** The edition of the factors. */
  readonly factorsVersion: string;
  readonly legs: readonly CarbonLeg[];
  readonly packaging: CarbonPackaging;
}

/** A footprint as orders store it, with everything needed to compute it again. */
export type StoredCarbon = NonNullable<PlannedConsignment['carbon']>;

/** Air routes are longer than the great circle by about this distance (GLEC Framework, EN 16258). */
const AIR_DETOUR_KM = 95;

/** No parcel goes straight from door to door: even within a city it passes a depot. */
const MIN_KM = 50;

/**
 * Greenhouse gases of a consignment: for each leg weight x distance x factor (ISO 14083:2023), and the making of the
 * cartons, each rounded half up to the gram. Distances are the lane's. If it has none, the great circle between the
 * warehouse and the destination's principal city is used, which understates roads and sea routes.
 */
export function carbonOf(
  { site, lane, country }: { readonly site: ShippingSite; readonly lane: Lane; readonly country: Country },
  grossWeightGrams: number,
  packagingGrams = 0,
): CarbonFootprint {
  const { version, packaging: factor, transport } = currentFactors;
  const legs = legsOf(site, lane, country).map((leg) => carbonOfLeg(leg, grossWeightGrams, transport));
  const packaging = carbonOfPackaging(packagingGrams, factor);
  return { grams: gramsOf(legs, packaging), factorsVersion: version, legs, packaging };
}

const gramsOf = (legs: readonly { readonly grams: number }[], packaging: { readonly grams: number }) =>
  legs.reduce((all, { grams }) => all + grams, packaging.grams);

/** The part of a footprint that an order stores. */
export function storedCarbon(
  { factorsVersion, legs, packaging }: CarbonFootprint,
  grossWeightGrams: number,
): StoredCarbon {
  const { weightGrams, factorId, grams } = packaging;
  return {
    factorsVersion,
    grossWeightGrams,
    legs: legs.map((leg) => ({
      mode: leg.mode,
      distanceKm: leg.distanceKm,
      factorId: leg.factorId,
      grams: leg.grams,
    })),
    packaging: { weightGrams, factorId, grams },
  };
}

/** Computes a stored footprint again by the factors of its own edition, not by the present ones. */
export function recomputeCarbon(
  { factorsVersion, grossWeightGrams, legs, packaging }: StoredCarbon,
  sets?: readonly [EmissionFactorSet, ...EmissionFactorSet[]],
): StoredCarbon & { readonly grams: number } {
  const { transport, packaging: factor } = factorsOf(factorsVersion, sets);
  const again = legs.map(({ mode, distanceKm }) => {
    const { factorId, milligramsPerTonneKm } = factorFor(mode, distanceKm, transport);
    return {
      mode,
      distanceKm,
      factorId,
      grams: gramsOfLeg(grossWeightGrams, distanceKm, milligramsPerTonneKm),
    };
  });
  const { weightGrams } = packaging;
  const box = {
    weightGrams,
    factorId: factor.factorId,
    grams: gramsOfPackaging(weightGrams, factor.gramsPerKilogram),
  };
  return { factorsVersion, grossWeightGrams, legs: again, packaging: box, grams: gramsOf(again, box) };
}

function carbonOfPackaging(weightGrams: number, factor: PackagingFactor): CarbonPackaging {
  const { factorId, gramsPerKilogram, source } = factor;
  const grams = gramsOfPackaging(weightGrams, gramsPerKilogram);
  const formula = `${grams} g CO2e = ${weightGrams} g of cartons x ${gramsPerKilogram} g/kg (${source})`;
  return { weightGrams, factorId, grams, formula };
}

const gramsOfPackaging = (weightGrams: number, gramsPerKilogram: number): number =>
  Number(divide(BigInt(weightGrams) * BigInt(gramsPerKilogram), 1_000n, 'half-up'));

/** Grams x kilometres x milligrams a tonne-kilometre: a tonne is 10^6 g, a gram 10^3 mg. */
const gramsOfLeg = (weightGrams: number, distanceKm: number, milligramsPerTonneKm: number): number =>
  Number(
    divide(
      BigInt(weightGrams) * BigInt(distanceKm) * BigInt(milligramsPerTonneKm),
      1_000_000_000n,
      'half-up',
    ),
  );

type Leg = Pick<CarbonLeg, 'mode' | 'distanceKm' | 'distanceBasis'>;

function legsOf(site: ShippingSite, { mode, legs, distanceKm }: Lane, country: Country): Leg[] {
  if (legs !== undefined) return legs.map((leg) => ({ ...leg, distanceBasis: 'lane' }));
  if (distanceKm !== undefined) return [{ mode, distanceKm, distanceBasis: 'lane' }];
  const direct = greatCircleKm(pointOfSite(site), pointOfCountry(country));
  const way = mode === 'air' ? direct + AIR_DETOUR_KM : direct;
  return [{ mode, distanceKm: Math.max(way, MIN_KM), distanceBasis: 'great-circle' }];
}

export function carbonOfLeg(
  leg: Leg,
  weightGrams: number,
  transport: readonly EmissionFactor[] = currentFactors.transport,
): CarbonLeg {
  const { mode, distanceKm, distanceBasis } = leg;
  const { factorId, milligramsPerTonneKm, source } = factorFor(mode, distanceKm, transport);
  const grams = gramsOfLeg(weightGrams, distanceKm, milligramsPerTonneKm);
  const way = distanceBasis === 'great-circle' ? `${distanceKm} km by the great circle` : `${distanceKm} km`;
  const formula = `${grams} g CO2e = ${weightGrams} g x ${way} x ${milligramsPerTonneKm / 1_000} g/tkm (${mode}; ${source})`;
  return { ...leg, factorId, grams, formula };
}

/** The factor of the longest class of legs that this one belongs to. */
export function factorFor(
  mode: TransportMode,
  distanceKm: number,
  transport: readonly EmissionFactor[] = currentFactors.transport,
): EmissionFactor {
  const found = transport.find((factor) => factor.mode === mode && distanceKm >= factor.fromKm);
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

/** Null Island for a code that is not a country's. Lanes and warehouses are checked to have real ones. */
function pointOfCountry(country: Country): Point {
  const place = placeOf(country);
  return {
    latitude: (place?.latitudeCentidegrees ?? 0) / 100,
    longitude: (place?.longitudeCentidegrees ?? 0) / 100,
  };
}
