import { receiptEffects, receiptSchema, receiveCommand } from '../../shared/replenishment/inbound/receive.ts';
import { replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import {
  orderStepContract,
  productsOfLines,
  replenishmentStep,
} from '../../shared/runtime/replenishment-step.ts';

export const contract = defineContract({
  id: 'replenishment/post-receipt',
  summary: 'Count a delivery at the dock',
  ...orderStepContract,
  body: receiptSchema,
  answers: {
    200: {
      description: 'The order; the good units are in stock, once',
      schema: replenishmentOrderSchema,
    },
  },
});

export const handler = http(
  contract,
  replenishmentOrderDeps,
  async ({ params: { replenishmentOrderId }, body, idempotencyKey, caller }, deps) => {
    const bySku = await productsOfLines(deps.catalogue, body.lines);
    const request = { replenishmentOrderId, asked: body, idempotencyKey, operator: caller.subject };
    const order = await replenishmentStep(deps, request, {
      commandOf: ({ state }) => receiveCommand(state, body, bySku),
      effectsOf: (before, [fact]) =>
        fact?.name === 'replenishment.received' ? receiptEffects(before, fact.data) : undefined,
    });
    return { status: 200, body: order };
  },
);
