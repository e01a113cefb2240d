import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { countrySchema } from '../kernel/country.ts';
import { dimensionsSchema, weightGramsSchema } from '../kernel/measure.ts';
import { moneySchema } from '../kernel/money.ts';

export const productSchema = z
  .strictObject({
    sku: skuSchema,
    /** As declarations show it: what the thing is, in words that an officer understands. */
    description: z.string().trim().min(3).max(200),
    /** Harmonised System, six digits, with the national extension where it is known. */
    hsCode: z.string().regex(/^\d{6}(\d{2}){0,2}$/, '6, 8 or 10 digits'),
    originCountry: countrySchema,
    unitWeightGrams: weightGramsSchema,
    dimensions: dimensionsSchema,
    /** The merchant's base price first, without tax; further currencies are a price list of their own. */
    prices: z
      .array(moneySchema.refine(({ amount }) => amount > 0, 'more than zero'))
      .min(1)
      .max(20),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;
