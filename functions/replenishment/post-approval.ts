import { replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { orderStepContract, replenishmentStep } from '../../shared/runtime/replenishment-step.ts';

export const contract = defineContract({
  id: 'replenishment/post-approval',
  summary: 'Approve a purchase order or a transfer order',
  ...orderStepContract,
  answers: { 200: { description: 'The order, approved', schema: replenishmentOrderSchema } },
});

export const handler = http(
  contract,
  replenishmentOrderDeps,
  async ({ params: { replenishmentOrderId }, idempotencyKey, caller }, deps) => {
    const request = { replenishmentOrderId, asked: 'approve', idempotencyKey, operator: caller.subject };
    const body = await replenishmentStep(deps, request, {
      commandOf: () => ({ kind: 'approve', approval: 'person' }),
    });
    return { status: 200, body };
  },
);
