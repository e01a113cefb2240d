import * as z from 'zod';
import { landedCostSchema, totalsSchema } from '../../events/landed-cost.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { instantSchema, toInstant } from '../../shared/kernel/time.ts';
import { makeQuote, quoteRequestSchema } from '../../shared/quote/index.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { quoteWorld } from '../../shared/runtime/worlds/quote-world.ts';

const optionSchema = z
  .strictObject({
    service: z.string(),
    totals: totalsSchema,
    promise: z.strictObject({ earliest: instantSchema, latest: instantSchema }),
  })
  .meta({
    id: 'QuoteOption',
    description: 'What the basket costs by a service: ask for a quote with that service to order it',
  });

export const contract = defineContract({
  id: '1-quote/post-quote',
  summary: 'Price a basket to a destination, duty and tax included',
  body: quoteRequestSchema,
  answers: {
    201: {
      description: 'The price at the door with the rule behind each figure, good for 30 minutes',
      schema: z.strictObject({
        quoteId: idSchema('quote'),
        expiresAt: instantSchema,
        landedCost: landedCostSchema,
        totals: totalsSchema,
        options: z.array(optionSchema),
      }),
    },
  },
  problems: [422],
});

export const handler = http(contract, quoteWorld, async ({ body, caller }, world) => {
  const made = await makeQuote(world, caller.storefrontId ?? '', body, {
    now: toInstant(world.clock()),
    newId: world.newId,
  });
  if (!made.ok) {
    const { reason, problems } = made.error;
    throw new ProblemError({
      status: 422,
      code: reason,
      title: 'No quote for this basket',
      detail: problems.map(({ detail }) => detail).join('; '),
      errors: problems,
    });
  }
  const { quote, options } = made.value;
  const { quoteId, expiresAt, landedCost } = quote;
  return {
    status: 201,
    body: {
      quoteId,
      expiresAt,
      landedCost,
      totals: landedCost.totals,
      options: options.map(({ service, landedCost: { totals, consignments } }) => ({
        service,
        totals,
        promise: {
          earliest:
            consignments
              .map(({ promise }) => promise.earliest)
              .sort()
              .at(-1) ?? expiresAt,
          latest:
            consignments
              .map(({ promise }) => promise.latest)
              .sort()
              .at(-1) ?? expiresAt,
        },
      })),
    },
  };
});
