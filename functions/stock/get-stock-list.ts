import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { cursorAt, placeIn } from '../../shared/kernel/cursor.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { stockListDeps } from '../../shared/runtime/deps/stock.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { listedPositions, listedStockSchema } from '../../shared/stock/index.ts';

/** HS code and SKU of a product. */
const PLACE = /^\d{6}#.{1,200}$/;

export const contract = defineContract({
  id: 'stock/get-stock-list',
  summary: 'The stock of all products by warehouse, by HS code and SKU',
  query: z.strictObject({
    /** Only what this warehouse has, had or gets. */
    warehouse: warehouseIdSchema.optional(),
    limit: wholeNumberSchema(1, 100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description:
        'A page of products with their units; it may be short where a warehouse is asked for, and `cursor` leads to the next',
      schema: z
        .strictObject({ stock: z.array(listedStockSchema), cursor: z.string().optional() })
        .meta({ id: 'StockPage' }),
    },
  },
  problems: [422],
});

export const handler = http(contract, stockListDeps, async ({ query }, { catalogue, stock }) => {
  const { warehouse, limit } = query;
  const after = query.cursor === undefined ? undefined : placeIn(query.cursor, PLACE);
  if (query.cursor !== undefined && after === undefined)
    throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  const { products, cursor } = await catalogue.productPage({ limit, cursor: after });
  const listed = await Promise.all(
    products.map(async ({ sku, description, status }) => {
      const all = await stock.positions(sku);
      const positions = all.filter(({ warehouseId }) => warehouse === undefined || warehouseId === warehouse);
      const isOnTheWay = positions.some(({ inTransit }) => inTransit > 0);
      const transfers = isOnTheWay ? await stock.openTransfers(sku) : [];
      const warehouses = listedPositions(positions, transfers);
      return { sku, description, sold: status !== 'retired', warehouses };
    }),
  );
  return {
    status: 200,
    body: {
      stock: listed.filter(({ warehouses }) => warehouse === undefined || warehouses.length > 0),
      ...defined({ cursor: cursor === undefined ? undefined : cursorAt(cursor) }),
    },
  };
});
