import * as z from 'zod';
import { ReplenishmentCancelled, supplierReferenceSchema } from '../../events/replenishment.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { instantSchema, toInstant } from '../../shared/kernel/time.ts';
import { givenUpEffects } from '../../shared/replenishment/inbound/receive.ts';
import type { OrderCommand } from '../../shared/replenishment/purchasing/decide-order.ts';
import { openUnitsOf } from '../../shared/replenishment/purchasing/decide-order.ts';
import { replenishmentOrderSchema } from '../../shared/replenishment/purchasing/order-view.ts';
import type { StoredOrder } from '../../shared/replenishment/purchasing/ports.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { replenishmentStep } from '../../shared/runtime/replenishment-step.ts';

const bodySchema = z
  .strictObject({
    /** Of `acknowledge`: the supplier's own number of the order. */
    supplierReference: supplierReferenceSchema.optional(),
    /** Of `acknowledge`: when the supplier says that the units arrive. */
    expectedAt: instantSchema.optional(),
    /** Of `cancel`. */
    reason: ReplenishmentCancelled.data.shape.reason.optional(),
  })
  .meta({ id: 'ReplenishmentDecision' });

type Body = z.infer<typeof bodySchema>;

export const contract = defineContract({
  id: 'replenishment/post-order-decision',
  summary: 'Acknowledge an order for its supplier, cancel it, or give up what has not come',
  params: z.strictObject({
    replenishmentOrderId: idSchema('replenishmentOrder'),
    decision: z.enum(['acknowledge', 'cancel', 'close']),
  }),
  idempotent: true,
  body: bodySchema,
  answers: { 200: { description: 'The order as it is now', schema: replenishmentOrderSchema } },
  problems: [404, 409, 422, 503],
});

const fieldsOf = {
  acknowledge: ['supplierReference', 'expectedAt'],
  cancel: ['reason'],
  close: [],
} as const satisfies Record<string, readonly (keyof Body)[]>;

export const handler = http(
  contract,
  replenishmentOrderDeps,
  async ({ params, body, idempotencyKey, caller }, deps) => {
    const { replenishmentOrderId, decision } = params;
    const own: readonly string[] = fieldsOf[decision];
    const others = Object.keys(body).filter((name) => !own.includes(name));
    if (others.length > 0)
      throw new ProblemError(
        invalid(
          others.map((name) => ({
            pointer: `/${name}`,
            code: 'of-another-decision',
            detail: `not a field of ${decision}`,
          })),
        ),
      );
    const now = toInstant(deps.clock());
    const request = { replenishmentOrderId, asked: params, idempotencyKey, operator: caller.subject };
    const answer = await replenishmentStep(
      deps,
      { ...request, asked: { decision, body } },
      {
        commandOf: (stored) => commandOf(decision, { body, stored, now }),
        effectsOf: (before) =>
          decision === 'close' ? givenUpEffects(before, openUnitsOf(before), now) : undefined,
      },
    );
    return { status: 200, body: answer };
  },
);

function commandOf(
  decision: 'acknowledge' | 'cancel' | 'close',
  { body, stored, now }: { readonly body: Body; readonly stored: StoredOrder; readonly now: string },
): OrderCommand {
  const { supplierReference, expectedAt, reason = 'not-needed' } = body;
  if (decision === 'close') return { kind: 'close' };
  if (decision === 'cancel')
    return { kind: 'cancel', reason, isBeingSent: (stored.sendingUntil ?? '') > now };
  return {
    kind: 'acknowledge',
    ...(supplierReference === undefined ? {} : { supplierReference }),
    ...(expectedAt === undefined ? {} : { expectedAt }),
  };
}
