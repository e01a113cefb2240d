import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { orderView, orderViewSchema } from '../../shared/order/index.ts';
import { orderDeps } from '../../shared/runtime/deps/order.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { ownedOrder } from '../../shared/runtime/order-access.ts';

export const contract = defineContract({
  id: '2-order/get-order',
  summary: 'An order with its parcels, declarations, payments and timeline',
  params: z.strictObject({ orderId: idSchema('order') }),
  orderToken: true,
  answers: { 200: { description: 'The order', schema: orderViewSchema } },
  problems: [404],
});

export const handler = http(contract, orderDeps, async ({ params, caller, orderToken }, { orders }) => {
  const order = ownedOrder(await orders.read(params.orderId), caller.storefrontId, orderToken);
  return { status: 200, body: orderView(order.timeline.facts) };
});
