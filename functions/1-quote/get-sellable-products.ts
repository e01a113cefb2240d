import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { countrySchema } from '../../shared/kernel/country.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { givenPlaceShape } from '../../shared/kernel/places/given-place.ts';
import { checkPlace, withCanonicalPlace } from '../../shared/kernel/places/place.ts';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { calendarDateSchema, toInstant } from '../../shared/kernel/time.ts';
import { listSellable, sellableProductSchema } from '../../shared/quote/index.ts';
import { sellableDeps } from '../../shared/runtime/deps/quote.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const MAX_SKUS = 100;

const areSkus = (skus: readonly string[]) =>
  skus.length <= MAX_SKUS && skus.every((sku) => skuSchema.safeParse(sku).success);

export const contract = defineContract({
  id: '1-quote/get-sellable-products',
  summary: 'Which products can be sold in a market, and until when',
  query: z
    .strictObject({
      ...givenPlaceShape,
      /** Separated by commas, at most 100. */
      skus: z
        .string()
        .max(5_000)
        .refine((skus) => areSkus(skus.split(',')), `SKUs, at most ${MAX_SKUS}`),
    })
    .superRefine((place, { addIssue }) => checkPlace(place, addIssue))
    .overwrite(withCanonicalPlace),
  answers: {
    200: {
      description: 'Each product with what bars it there, if anything does; unknown SKUs are left out',
      schema: z
        .strictObject({
          country: countrySchema,
          /** Today in that country. */
          date: calendarDateSchema,
          products: z.array(sellableProductSchema),
        })
        .meta({ id: 'SellableProducts' }),
    },
  },
  problems: [422],
});

export const handler = http(contract, sellableDeps, async ({ query }, deps) => {
  const { country, region, postalCode } = query;
  const destination = { country, ...defined({ region, postalCode }) };
  const skus = [...new Set(query.skus.split(','))];
  const sellable = await listSellable(deps, destination, skus, toInstant(deps.clock()));
  if (sellable.ok) return { status: 200, body: { country, ...sellable.value } };
  const { field, detail } = sellable.error;
  throw new ProblemError(invalid([{ pointer: `#/query/${field}`, code: 'unsupported-destination', detail }]));
});
