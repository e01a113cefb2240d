import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { dimensionsSchema, goodsMeasuresSchema, weightGramsSchema } from '../kernel/measure.ts';
import { moneySchema } from '../kernel/money.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { calendarDateSchema } from '../kernel/time.ts';
import { productComplianceSchema } from '../restrictions/index.ts';
import { listedPriceSchema } from './price-list.ts';

/** Nine digits: Japan's statistical code. */
const nationalCode = z.string().regex(/^\d{8,10}$/, '8 to 10 digits');

export const productSchema = z
  .strictObject({
    sku: skuSchema,
    /** The description on declarations: it says what the product is, in words that a customs officer understands. */
    description: z.string().trim().min(3).max(200),
    /** Harmonised System subheading, HS 2022. */
    hsCode: z.string().regex(/^\d{6}$/, 'six digits'),
    /** The longer codes of national tariffs (CN, HTSUS), by Union or country, where declarations need them. */
    nationalCodes: z
      .record(z.string().regex(/^[A-Z]{2}$/, 'EU, or an ISO country code'), nationalCode)
      .optional(),
    originCountry: givenCountrySchema,
    /** Proofs of preferential origin: goods with one get an agreement's rate of duty. */
    originProofs: z
      .array(
        z.strictObject({
          /** The agreement's name in the trade rules: `eu-gb-tca`, `usmca`. */
          agreement: z.string().regex(/^[a-z0-9-]{2,40}$/, 'small letters, digits and dashes'),
          /** Number of the certificate or statement. */
          reference: z.string().trim().min(1).max(80),
          /** The last day on which the proof is valid. */
          validUntil: calendarDateSchema.optional(),
        }),
      )
      .max(40)
      .optional(),
    /**
     * Presale: the first day on which units may leave a warehouse, on the clocks of that warehouse. They are sold
     * before, as far as they are in stock. From that day on it says nothing.
     */
    availableFrom: calendarDateSchema.optional(),
    /**
     * `retired`: no new quote sells it, and no market lists it. Orders that have it go on, and so does a quote of the
     * last half hour. It is `active` if absent.
     */
    status: z.enum(['active', 'retired']).optional(),
    unitWeightGrams: weightGramsSchema,
    dimensions: dimensionsSchema,
    /** Litres, pairs and others of one unit, for duties that are counted by them. */
    measures: goodsMeasuresSchema.optional(),
    /** Composition, transport properties, and the documents that markets ask for. */
    compliance: productComplianceSchema.optional(),
    /** The merchant's base price first, without tax; the other entries are a price list. */
    prices: z
      .array(listedPriceSchema)
      .min(1)
      .max(20)
      .refine(([base]) => base?.taxIncluded !== true, 'the base price, the first one, is without tax'),
    /**
     * The value of one unit of goods that are given away, whose prices are zero: duty, tax, limits and papers go by it.
     */
    customsValue: moneySchema
      .refine(({ amount }) => amount > 0, { path: ['amount'], message: 'more than zero' })
      .optional(),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof productSchema>;

/** Whether new quotes sell it. */
export const isSold = ({ status }: Pick<Product, 'status'>): boolean => status !== 'retired';
