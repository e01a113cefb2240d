import type { PlannedConsignment } from '../../events/landed-cost.ts';
import type { CatalogueStore, Product } from '../catalogue/index.ts';
import type { BookingDeps, ParcelSize } from './shipping-deps.ts';

/** A box that holds the stacked goods, each lying flat. Goods without dimensions add only their weight. */
export function stackedParcel(
  lines: PlannedConsignment['lines'],
  products: readonly Pick<Product, 'sku' | 'dimensions'>[],
): ParcelSize {
  const dimensions = { lengthMm: 1, widthMm: 1, heightMm: 0 };
  let weightGrams = 0;
  for (const { sku, quantity, unitWeightGrams } of lines) {
    weightGrams += unitWeightGrams * quantity;
    const size = products.find((product) => product.sku === sku)?.dimensions;
    if (size === undefined) continue;
    dimensions.lengthMm = Math.max(dimensions.lengthMm, size.lengthMm);
    dimensions.widthMm = Math.max(dimensions.widthMm, size.widthMm);
    dimensions.heightMm += size.heightMm * quantity;
  }
  return { weightGrams, dimensions: { ...dimensions, heightMm: Math.max(dimensions.heightMm, 1) } };
}

/** Sizes of consignments that were quoted without cartons, from the products as they are now. */
export function createParcelSizes(
  catalogue: Pick<CatalogueStore, 'productsBySku'>,
): BookingDeps['parcelSize'] {
  return async ({ lines }) =>
    stackedParcel(lines, await catalogue.productsBySku(lines.map(({ sku }) => sku)));
}
