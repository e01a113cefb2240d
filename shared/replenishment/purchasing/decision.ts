import * as z from 'zod';
import { ReplenishmentCancelled, supplierReferenceSchema } from '../../../events/replenishment.ts';
import type { FieldProblem } from '../../kernel/problem.ts';
import { type Instant, instantSchema } from '../../kernel/time.ts';
import type { OrderCommand } from './decide-order.ts';
import type { StoredOrder } from './ports.ts';

/** The fields of all decisions; each takes its own. */
export const decisionBodySchema = z
  .strictObject({
    /** Of `acknowledge`: the supplier's own number of the order. */
    supplierReference: supplierReferenceSchema.optional(),
    /** Of `acknowledge`: when the supplier says that the units arrive. */
    expectedAt: instantSchema.optional(),
    /** Of `cancel`; `not-needed` if absent. */
    reason: ReplenishmentCancelled.data.shape.reason.optional(),
  })
  .meta({ id: 'ReplenishmentDecision' });

type Body = z.infer<typeof decisionBodySchema>;

const fieldsOf = {
  acknowledge: ['supplierReference', 'expectedAt'],
  cancel: ['reason'],
  close: [],
} as const satisfies Record<string, readonly (keyof Body)[]>;

export type Decision = keyof typeof fieldsOf;

/** The names of the decisions, for the path of the route. */
export const decisions = Object.keys(fieldsOf) as [Decision, ...Decision[]];

/** Fields of another decision; empty when there are none. */
export function fieldsOfOthers(decision: Decision, body: Body): FieldProblem[] {
  const own: readonly string[] = fieldsOf[decision];
  return Object.keys(body)
    .filter((name) => !own.includes(name))
    .map((name) => ({
      pointer: `/${name}`,
      code: 'of-another-decision',
      detail: `not a field of ${decision}`,
    }));
}

/** The command of a decision, of the order as it is. */
export function decisionCommand(
  decision: Decision,
  { body, stored, now }: { readonly body: Body; readonly stored: StoredOrder; readonly now: Instant },
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
