import * as z from 'zod';
import { countrySchema } from '../shared/kernel/country.ts';
import { skuSchema } from './landed-cost.ts';

/** What a shopper did in a shop before the quote. Kept in the lake alone: no function waits for it. */
export const VisitReported = {
  name: 'visit.reported',
  version: 1,
  description: 'What a shopper looked at and put into the cart, as the storefront reported it.',
  data: z.strictObject({
    storefrontId: z.string(),
    /** The market that the shop showed to the shopper, if the storefront named it. */
    country: countrySchema.optional(),
    /** A hash that is another one each UTC day and in each storefront. It leads to nobody. */
    visitor: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
    steps: z
      .array(
        z.strictObject({
          step: z.enum(['view', 'cart']),
          /** As the storefront wrote it: the catalogue may not know it. */
          sku: skuSchema,
          /** Units that were put into the cart. */
          quantity: z.int().min(1).optional(),
        }),
      )
      .min(1),
  }),
} as const;
