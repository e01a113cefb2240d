import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { givenCountrySchema } from '../../shared/kernel/places/given-country.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { explainProblem } from '../../shared/replenishment/explain/explain-problem.ts';
import { explainSku, skuExplainedSchema } from '../../shared/replenishment/explain/explain-sku.ts';
import { runExplainDeps } from '../../shared/runtime/deps/replenishment-placing.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-sku',
  summary: 'What the last run found for a product, with the reason of every figure',
  params: z.strictObject({ sku: skuSchema }),
  query: z.strictObject({
    /** Only what concerns this country: its ways, and the warehouses that they lead by. */
    market: givenCountrySchema.optional(),
  }),
  answers: { 200: { description: 'The plan of the product at every site', schema: skuExplainedSchema } },
  problems: [404],
});

export const handler = http(contract, runExplainDeps, async ({ params, query }, deps) => {
  const explained = await explainSku(deps, params.sku, query.market);
  if (!explained.ok) throw new ProblemError(explainProblem(explained.error));
  return { status: 200, body: explained.value };
});
