import * as z from 'zod';
import { openDifferenceSchema, runSchema } from '../../shared/payment/settlement/index.ts';
import { reconciliationListDeps } from '../../shared/runtime/deps/reconciliation.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '3-payment/get-reconciliations',
  summary: 'List what differs between a provider’s settlements and the ledger',
  params: z.strictObject({ provider: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'the code of a provider') }),
  answers: {
    200: {
      description:
        'Every open difference, and the latest runs, newest first. Empty lists for a clean provider',
      schema: z
        .strictObject({ differences: z.array(openDifferenceSchema), runs: z.array(runSchema) })
        .meta({ id: 'Reconciliations' }),
    },
  },
});

export const handler = http(contract, reconciliationListDeps, async ({ params }, { reconciliations }) => ({
  status: 200,
  body: await reconciliations.list(params.provider),
}));
