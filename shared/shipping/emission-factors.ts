import type { TransportMode } from './lane.ts';

/** Greenhouse gases of moving one tonne one kilometre, well to wheel. */
export interface EmissionFactor {
  readonly factorId: string;
  readonly mode: TransportMode;
  readonly description: string;
  /** Milligrams of CO2 equivalent a tonne-kilometre. */
  readonly milligramsPerTonneKm: number;
  /** Legs of at least so many kilometres; the longest that fits is used. */
  readonly fromKm: number;
  readonly source: string;
  /** A value for when nothing better is known of the vehicle, its load and its fuel. */
  readonly isDefault: boolean;
  /** Read second hand: to be compared with the Framework's own tables before figures are published. */
  readonly needsReview: boolean;
}

/** The edition of the table, kept with every figure that it gave. */
export const EMISSION_FACTORS_VERSION = 'glec-3.2-2025-10';

const GLEC = 'GLEC Framework v3.2 (Smart Freight Centre, October 2025), default emission intensities, WTW';

const factor = (
  factorId: string,
  mode: TransportMode,
  gramsPerTonneKm: number,
  fromKm: number,
  description: string,
): EmissionFactor => ({
  ...{ factorId, mode, description, fromKm },
  milligramsPerTonneKm: gramsPerTonneKm * 1_000,
  ...{ source: `${GLEC}; quoted by third parties`, isDefault: true, needsReview: true },
});

/** Default factors by mode, as ISO 14083:2023 lets them be used where a carrier gives none of its own. */
export const emissionFactors: readonly EmissionFactor[] = [
  factor('air-long-haul', 'air', 608, 1_500, 'belly freight, long haul'),
  factor('air-short-haul', 'air', 830, 0, 'belly freight, short haul'),
  factor('road-articulated', 'road', 107, 0, 'diesel lorry over 18 t, upper end of the range from 74'),
  factor('rail-diesel', 'rail', 31, 0, 'diesel traction, Europe'),
  factor('sea-container', 'sea', 8, 0, 'container ship'),
];
