import * as z from 'zod';
import { carriersOf, listedCarrierSchema } from '../../shared/catalogue/index.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/get-carriers',
  summary: 'The carriers of the network, and what of each is down',
  answers: {
    200: {
      description: 'All carriers on a lane of a warehouse, and those that were marked, by their codes',
      schema: z
        .strictObject({
          carriers: z.array(listedCarrierSchema),
        })
        .meta({ id: 'CarrierList' }),
    },
  },
});

export const handler = http(contract, catalogueDeps, async (_request, { catalogue, clock }) => ({
  status: 200,
  body: { carriers: carriersOf(await catalogue.network(), toInstant(clock())) },
}));
