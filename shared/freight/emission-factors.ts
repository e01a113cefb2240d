import { invariant } from '../kernel/invariant.ts';
import type { TransportMode } from './lane.ts';

/** Where a factor comes from and how reliable it is. */
interface Provenance {
  readonly factorId: string;
  readonly description: string;
  readonly source: string;
  /** A default value, used when nothing better is known of the vehicle, its load and its fuel, or of the carton. */
  readonly isDefault: boolean;
  /** From a secondary source: compare it with the original tables before you publish figures. */
  readonly needsReview: boolean;
}

/** Greenhouse gases of moving one tonne one kilometre, well to wheel. */
export interface EmissionFactor extends Provenance {
  readonly mode: TransportMode;
  /** Milligrams of CO2 equivalent a tonne-kilometre. */
  readonly milligramsPerTonneKm: number;
  /** For legs of at least this many kilometres; among several the longest class applies. */
  readonly fromKm: number;
}

/** Greenhouse gases of making packaging, cradle to gate. */
export interface PackagingFactor extends Provenance {
  /** Grams of CO2 equivalent per kilogram of packaging; the same number as kilograms per tonne. */
  readonly gramsPerKilogram: number;
}

/** All factors of one edition. An edition that orders refer to never changes: add a new edition above it. */
export interface EmissionFactorSet {
  readonly version: string;
  readonly transport: readonly EmissionFactor[];
  readonly packaging: PackagingFactor;
}

const GLEC = 'GLEC Framework v3.2 (Smart Freight Centre, October 2025), default emission intensities, WTW';
const FEFCO = 'FEFCO and Cepi ContainerBoard, carbon footprint of corrugated packaging, 2022 (data of 2021)';

/** One row of the table of factors, column by column. */
const factor = (
  factorId: string,
  mode: TransportMode,
  description: string,
  { gramsPerTonneKm, fromKm }: { readonly gramsPerTonneKm: number; readonly fromKm: number },
): EmissionFactor => ({
  factorId,
  mode,
  description,
  fromKm,
  milligramsPerTonneKm: gramsPerTonneKm * 1_000,
  source: `${GLEC}; quoted by third parties`,
  isDefault: true,
  needsReview: true,
});

/**
 * Editions, the current one first. Transport: defaults by mode, which ISO 14083:2023 allows where a carrier publishes
 * no factors of its own. Packaging: the European average of corrugated boxes, 88 % recycled.
 */
export const emissionFactorSets: readonly [EmissionFactorSet, ...EmissionFactorSet[]] = [
  {
    version: 'glec-3.2-2025-10+fefco-2022',
    transport: [
      factor('air-long-haul', 'air', 'belly freight, long haul', { gramsPerTonneKm: 608, fromKm: 1_500 }),
      factor('air-short-haul', 'air', 'belly freight, short haul', { gramsPerTonneKm: 830, fromKm: 0 }),
      factor('road-articulated', 'road', 'diesel lorry over 18 t, upper end of the range from 74', {
        gramsPerTonneKm: 107,
        fromKm: 0,
      }),
      factor('rail-diesel', 'rail', 'diesel traction, Europe', { gramsPerTonneKm: 31, fromKm: 0 }),
      factor('sea-container', 'sea', 'container ship', { gramsPerTonneKm: 8, fromKm: 0 }),
    ],
    packaging: {
      factorId: 'corrugated-board',
      description: 'corrugated box, made and converted in Europe',
      gramsPerKilogram: 491,
      source: `${FEFCO}; quoted by third parties`,
      isDefault: true,
      needsReview: true,
    },
  },
];

/** The edition used for new figures. */
export const currentFactors: EmissionFactorSet = emissionFactorSets[0];

/** The edition with that version; throws if there has never been one. */
export function factorsOf(version: string, sets = emissionFactorSets): EmissionFactorSet {
  const found = sets.find((each) => each.version === version);
  invariant(found !== undefined, 'every edition of emission factors that a figure names is kept', {
    version,
  });
  return found;
}
