import type { Dimensions } from '../kernel/measure.ts';

/** The sides of a parcel, the longest first, in millimetres. */
export function sidesOf({ lengthMm, widthMm, heightMm }: Dimensions): [number, number, number] {
  const [a = 0, b = 0, c = 0] = [lengthMm, widthMm, heightMm].sort((x, y) => y - x);
  return [a, b, c];
}

/** The longest side plus the girth around the other two, as carriers measure bulk, in millimetres. */
export function lengthPlusGirthMm(dimensions: Dimensions): number {
  const [longest, middle, shortest] = sidesOf(dimensions);
  return longest + 2 * (middle + shortest);
}

/** The largest parcel that a carrier accepts. */
export interface ParcelLimits {
  readonly maxWeightGrams: number;
  readonly maxLongestSideMm?: number | undefined;
  readonly maxLengthPlusGirthMm?: number | undefined;
}

/** Why something can't be shipped this way: a code and a text. */
export interface NotShippable {
  readonly reason:
    | 'too-heavy'
    | 'too-long'
    | 'too-large'
    | 'too-many-parcels'
    | 'no-zone'
    | 'no-rate-card'
    | 'not-served';
  readonly detail: string;
  readonly lineId?: string;
}

/** The carrier's limit that the parcel exceeds; undefined if it exceeds none. */
export function overLimits(
  limits: ParcelLimits,
  dimensions: Dimensions,
  weightGrams: number,
): NotShippable | undefined {
  const { maxWeightGrams, maxLongestSideMm, maxLengthPlusGirthMm } = limits;
  if (weightGrams > maxWeightGrams)
    return { reason: 'too-heavy', detail: `${weightGrams} g is over the limit of ${maxWeightGrams} g` };
  const [longest] = sidesOf(dimensions);
  if (maxLongestSideMm !== undefined && longest > maxLongestSideMm)
    return { reason: 'too-long', detail: `${longest} mm is over the limit of ${maxLongestSideMm} mm` };
  const bulk = lengthPlusGirthMm(dimensions);
  if (maxLengthPlusGirthMm !== undefined && bulk > maxLengthPlusGirthMm)
    return {
      reason: 'too-large',
      detail: `length and girth of ${bulk} mm are over the limit of ${maxLengthPlusGirthMm} mm`,
    };
  return undefined;
}
