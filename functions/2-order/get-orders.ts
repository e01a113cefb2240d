import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { instantSchema } from '../../shared/kernel/time.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { orderStatusSchema } from '../../shared/order/index.ts';
import { orderDeps } from '../../shared/runtime/deps/order.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { attentionSchema } from '../../shared/timeline/index.ts';

export const contract = defineContract({
  id: '2-order/get-orders',
  summary: 'Orders on a list, newest first; closed ones by when they were closed',
  query: z.strictObject({
    /** `attention` is the work list: held, overdue, with a failed refund or with a disputed carrier invoice. */
    status: z.enum(['open', 'attention', 'closed']).default('open'),
    /** Only orders that this warehouse still has work for; a page may then be short, or empty. */
    warehouse: warehouseIdSchema.optional(),
    limit: wholeNumberSchema(1, 100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of orders; `cursor` leads to the next',
      schema: z
        .strictObject({
          orders: z.array(
            z
              .strictObject({
                orderId: z.string(),
                status: orderStatusSchema,
                storefrontId: z.string(),
                placedAt: instantSchema,
                /** The warehouses that still have work for it. */
                warehouses: z.array(z.string()),
                /** Why a person has to look, oldest first. */
                attention: z.array(attentionSchema),
              })
              .meta({ id: 'ListedOrder' }),
          ),
          cursor: z.string().optional(),
        })
        .meta({ id: 'OrderPage' }),
    },
  },
});

export const handler = http(contract, orderDeps, async ({ query }, { lists, ordersOfWarehouse }) => {
  const { status: list, warehouse, limit, cursor } = query;
  const page =
    warehouse === undefined
      ? await lists.page(list, limit, cursor)
      : await ordersOfWarehouse(warehouse, { list, limit, cursor });
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  return {
    status: 200,
    body: { orders: page.orders, ...defined({ cursor: page.cursor }) },
  };
});
