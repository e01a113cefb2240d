import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { countrySchema } from '../kernel/country.ts';
import { dimensionsSchema, weightGramsSchema } from '../kernel/measure.ts';
import { calendarDateSchema } from '../kernel/time.ts';
import { productComplianceSchema } from '../restrictions/index.ts';
import { listedPriceSchema } from './price-list.ts';

const nationalCode = z.string().regex(/^\d{8}(\d{2})?$/, '8 or 10 digits');

export const productSchema = z
  .strictObject({
    sku: skuSchema,
    /** As declarations show it: what the thing is, in words that an officer understands. */
    description: z.string().trim().min(3).max(200),
    /** Harmonised System subheading, HS 2022. */
    hsCode: z.string().regex(/^\d{6}$/, 'six digits'),
    /** The longer codes of a tariff, by the Union or country, where its declarations ask for them: CN, HTSUS. */
    nationalCodes: z
      .record(z.string().regex(/^[A-Z]{2}$/, 'EU, or an ISO country code'), nationalCode)
      .optional(),
    originCountry: countrySchema,
    /** Proofs of preferential origin: with one, an agreement's rate of duty is charged. */
    originProofs: z
      .array(
        z.strictObject({
          /** As the trade rules name it: `eu-gb-tca`, `usmca`. */
          agreement: z.string().regex(/^[a-z0-9-]{2,40}$/, 'small letters, digits and dashes'),
          /** Number of the certificate or statement. */
          reference: z.string().trim().min(1).max(80),
          /** The last day on which it is good. */
          validUntil: calendarDateSchema.optional(),
        }),
      )
      .max(40)
      .optional(),
    unitWeightGrams: weightGramsSchema,
    dimensions: dimensionsSchema,
    /** What it is made of, how it may travel, and the papers that markets ask for. */
    compliance: productComplianceSchema.optional(),
    /** The merchant's base price first, without tax; further currencies are a price list of their own. */
    prices: z
      .array(listedPriceSchema)
      .min(1)
      .max(20)
      .refine(([base]) => base?.taxIncluded !== true, 'the base price, the first one, is without tax'),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;
