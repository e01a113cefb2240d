import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { alreadyDispatched, cancelOrder } from '../../shared/order/index.ts';
import { orderDeps } from '../../shared/runtime/deps/order.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { ownedOrder } from '../../shared/runtime/order-access.ts';

const outcomes = ['cancelled', 'asked-the-warehouse', 'already-stopped'] as const;

export const contract = defineContract({
  id: '2-order/post-cancellation',
  summary: 'Ask to stop an order',
  params: z.strictObject({ orderId: idSchema('order') }),
  orderToken: true,
  answers: {
    202: {
      description: 'Stopped, or the warehouse is asked and the timeline will show its answer',
      schema: z.strictObject({ orderId: z.string(), outcome: z.enum(outcomes) }).meta({ id: 'Cancellation' }),
    },
  },
  problems: [404, 409],
});

export const handler = http(contract, orderDeps, async ({ params, caller, orderToken, requestId }, deps) => {
  const { orderId } = params;
  ownedOrder(await deps.orders.read(orderId), caller.storefrontId, orderToken);
  const outcome = await cancelOrder(deps, orderId, { by: 'shopper', reference: requestId });
  if (outcome === 'too-late') throw new ProblemError(alreadyDispatched);
  return { status: 202, body: { orderId, outcome } };
});
