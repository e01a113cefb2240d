import type { PlannedConsignment } from '../../../events/landed-cost.ts';
import type { ParcelSize } from '../../shipping/index.ts';
import { once } from '../once.ts';
import { carrierPartners } from './carrier-partners.ts';
import { networkDeps } from './network-deps.ts';

export const shippingDeps = once(() => {
  const network = networkDeps();
  return {
    ...network,
    carrierByCode: (code: string) => carrierPartners().get(code),
    iossNumber: async () => (await network.catalogue.seller())?.ioss,
    /** A box that takes the goods stacked, each lying flat. */
    async parcelSize({ lines }: PlannedConsignment): Promise<ParcelSize> {
      const products = await network.catalogue.productsBySku(lines.map(({ sku }) => sku));
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
    },
  };
});
