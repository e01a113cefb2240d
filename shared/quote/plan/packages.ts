import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import type { ShippedConsignment } from '../../freight/index.ts';

/**
 * The cartons as they will be booked. If there are several, each has its own label and customs form, so its contents
 * are stored.
 */
export function packagesOf({ parcels, parcelCount }: ShippedConsignment): PlannedConsignment['packages'] {
  return parcels.map(({ count, dimensions, grossWeightGrams, contents }) => ({
    count,
    dimensions,
    grossWeightGrams,
    ...(parcelCount === 1 ? {} : { contents: contents.map((part) => ({ ...part })) }),
  }));
}
