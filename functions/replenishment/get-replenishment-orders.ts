import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { orderView, replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-replenishment-orders',
  summary: 'Purchase orders and transfer orders, newest first',
  query: z.strictObject({
    /** `ended`: closed and cancelled ones. */
    status: z.enum(['open', 'ended']).default('open'),
    limit: wholeNumberSchema(1, 50).default(20),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of orders; `cursor` leads to the next',
      schema: z
        .strictObject({ orders: z.array(replenishmentOrderSchema), cursor: z.string().optional() })
        .meta({ id: 'ReplenishmentOrderPage' }),
    },
  },
});

export const handler = http(contract, replenishmentOrderDeps, async ({ query }, { orders }) => {
  const page = await orders.page(query.status, query.limit, query.cursor);
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  return { status: 200, body: { orders: page.items.map(orderView), ...defined({ cursor: page.cursor }) } };
});
