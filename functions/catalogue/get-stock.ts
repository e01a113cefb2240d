import { z } from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { createStockStore } from '../../shared/aws/stock-store.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { coreWorld } from '../../shared/runtime/core-world.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { once } from '../../shared/runtime/once.ts';
import { notFound } from '../../shared/runtime/problem-answer.ts';
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

const world = once(() => ({ stock: createStockStore(coreWorld().table) }));

export const handler = http(contract, world, async ({ params }, { stock }) => {
  const warehouses = await stock.positions(params.sku);
  if (warehouses.length === 0) throw new ProblemError(notFound('stock'));
  return { status: 200, body: { sku: params.sku, warehouses } };
});
