import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { fromJson, moneySchema, toJson } from '../../shared/kernel/money.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { refundProblem, requestRefund } from '../../shared/payment/index.ts';
import { screeningDeps } from '../../shared/runtime/deps/screening.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { decideByOperator, decisionProblem } from '../../shared/screening/index.ts';

export const contract = defineContract({
  id: '4-screening/post-decision',
  summary: 'Decide on an order: release, hold, refuse or refund',
  params: z.strictObject({
    orderId: idSchema('order'),
    decision: z.enum(['release', 'hold', 'refuse', 'refund']),
  }),
  idempotent: true,
  /** Only a refund takes an amount; without one, the whole remaining amount. */
  body: z.strictObject({ amount: moneySchema.optional() }).meta({ id: 'DecisionRequest' }),
  answers: {
    202: {
      description: 'The decision is stored; the timeline shows its result',
      schema: z
        .strictObject({
          orderId: z.string(),
          outcome: z.enum(['decided', 'no-change', 'refund-requested']),
          refund: moneySchema.optional(),
        })
        .meta({ id: 'Decision' }),
    },
  },
  problems: [404, 409, 422],
});

export const handler = http(
  contract,
  screeningDeps,
  async ({ params, body, caller, idempotencyKey }, deps) => {
    const { orderId, decision } = params;
    const operator = caller.subject ?? 'operator';
    if (decision === 'refund') {
      const amount = body.amount === undefined ? undefined : fromJson(body.amount);
      const asked = await requestRefund(deps, orderId, { requestId: idempotencyKey, operator, amount });
      if (!asked.ok) throw new ProblemError(refundProblem(asked.error));
      return {
        status: 202,
        body: { orderId, outcome: 'refund-requested', refund: toJson(asked.value.amount) },
      };
    }
    const cause = { by: 'operator', reference: operator } as const;
    const decided = await decideByOperator(deps, orderId, decision, cause);
    if (!decided.ok) throw new ProblemError(decisionProblem(decided.error));
    return { status: 202, body: { orderId, outcome: decided.value } };
  },
);
