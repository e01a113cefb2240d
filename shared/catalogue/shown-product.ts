import * as z from 'zod';
import { productSchema } from './product.ts';
import { warningSchema } from './product-warnings.ts';

/** A product as it is answered. */
export const storedProductSchema = productSchema
  .extend({ warnings: z.array(warningSchema) })
  .meta({ id: 'StoredProduct' });

const { sku, description, hsCode, originCountry, unitWeightGrams, availableFrom, status, prices } =
  productSchema.shape;

/** What a list shows of a product: a whole one may have 380 KB, most of it papers. */
export const listedProductSchema = z
  .object({ sku, description, hsCode, originCountry, unitWeightGrams, availableFrom, status, prices })
  .meta({ id: 'ListedProduct' });
