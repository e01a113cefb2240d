import { isIP } from 'node:net';
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

const orderSchema = z.strictObject({
  amount: z.int().min(100).max(10_000_000),
  currency: z.literal('INR'),
  receipt: z.string().max(40).optional(),
  payment_capture: z.literal(true),
  notes,
});
const collectSchema = z.strictObject({
  amount: z.int(),
  currency: z.literal('INR'),
  order_id: z.string(),
  email: z.email(),
  contact: z.string().regex(/^\+?\d{8,15}$/),
  method: z.literal('upi'),
  upi: z.strictObject({
    flow: z.literal('collect'),
    vpa: z.string(),
    expiry_time: z.int().min(5).max(64_800),
  }),
  ip: z
    .string()
    .refine((text) => isIP(text) !== 0, 'no IP address')
    .optional(),
  referer: z.string().optional(),
  user_agent: z.string().optional(),
  description: z.string().max(2_048).optional(),
  notes,
});

export type CodeBody = z.infer<typeof codeSchema>;
export type RefundBody = z.infer<typeof refundSchema>;
export type OrderBody = z.infer<typeof orderSchema>;
export type CollectBody = z.infer<typeof collectSchema>;

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

export const readOrderBody = (body: unknown): OrderBody => read(orderSchema, body);

/** Reads the body of `POST /v1/payments/create/upi`. Throws a refusal: one of the address has a reason of its own. */
export function readCollectBody(body: unknown): CollectBody {
  const given = read(collectSchema, body);
  if (/^[\w.-]+@[a-z][a-z0-9]+$/i.test(given.upi.vpa)) return given;
  throw new RazorpayRefusal(400, 'Invalid VPA. Please enter a valid Virtual Payment Address', 'invalid_vpa');
}

export const readRefundBody = (body: unknown): RefundBody => read(refundSchema, body);
