import { measuresOf, type Product } from '../../catalogue/index.ts';
import type { Country } from '../../kernel/country.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { GoodsOfSku } from '../network/import-charges.ts';

/**
 * A product as customs sees it when it comes from a country: that of the catalogue if absent. Proofs of origin hold for
 * the origin that the catalogue states, as long as they are valid on the day.
 */
export function goodsOfProduct(
  product: Product,
  { day, country = product.originCountry }: { readonly day: CalendarDate; readonly country?: Country },
): GoodsOfSku {
  const { sku, description, hsCode, nationalCodes, originProofs = [], unitWeightGrams } = product;
  const isStated = country === product.originCountry;
  const proofs = originProofs
    .filter(({ validUntil }) => isStated && (validUntil === undefined || validUntil >= day))
    .map(({ agreement }) => agreement);
  return {
    ...{ sku, description, hsCode, nationalCodes, originCountry: country, originProofs: proofs },
    unitWeightGrams,
    measures: measuresOf(product),
  };
}
