/** Demand is spread alike where its mean is alike: two classes for each doubling of the mean. */
const PER_DOUBLING = 2;
const DOUBLINGS = 8;

export const MEAN_CLASSES = 2 * PER_DOUBLING * DOUBLINGS + 1;

/** The class of a mean, from 0. Means below 1/256 and above 256 are in the outer classes. */
export function meanClass(mean: number): number {
  const place = Math.round(PER_DOUBLING * Math.log2(Math.max(mean, 1e-9)));
  return Math.min(MEAN_CLASSES - 1, Math.max(0, place + PER_DOUBLING * DOUBLINGS));
}

/** The middle of a class. */
export const meanOfClass = (place: number): number => 2 ** (place / PER_DOUBLING - DOUBLINGS);
