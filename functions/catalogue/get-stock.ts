import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { notFound } from '../../shared/runtime/problem-answer.ts';
import { stockWorld } from '../../shared/runtime/worlds/stock-world.ts';
import { stockPositionSchema } from '../../shared/stock/index.ts';

export const contract = defineContract({
  id: 'catalogue/get-stock',
  summary: 'The position of a SKU by warehouse and state',
  params: z.strictObject({ sku: skuSchema }),
  answers: {
    200: {
      description: 'Units by warehouse: on hand = available + reserved + quarantined',
      schema: z.strictObject({ sku: skuSchema, warehouses: z.array(stockPositionSchema) }),
    },
  },
  problems: [404],
});

export const handler = http(contract, stockWorld, async ({ params }, { stock }) => {
  const warehouses = await stock.positions(params.sku);
  if (warehouses.length === 0) throw new ProblemError(notFound('stock'));
  return { status: 200, body: { sku: params.sku, warehouses } };
});
