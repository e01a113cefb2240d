import { invariant } from '../kernel/invariant.ts';
import type { TransportMode } from './lane.ts';

/** What holds of every factor: where it is from, and how sure it is. */
interface Provenance {
  readonly factorId: string;
  readonly description: string;
  readonly source: string;
  /** A value for when nothing better is known of the vehicle, its load and its fuel, or of the carton. */
  readonly isDefault: boolean;
  /** Read second hand: to be compared with the source's own tables before figures are published. */
  readonly needsReview: boolean;
}

/** Greenhouse gases of moving one tonne one kilometre, well to wheel. */
export interface EmissionFactor extends Provenance {
  readonly mode: TransportMode;
  /** Milligrams of CO2 equivalent a tonne-kilometre. */
  readonly milligramsPerTonneKm: number;
  /** Legs of at least so many kilometres; the longest that fits is used. */
  readonly fromKm: number;
}

/** Greenhouse gases of making packaging, cradle to gate. */
export interface PackagingFactor extends Provenance {
  /** Grams of CO2 equivalent a kilogram of packaging: as many kilograms a tonne. */
  readonly gramsPerKilogram: number;
}

/** All factors of one edition. One that orders name is never changed: another edition is added above it. */
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
 * Editions, the one in force first. Transport: defaults by mode, as ISO 14083:2023 lets them be used where a carrier
 * gives none of its own. Packaging: the European average of corrugated boxes, 88 % recycled.
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

/** The edition that new figures are made with. */
export const currentFactors: EmissionFactorSet = emissionFactorSets[0];

/** The edition of that version; throws on one that was never in force. */
export function factorsOf(version: string, sets = emissionFactorSets): EmissionFactorSet {
  const found = sets.find((each) => each.version === version);
  invariant(found !== undefined, 'every edition of emission factors that a figure names is kept', {
    version,
  });
  return found;
}
