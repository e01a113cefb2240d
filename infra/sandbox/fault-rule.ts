import * as z from 'zod';
import type { FaultRule } from './faults.ts';

/** The longest time that a timer of Node can wait, in milliseconds. */
const MAX_WAIT_MS = 2 ** 31 - 1;

const waitMs = z.int().min(0).max(MAX_WAIT_MS);
const done = z.boolean().exactOptional();

const callFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('timeout'), holdMs: waitMs, done }),
  z.strictObject({ kind: z.literal('slow'), delayMs: waitMs }),
  z.strictObject({ kind: z.literal('error'), status: z.literal([500, 502, 503, 504]), done }),
  z.strictObject({ kind: z.literal('garbage'), done }),
  z.strictObject({ kind: z.literal('reset'), done }),
  z.strictObject({ kind: z.literal('throttle'), retryAfterSeconds: z.int().min(0).exactOptional() }),
]);

const hookFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('duplicate'), copies: z.int().min(1).max(100).exactOptional() }),
  z.strictObject({ kind: z.literal('delay'), delayMs: waitMs }),
  z.strictObject({ kind: z.literal(['reorder', 'drop', 'forge', 'stale']) }),
]);

const behaviourSchema = z.enum([
  ...['declined', 'other_amount', 'other_currency', 'paid_late', 'disputed'],
  ...['refund_fails', 'capture_fails'],
  ...['inspection', 'documents', 'refused', 'detained', 'silent', 'short'],
  ...['stalled', 'lost', 'damaged', 'returned', 'attempt_failed', 'held'],
] as const);

/** The schema of one rule for `POST /_sandbox/faults`, for the partners with these codes. */
function faultRuleSchema(codes: readonly string[]): z.ZodType<FaultRule> {
  return z
    .strictObject({
      id: z.string().min(1).exactOptional(),
      partner: z.enum(codes),
      on: z.string().min(1).exactOptional(),
      reference: z.string().min(1).exactOptional(),
      times: z.int().min(1).exactOptional(),
      rate: z.number().min(0).max(1).exactOptional(),
      call: callFaultSchema.exactOptional(),
      hook: hookFaultSchema.exactOptional(),
      behaviour: behaviourSchema.exactOptional(),
    })
    .refine(
      ({ call, hook, behaviour }) =>
        [call, hook, behaviour].filter((effect) => effect !== undefined).length === 1,
      'a fault rule needs exactly one of call, hook and behaviour',
    );
}

/**
 * Reads one fault rule or an array of them from JSON. Throws a RangeError that names each wrong field, such as
 * `call.kind`, or that says that the text is not JSON.
 */
export function readFaultRules(text: string, codes: readonly string[]): readonly FaultRule[] {
  const given = parseJson(text);
  const rule = faultRuleSchema(codes);
  const read = z.array(rule).safeParse(Array.isArray(given) ? given : [given]);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => {
    const field = path.slice(Array.isArray(given) ? 0 : 1).join('.');
    return field === '' ? message : `${field}: ${message}`;
  });
  throw new RangeError(faults.join('; '));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('The body is not JSON');
  }
}
