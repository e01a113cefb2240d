import * as z from 'zod';
import { storefrontIdSchema } from '../../shared/catalogue/index.ts';
import { storefrontDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/put-storefront',
  summary: 'Store a storefront and get its publishable key',
  params: z.strictObject({ storefrontId: storefrontIdSchema }),
  body: z
    .strictObject({
      name: z.string().trim().min(1).max(80),
      /**
       * Whether its shoppers may place orders of which nothing is to be paid: goods at price zero, with no shipping,
       * duty or tax. The publishable key is all that such an order takes. A change counts after five minutes at most.
       */
      takesFreeOrders: z.boolean().default(false),
    })
    .meta({ id: 'StorefrontToStore' }),
  answers: {
    200: {
      description: 'The storefront with the key that its pages send as `x-entrepot-key`',
      schema: z
        .strictObject({
          storefrontId: storefrontIdSchema,
          name: z.string(),
          takesFreeOrders: z.boolean(),
          publishableKey: z.string(),
        })
        .meta({ id: 'Storefront' }),
    },
  },
});

export const handler = http(
  contract,
  storefrontDeps,
  async ({ params, body }, { storefronts, publishableKey }) => {
    const storefront = { storefrontId: params.storefrontId, ...body };
    const key = await publishableKey(storefront.storefrontId);
    await storefronts.put(storefront, key);
    return { status: 200, body: { ...storefront, publishableKey: key } };
  },
);
