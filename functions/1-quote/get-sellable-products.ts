import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { bookableNetwork } from '../../shared/catalogue/index.ts';
import { countrySchema } from '../../shared/kernel/country.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { givenPlaceShape } from '../../shared/kernel/places/given-place.ts';
import { checkPlace, withCanonicalPlace } from '../../shared/kernel/places/place.ts';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { calendarDateSchema, toInstant } from '../../shared/kernel/time.ts';
import { calendarDateIn } from '../../shared/kernel/zoned-time.ts';
import { regimeOf, sellableIn, sellableProductSchema } from '../../shared/quote/index.ts';
import { sellableDeps } from '../../shared/runtime/deps/quote.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { knownPartners } from '../../shared/runtime/known-partners.ts';

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

export const handler = http(
  contract,
  sellableDeps,
  async ({ query }, { catalogue, stock, rates, rules, clock }) => {
    const { country, region, postalCode } = query;
    const destination = { country, ...defined({ region, postalCode }) };
    const skus = [...new Set(query.skus.split(','))];
    const regime = regimeOf(destination);
    if (!regime.ok) {
      const { field, detail } = regime.error;
      throw new ProblemError(
        invalid([{ pointer: `#/query/${field}`, code: 'unsupported-destination', detail }]),
      );
    }
    const [products, network, seller = {}, available, exchangeRates, customsRates, book] = await Promise.all([
      catalogue.productsBySku(skus),
      catalogue.network(),
      catalogue.seller(),
      stock.availability(skus),
      rates.current(),
      rates.customs(),
      rules.current(),
    ]);
    const { warehouses } = bookableNetwork(network, knownPartners);
    const now = toInstant(clock());
    const date = calendarDateIn(regime.value.timeZone, now);
    const market = { destination, seller, warehouses, stock: available, date };
    const sellable = sellableIn(products, { ...market, exchangeRates, customsRates, rules: book, now });
    const sorted = sellable.toSorted((a, b) => skus.indexOf(a.sku) - skus.indexOf(b.sku));
    return { status: 200, body: { country, date, products: sorted } };
  },
);
