import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import {
  fromJson,
  type MoneyJson,
  moneySchema,
  positiveMoneySchema,
  toJson,
} from '../../shared/kernel/money.ts';
import { invalid, keyReused, ProblemError } from '../../shared/kernel/problem.ts';
import { refundProblem, refundWish, requestRefund } from '../../shared/payment/index.ts';
import { screeningDeps } from '../../shared/runtime/deps/screening.ts';
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
  /** Only a refund takes an amount; without one, the whole remaining amount. Other decisions refuse an amount. */
  body: z.strictObject({ amount: positiveMoneySchema.optional() }).meta({ id: 'DecisionRequest' }),
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

type Deps = ReturnType<typeof screeningDeps>;

interface Asked {
  readonly orderId: string;
  readonly operator: string;
  readonly key: string;
}

export const handler = http(
  contract,
  screeningDeps,
  async ({ params, body, caller, idempotencyKey }, deps) => {
    const { orderId, decision } = params;
    const asked = { orderId, operator: caller.subject ?? 'operator', key: idempotencyKey };
    if (decision === 'refund') return { status: 202, body: await refund(deps, asked, body.amount) };
    if (body.amount !== undefined) throw new ProblemError(onlyOfRefunds);
    const decided = await decideOnRequest(deps, orderId, decision, asked);
    if (!decided.ok) throw new ProblemError(decisionProblem(decided.error));
    return { status: 202, body: { orderId, outcome: decided.value } };
  },
);

const onlyOfRefunds = invalid([
  { pointer: '/amount', code: 'only-of-refunds', detail: 'only a refund has an amount: leave it out' },
]);

async function refund(deps: Deps, { orderId, operator, key }: Asked, json: MoneyJson | undefined) {
  const amount = json === undefined ? undefined : fromJson(json);
  const request = { requestId: key, operator, amount };
  // A request that changed nothing was no refund.
  if ((await unchangedBefore(deps.unchanged, orderId, refundWish(request))) !== undefined)
    throw new ProblemError(keyReused);
  const requested = await requestRefund(deps, orderId, request);
  if (!requested.ok) throw new ProblemError(refundProblem(requested.error));
  return { orderId, outcome: 'refund-requested', refund: toJson(requested.value.amount) };
}
