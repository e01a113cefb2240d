import * as z from 'zod';
import { skuSchema, warehouseIdSchema } from '../../events/landed-cost.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { stockDeps } from '../../shared/runtime/deps/stock.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { MAX_BUCKETS, stockProblems } from '../../shared/stock/index.ts';

const spread = z.strictObject({
  warehouseId: warehouseIdSchema,
  buckets: z.int().min(1).max(MAX_BUCKETS).meta({
    description: 'Buckets that the units are spread over. Demand may raise it and never lowers it below this',
  }),
});

export const contract = defineContract({
  id: 'stock/put-stock-buckets',
  summary: 'Spread the units of a SKU over buckets, ahead of a sale with many buyers at once',
  params: z.strictObject({ sku: skuSchema }),
  body: spread.meta({ id: 'StockBucketsToStore' }),
  answers: {
    200: {
      description: 'The units are spread evenly',
      schema: spread.extend({ sku: skuSchema }).meta({ id: 'StockBuckets' }),
    },
  },
  problems: [404, 503],
});

export const handler = http(contract, stockDeps, async ({ params, body }, deps) => {
  const { warehouseId, buckets } = body;
  const place = { sku: params.sku, warehouseId };
  const outcome = await deps.rebalancing.setBuckets(place, buckets, buckets);
  if (outcome === 'unknown') throw new ProblemError(notFound('stock of the SKU at that warehouse'));
  if (outcome === 'busy') throw new ProblemError(stockProblems.busy);
  // From now on the job handles it: evens it out, and raises the number if it was too low.
  await deps.demand.watch(place, toInstant(deps.clock()));
  return { status: 200, body: { sku: params.sku, warehouseId, buckets } };
});
