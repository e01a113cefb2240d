import type { PlannedConsignment } from '../../events/landed-cost.ts';
import type { Dimensions } from '../kernel/measure.ts';

/** One carton of a consignment as the quote packed it. */
export interface PackedCarton {
  readonly dimensions: Dimensions;
  readonly grossWeightGrams: number;
  /** Its contents, by line of the consignment. */
  readonly contents: readonly { readonly lineId: string; readonly quantity: number }[];
}

/**
 * The cartons of a consignment in the order in which they are booked. Empty if it was quoted without cartons, or with
 * several whose contents were not stored: then it is booked as one carton.
 */
export function packedCartons({ lines, packages = [] }: PlannedConsignment): readonly PackedCarton[] {
  const cartons = packages.flatMap(({ count, dimensions, grossWeightGrams, contents }) =>
    Array.from({ length: count }, () => ({ dimensions, grossWeightGrams, contents })),
  );
  const all = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const known = cartons.flatMap(({ contents = cartons.length === 1 ? all : undefined, ...size }) =>
    contents === undefined ? [] : [{ ...size, contents }],
  );
  return known.length === cartons.length ? known : [];
}
