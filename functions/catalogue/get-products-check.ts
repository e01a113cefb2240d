import * as z from 'zod';
import { classificationPolicies } from '../../shared/duties/index.ts';
import { countrySchema } from '../../shared/kernel/country.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { givenCountrySchema } from '../../shared/kernel/places/given-country.ts';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { calendarDateSchema, toInstant } from '../../shared/kernel/time.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { checkCatalogue, checkedProductSchema } from '../../shared/quote/index.ts';
import { catalogueCheckDeps } from '../../shared/runtime/deps/catalogue-check.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const MAX_UNITS = 10_000;

export const contract = defineContract({
  id: 'catalogue/get-products-check',
  summary: 'Which products have a price in a market, with duty and tax, and what the others lack',
  query: z.strictObject({
    country: givenCountrySchema,
    /** If absent, today in the market. */
    date: calendarDateSchema.optional(),
    /** Where the goods leave; the country of origin of each product if absent. */
    from: givenCountrySchema.optional(),
    /** Units of a product in an order. */
    units: wholeNumberSchema(1, MAX_UNITS).default(1),
    channel: z.enum(['courier', 'post']).default('courier'),
    /** Freight in per cent of the goods' value. */
    freight: wholeNumberSchema(0, 100).default(10),
    /** The rate of a code that the tariff divides; the seller's own policy if absent. */
    policy: z.enum(classificationPolicies).optional(),
    limit: wholeNumberSchema(1, 100).default(50),
    cursor: z.string().min(1).max(200).optional(),
  }),
  answers: {
    200: {
      description: 'A page of products by HS code and SKU, priced one order each; `cursor` leads to the next',
      schema: z
        .strictObject({
          country: countrySchema,
          date: calendarDateSchema,
          /** Of the rules and of the editions that were imported. */
          version: z.string(),
          policy: z.enum(classificationPolicies),
          products: z.array(checkedProductSchema),
          cursor: z.string().optional(),
        })
        .meta({ id: 'CheckedProducts' }),
    },
  },
  problems: [422],
});

export const handler = http(contract, catalogueCheckDeps, async ({ query }, deps) => {
  const { freight, ...asked } = query;
  const checked = await checkCatalogue(deps, { ...asked, freightPercent: freight }, toInstant(deps.clock()));
  if (!checked.ok) {
    const { field, detail } = checked.error;
    throw new ProblemError(
      invalid([{ pointer: `#/query/${field}`, code: 'unsupported-destination', detail }]),
    );
  }
  const { cursor, ...page } = checked.value;
  return { status: 200, body: { country: query.country, ...page, ...defined({ cursor }) } };
});
