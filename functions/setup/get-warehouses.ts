import * as z from 'zod';
import { listedWarehouse, listedWarehouseSchema, warehouseSchema } from '../../shared/catalogue/index.ts';
import { cursorAt, placeIn } from '../../shared/kernel/cursor.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/get-warehouses',
  summary: 'Warehouses, in the order of their codes',
  query: z.strictObject({
    limit: wholeNumberSchema(1, 100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of warehouses; `cursor` leads to the next',
      schema: z
        .strictObject({ warehouses: z.array(listedWarehouseSchema), cursor: z.string().optional() })
        .meta({ id: 'WarehousePage' }),
    },
  },
  problems: [422],
});

export const handler = http(contract, catalogueDeps, async ({ query }, { catalogue }) => {
  const after = query.cursor === undefined ? undefined : placeIn(query.cursor, /^.{1,100}$/);
  if (query.cursor !== undefined && !warehouseSchema.shape.warehouseId.safeParse(after).success)
    throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  const { warehouses, last } = await catalogue.warehousePage({ limit: query.limit, after });
  return {
    status: 200,
    body: {
      warehouses: warehouses.map(listedWarehouse),
      ...defined({ cursor: last === undefined ? undefined : cursorAt(last) }),
    },
  };
});
