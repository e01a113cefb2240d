import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { orderView, replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-replenishment-order',
  summary: 'A purchase order or a transfer order with its deliveries and its timeline',
  params: z.strictObject({ replenishmentOrderId: idSchema('replenishmentOrder') }),
  answers: { 200: { description: 'The order', schema: replenishmentOrderSchema } },
  problems: [404],
});

export const handler = http(contract, replenishmentOrderDeps, async ({ params }, { orders }) => {
  const order = await orders.load(params.replenishmentOrderId);
  if (order === undefined) throw new ProblemError(notFound('replenishment order'));
  return { status: 200, body: orderView(order) };
});
