import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { receiptEffects, receiptSchema, receiveCommand } from '../../shared/replenishment/inbound/receive.ts';
import { replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { replenishmentStep } from '../../shared/runtime/replenishment-step.ts';

export const contract = defineContract({
  id: 'replenishment/post-receipt',
  summary: 'Count a delivery at the dock',
  params: z.strictObject({ replenishmentOrderId: idSchema('replenishmentOrder') }),
  body: receiptSchema,
  idempotent: true,
  answers: {
    200: {
      description: 'The order; the good units are in stock, once',
      schema: replenishmentOrderSchema,
    },
  },
  problems: [404, 409, 422, 503],
});

export const handler = http(
  contract,
  replenishmentOrderDeps,
  async ({ params: { replenishmentOrderId }, body, idempotencyKey, caller }, deps) => {
    const products = await deps.catalogue.productsBySku(body.lines.map(({ sku }) => sku));
    const bySku = new Map(products.map((product) => [product.sku, product]));
    const request = { replenishmentOrderId, asked: body, idempotencyKey, operator: caller.subject };
    const order = await replenishmentStep(deps, request, {
      commandOf: ({ state }) => receiveCommand(state, body, bySku),
      effectsOf: (before, [fact]) =>
        fact?.name === 'replenishment.received' ? receiptEffects(before, fact.data) : undefined,
    });
    return { status: 200, body: order };
  },
);
