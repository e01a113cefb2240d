import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { notFound, ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { stockDeps } from '../../shared/runtime/deps/stock.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import {
  stockPositionSchema,
  stockRebuiltSchema,
  stockTotalSchema,
  sumOf,
  transferSchema,
} from '../../shared/stock/index.ts';

export const contract = defineContract({
  id: 'stock/get-stock',
  summary: 'The position of a SKU by warehouse and state',
  params: z.strictObject({ sku: skuSchema }),
  query: z.strictObject({
    /** `true`: the figures are rebuilt from the records of every change, and differences are reported. */
    rebuilt: z.enum(['true', 'false']).default('false'),
    /** The next part of the rebuild, if the SKU has more records than one answer reads. */
    cursor: z.string().max(8_000).optional(),
  }),
  answers: {
    200: {
      description: 'Units by warehouse and in total: on hand = available + reserved + quarantined',
      schema: z
        .strictObject({
          sku: skuSchema,
          warehouses: z.array(stockPositionSchema),
          total: stockTotalSchema,
          /** Units on the way between warehouses, with their expected arrival. */
          transfers: z.array(transferSchema),
          rebuilt: stockRebuiltSchema.optional(),
        })
        .meta({ id: 'StockOfSku' }),
    },
  },
  problems: [404, 422],
});

export const handler = http(contract, stockDeps, async ({ params, query }, { stock, rebuild }) => {
  const { sku } = params;
  const [warehouses, transfers] = await Promise.all([stock.positions(sku), stock.openTransfers(sku)]);
  if (warehouses.length === 0) throw new ProblemError(notFound('stock'));
  const isRebuilt = query.rebuilt === 'true' || query.cursor !== undefined;
  const rebuilt = isRebuilt ? await rebuild(sku, { cursor: query.cursor }) : undefined;
  if (rebuilt === 'unknown-cursor')
    throw new ProblemError(unknownCursor('take the cursor from an earlier answer about this SKU'));
  const answer = { sku, warehouses, total: sumOf(warehouses), transfers };
  return { status: 200, body: { ...answer, ...defined({ rebuilt }) } };
});
