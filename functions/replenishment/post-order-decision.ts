import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { givenUpEffects } from '../../shared/replenishment/inbound/receive.ts';
import { openUnitsOf } from '../../shared/replenishment/purchasing/decide-order.ts';
import {
  decisionBodySchema,
  decisionCommand,
  decisions,
  fieldsOfOthers,
} from '../../shared/replenishment/purchasing/decision.ts';
import { replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { replenishmentStep } from '../../shared/runtime/replenishment-step.ts';

export const contract = defineContract({
  id: 'replenishment/post-order-decision',
  summary: 'Acknowledge an order for its supplier, cancel it, or give up what has not come',
  params: z.strictObject({
    replenishmentOrderId: idSchema('replenishmentOrder'),
    decision: z.enum(decisions),
  }),
  idempotent: true,
  body: decisionBodySchema,
  answers: { 200: { description: 'The order as it is now', schema: replenishmentOrderSchema } },
  problems: [404, 409, 422, 503],
});

export const handler = http(
  contract,
  replenishmentOrderDeps,
  async ({ params: { replenishmentOrderId, decision }, body, idempotencyKey, caller }, deps) => {
    const errors = fieldsOfOthers(decision, body);
    if (errors.length > 0) throw new ProblemError(invalid(errors));
    const now = toInstant(deps.clock());
    const asked = { decision, body };
    const request = { replenishmentOrderId, asked, idempotencyKey, operator: caller.subject };
    const answer = await replenishmentStep(deps, request, {
      commandOf: (stored) => decisionCommand(decision, { body, stored, now }),
      effectsOf: (before) =>
        decision === 'close' ? givenUpEffects(before, openUnitsOf(before), now) : undefined,
    });
    return { status: 200, body: answer };
  },
);
