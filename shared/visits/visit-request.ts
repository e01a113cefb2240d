import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';

/** The most steps of one request. A browser gathers the steps of a few seconds. */
const MAX_STEPS = 25;
/** The most units that one step may put into a cart. */
const MAX_UNITS = 10_000;

/** Version 4 alone: it is random, and so holds neither a customer's number nor a time nor an address. */
const randomIdSchema = z.uuidv4('a random UUID (version 4)');

/** What a storefront reports of one shopper. */
export const visitRequestSchema = z
  .strictObject({
    batchId: randomIdSchema.meta({
      description:
        'Made anew for each request. A request that is repeated with it on the same day counts once.',
    }),
    visitorId: randomIdSchema.optional().meta({
      description:
        'Made by the shop for one visit. It is stored as a hash that is another one each day. Without it, steps are counted and visitors are not.',
    }),
    country: givenCountrySchema
      .optional()
      .meta({ description: 'The market that the shop shows to the shopper' }),
    steps: z
      .array(
        z.discriminatedUnion('step', [
          z.strictObject({ step: z.literal('view'), sku: skuSchema }).meta({ id: 'ProductViewed' }),
          z
            .strictObject({
              step: z.literal('cart'),
              sku: skuSchema,
              quantity: z.int().min(1).max(MAX_UNITS).meta({ description: 'Units put into the cart' }),
            })
            .meta({ id: 'ProductPutIntoCart' }),
        ]),
      )
      .min(1)
      .max(MAX_STEPS)
      .meta({ description: 'In their order. They count at the time at which the request arrives.' }),
  })
  .meta({ id: 'VisitRequest' });

export type VisitRequest = z.infer<typeof visitRequestSchema>;
