import * as z from 'zod';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';

interface Channel {
  readonly country: string;
  readonly currency: string;
  readonly least: number;
  readonly most: number;
  /** Decimal places of amounts. */
  readonly digits: 0 | 2;
  readonly isPage: boolean;
  /** Minutes until an unpaid request ends. */
  readonly minutes: number;
  readonly refundDays?: number;
}

const rupiah = { country: 'ID', currency: 'IDR', digits: 0 } as const;

/** The channels of the sandbox, with the limits of their pages. */
export const channels: Readonly<Record<string, Channel>> = {
  QRIS: { ...rupiah, least: 1, most: 10_000_000, isPage: false, minutes: 48 * 60, refundDays: 30 },
  OVO: { ...rupiah, least: 100, most: 20_000_000, isPage: true, minutes: 35 },
  DANA: { ...rupiah, least: 100, most: 20_000_000, isPage: true, minutes: 30 },
  GCASH: { country: 'PH', currency: 'PHP', digits: 2, least: 1, most: 100_000, isPage: true, minutes: 30 },
  GRABPAY: {
    country: 'MY',
    currency: 'MYR',
    digits: 2,
    least: 1,
    most: 1_500,
    isPage: true,
    minutes: 35,
    refundDays: 90,
  },
};

const metadata = z.record(z.string().max(40), z.unknown()).optional();
/** Xendit takes https alone. The sandbox also takes a shop on this machine. */
const returnUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])/.test(url), 'must be https')
  .min(11)
  .max(255);

const paymentSchema = z.strictObject({
  reference_id: z.string().min(1).max(255),
  type: z.literal('PAY'),
  country: z.string(),
  currency: z.string(),
  request_amount: z.number().positive(),
  capture_method: z.enum(['AUTOMATIC', 'MANUAL']).default('AUTOMATIC'),
  channel_code: z.string(),
  channel_properties: z.looseObject({}),
  description: z.string().min(1).max(1_000).optional(),
  metadata,
});
const pageSchema = z.looseObject({ success_return_url: returnUrl, failure_return_url: returnUrl.optional() });

const refundSchema = z.strictObject({
  payment_request_id: z.string(),
  reference_id: z.string().min(1).max(255).optional(),
  currency: z.string().optional(),
  amount: z.number().positive().optional(),
  reason: z.enum(['FRAUDULENT', 'DUPLICATE', 'REQUESTED_BY_CUSTOMER', 'CANCELLATION', 'OTHERS']),
  metadata,
});

export type PaymentBody = z.infer<typeof paymentSchema>;
export type RefundBody = z.infer<typeof refundSchema>;

function read<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = (issue?.path ?? []).join('.');
  throw new ApiRefusal(400, 'API_VALIDATION_ERROR', `${at} ${issue?.message ?? ''}`.trim());
}

/** Reads the body of `POST /v3/payment_requests`. Throws a refusal. */
export function readPayment(body: unknown): PaymentBody {
  const request = read(paymentSchema, body);
  const channel = channels[request.channel_code];
  if (channel === undefined) throw new ApiRefusal(400, 'API_VALIDATION_ERROR', 'channel_code is not known');
  const { country, currency, digits, least, most, isPage } = channel;
  if (request.country !== country || request.currency !== currency)
    throw new ApiRefusal(
      400,
      'INVALID_VALUE_ERROR',
      `${request.channel_code} takes ${currency} in ${country}`,
    );
  const scaled = request.request_amount * 10 ** digits;
  if (Math.abs(scaled - Math.round(scaled)) > 1e-6)
    throw new ApiRefusal(400, 'INVALID_VALUE_ERROR', `amounts in ${currency} have ${digits} decimal places`);
  if (request.request_amount < least || request.request_amount > most)
    throw new ApiRefusal(400, 'INVALID_VALUE_ERROR', `request_amount is from ${least} to ${most}`);
  if (isPage) read(pageSchema, request.channel_properties);
  return request;
}

/** Reads the body of `POST /refunds`. Throws a refusal. */
export const readRefund = (body: unknown): RefundBody => read(refundSchema, body);
