import * as z from 'zod';

/** A refusal by Razorpay's API. */
export class RazorpayRefusal extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, message: string, reason = 'input_validation_failed') {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

const notes = z
  .record(z.string(), z.string().max(256))
  .refine((given) => Object.keys(given).length <= 15, 'at most 15')
  .default({});

const codeSchema = z.strictObject({
  type: z.literal('upi_qr'),
  name: z.string().optional(),
  usage: z.literal('single_use'),
  fixed_amount: z.literal(true),
  payment_amount: z.int().min(100).max(10_000_000),
  description: z.string().max(2_048).optional(),
  close_by: z.int(),
  notes,
});
const refundSchema = z.strictObject({
  amount: z.int().min(100).optional(),
  speed: z.enum(['normal', 'optimum']).default('normal'),
  receipt: z.string().max(40).optional(),
  notes,
});

export type CodeBody = z.infer<typeof codeSchema>;
export type RefundBody = z.infer<typeof refundSchema>;

function read<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RazorpayRefusal(400, `${(issue?.path ?? []).join('.')} ${issue?.message ?? ''}`.trim());
}

/** Reads the body of `POST /v1/payments/qr_codes` at a time in milliseconds. Throws a refusal. */
export function readCodeBody(body: unknown, now: number): CodeBody {
  const code = read(codeSchema, body);
  if (code.close_by * 1_000 < now + 15 * 60_000)
    throw new RazorpayRefusal(400, 'close_by should be at least 15 minutes after current time');
  return code;
}

export const readRefundBody = (body: unknown): RefundBody => read(refundSchema, body);
