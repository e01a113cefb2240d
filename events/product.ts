import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { weightGramsSchema } from '../shared/kernel/measure.ts';
import { moneySchema } from '../shared/kernel/money.ts';
import { skuSchema } from './landed-cost.ts';

/** A product of the catalogue was stored. Kept in the lake alone. */
export const ProductStored = {
  name: 'product.stored',
  version: 1,
  description: 'A product of the catalogue was stored, for the first time or anew.',
  data: z.strictObject({
    sku: skuSchema,
    /** The description on declarations, by the merchant. */
    description: z.string(),
    hsCode: z.string().regex(/^\d{6}$/),
    originCountry: countrySchema,
    unitWeightGrams: weightGramsSchema,
    /** The merchant's base price, without tax. */
    basePrice: moneySchema,
    /** The value of one unit of goods that are given away. */
    customsValue: moneySchema.optional(),
  }),
} as const;
