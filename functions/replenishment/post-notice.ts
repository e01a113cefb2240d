import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import {
  noticeProblems,
  shipCommand,
  shipNoticeSchema,
  shippingEffects,
} from '../../shared/replenishment/inbound/ship.ts';
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
  id: 'replenishment/post-notice',
  summary: 'Announce a delivery that is on its way',
  ...orderStepContract,
  body: shipNoticeSchema,
  answers: {
    200: {
      description: 'The order with the notice and the figures of its entry',
      schema: replenishmentOrderSchema,
    },
  },
});

export const handler = http(
  contract,
  replenishmentOrderDeps,
  async ({ params: { replenishmentOrderId }, body, idempotencyKey, caller }, deps) => {
    const bySku = await productsOfLines(deps.catalogue, body.lines);
    const { warehouses } = await deps.catalogue.network();
    const request = { replenishmentOrderId, asked: body, idempotencyKey, operator: caller.subject };
    const order = await replenishmentStep(deps, request, {
      commandOf: ({ state }) => {
        const errors = noticeProblems(state, body, { products: bySku, now: toInstant(deps.clock()) });
        if (errors.length > 0) throw new ProblemError(invalid(errors));
        const warehouse = warehouses.find(({ warehouseId }) => warehouseId === state.warehouseId);
        if (warehouse === undefined) throw new Error(`there is no warehouse ${state.warehouseId}`);
        return shipCommand(state, body, { products: bySku, toCountry: warehouse.address.country });
      },
      effectsOf: (before) => shippingEffects(before, body),
    });
    return { status: 200, body: order };
  },
);
