import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { stockEntriesDeps } from '../../shared/runtime/deps/stock.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { stockEntrySchema } from '../../shared/stock/index.ts';

export const contract = defineContract({
  id: 'stock/get-stock-entries',
  summary: 'Every change of the stock of a SKU with its cause: movements by hand, and what orders did',
  params: z.strictObject({ sku: skuSchema }),
  query: z.strictObject({
    /** How many movements and orders a page reads, about. */
    limit: wholeNumberSchema(1, 500).default(200),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description:
        'Changes of a page by time; all pages together have each once, and `cursor` leads to the next page',
      schema: z
        .strictObject({ sku: skuSchema, entries: z.array(stockEntrySchema), cursor: z.string().optional() })
        .meta({ id: 'StockEntryPage' }),
    },
  },
  problems: [422],
});

export const handler = http(contract, stockEntriesDeps, async ({ params: { sku }, query }, { entries }) => {
  const page = await entries(sku, query);
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  return { status: 200, body: { sku, entries: [...page.entries], ...defined({ cursor: page.cursor }) } };
});
