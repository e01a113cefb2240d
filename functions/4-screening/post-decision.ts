import * as z from 'zod';
import { refundedLineSchema } from '../../events/payment.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { moneySchema, toJson } from '../../shared/kernel/money.ts';
import { keyReused, ProblemError } from '../../shared/kernel/problem.ts';
import * as payment from '../../shared/payment/index.ts';
import { decisionDeps } from '../../shared/runtime/deps/decision.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { decideOnRequest, decisionProblem, unchangedBefore } from '../../shared/screening/index.ts';

export const contract = defineContract({
  id: '4-screening/post-decision',
  summary: 'Decide on an order: release, hold, refuse or refund',
  params: z.strictObject({
    orderId: idSchema('order'),
    decision: z.enum(['release', 'hold', 'refuse', 'refund']),
  }),
  idempotent: true,
  /** Only a refund has fields. */
  body: payment.refundBodySchema.meta({ id: 'DecisionRequest' }),
  answers: {
    202: {
      description: 'The decision is stored; the timeline shows its result',
      schema: z
        .strictObject({
          orderId: z.string(),
          outcome: z.enum(['decided', 'no-change', 'refund-requested', 'refund-confirmed']),
          refund: moneySchema.optional(),
          refundId: idSchema('refund').optional(),
          /** The units that the refund names, with what goes back for them. */
          lines: z.array(refundedLineSchema).optional(),
          lowered: moneySchema.optional(),
        })
        .meta({ id: 'Decision' }),
    },
  },
  problems: [404, 409, 422],
});

type Deps = ReturnType<typeof decisionDeps>;

interface Asked {
  readonly orderId: string;
  readonly operator: string;
  readonly key: string;
}

export const handler = http(
  contract,
  decisionDeps,
  async ({ params, body, caller, idempotencyKey }, deps) => {
    const { orderId, decision } = params;
    const asked = { orderId, operator: caller.subject ?? 'operator', key: idempotencyKey };
    if (decision === 'refund') return { status: 202, body: await refund(deps, asked, body) };
    const field = payment.refundFieldIn(body);
    if (field !== undefined) throw new ProblemError(payment.onlyOfRefunds(field));
    const decided = await decideOnRequest(deps, orderId, decision, asked);
    if (!decided.ok) throw new ProblemError(decisionProblem(decided.error));
    return { status: 202, body: { orderId, outcome: decided.value } };
  },
);

async function refund(deps: Deps, { orderId, operator, key }: Asked, body: payment.RefundBody) {
  if (body.refundId !== undefined && body.reference !== undefined) {
    const { refundId, reference } = body;
    const confirmed = await payment.confirmRefund(deps, orderId, { refundId, reference, operator });
    if (!confirmed.ok) throw new ProblemError(payment.refundUnknown);
    return { orderId, outcome: 'refund-confirmed', refund: toJson(confirmed.value), refundId } as const;
  }
  const request = { requestId: key, operator, ...payment.wantedRefund(body) };
  // A request that changed nothing was no refund.
  if ((await unchangedBefore(deps.unchanged, orderId, payment.refundWish(request))) !== undefined)
    throw new ProblemError(keyReused);
  const requested = await payment.requestRefund(deps, orderId, request);
  if (!requested.ok) throw new ProblemError(payment.refundProblem(requested.error, payment.fieldOf(body)));
  const { amount, ...named } = requested.value;
  return { orderId, outcome: 'refund-requested', refund: toJson(amount), ...named } as const;
}
