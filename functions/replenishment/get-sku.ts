import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { type Problem, ProblemError } from '../../shared/kernel/problem.ts';
import {
  explainSku,
  type NotExplained,
  skuExplainedSchema,
} from '../../shared/replenishment/explain/explain-sku.ts';
import { runExplainDeps } from '../../shared/runtime/deps/replenishment-placing.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-sku',
  summary: 'What the last run found for a product, with the reason of every figure',
  params: z.strictObject({ sku: skuSchema }),
  answers: { 200: { description: 'The plan of the product at every site', schema: skuExplainedSchema } },
  problems: [404],
});

const details: Readonly<Record<NotExplained, string>> = {
  'no-run': 'No run has planned anything yet. Start one: POST /v1/admin/replenishment/runs.',
  'not-in-run': 'The last run knew no such product: it was not sold, and no supplier offers it.',
};

const problemOf = (why: NotExplained): Problem => ({
  ...{ status: 404, code: why, title: 'Not found', detail: details[why] },
});

export const handler = http(contract, runExplainDeps, async ({ params }, deps) => {
  const explained = await explainSku(deps, params.sku);
  if (!explained.ok) throw new ProblemError(problemOf(explained.error));
  return { status: 200, body: explained.value };
});
