import * as z from 'zod';
import type { PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { ApiRefusal } from '../../../../../infra/sandbox/rest-server.ts';

const lineSchema = z.looseObject({
  type: z.enum(['physical', 'discount', 'shipping_fee', 'sales_tax', 'digital', 'gift_card', 'surcharge']),
  name: z.string().min(1).max(255),
  quantity: z.int().min(0),
  unit_price: z.int(),
  total_amount: z.int(),
  tax_rate: z.int().min(0).max(10_000).optional(),
  total_tax_amount: z.int().optional(),
});
const linesSchema = z.array(lineSchema).min(1).max(1_000);
const reference = z.string().max(255).optional();

const orderSchema = z.looseObject({
  purchase_country: z.string().regex(/^[A-Z]{2}$/),
  purchase_currency: z.string().regex(/^[A-Z]{3}$/),
  locale: z
    .string()
    .regex(/^[a-z]{2}-[A-Z]{2}$/)
    .optional(),
  order_amount: z.int().min(0).max(200_000_000),
  order_tax_amount: z.int().optional(),
  order_lines: linesSchema,
  merchant_reference1: reference,
  merchant_reference2: reference,
});

export type OrderRequest = z.infer<typeof orderSchema>;
export type KpSession = OrderRequest & { readonly session_id: string };

const url = z.url().max(2_000).optional();
const pageSchema = z.looseObject({
  payment_session_url: z.url(),
  merchant_urls: z
    .looseObject({
      ...{ success: url, cancel: url, back: url, failure: url, error: url },
      status_update: z.url({ protocol: /^https$/ }).optional(),
    })
    .optional(),
  options: z.looseObject({ place_order_mode: z.enum(['PLACE_ORDER', 'CAPTURE_ORDER', 'NONE']) }).optional(),
});

export type PageRequest = z.infer<typeof pageSchema>;

const captureSchema = z.looseObject({
  captured_amount: z.int().min(1),
  reference,
  order_lines: linesSchema.optional(),
});
const refundSchema = z.looseObject({
  refunded_amount: z.int().min(1),
  reference,
  order_lines: linesSchema.optional(),
});

/** A body of each kind. Lines have to sum to the amount. */
export const readOrderBody = (request: PartnerRequest) =>
  summed(read(request, orderSchema), ({ order_amount }) => order_amount);
export const readPageBody = (request: PartnerRequest) => read(request, pageSchema);
export const readCaptureBody = (request: PartnerRequest) =>
  summed(read(request, captureSchema), ({ captured_amount }) => captured_amount);
export const readRefundBody = (request: PartnerRequest) =>
  summed(read(request, refundSchema), ({ refunded_amount }) => refunded_amount);

function read<Body>({ body }: PartnerRequest, schema: z.ZodType<Body>): Body {
  const parsed = schema.safeParse(parse(body));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => path.join('.'));
  throw new ApiRefusal(400, 'BAD_VALUE', `Bad value: ${places.join(', ')}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiRefusal(400, 'BAD_REQUEST', 'The body is not JSON');
  }
}

function summed<Body extends { readonly order_lines?: readonly z.infer<typeof lineSchema>[] | undefined }>(
  body: Body,
  amountOf: (body: Body) => number,
): Body {
  const lines = body.order_lines ?? [];
  const isWrong = lines.some((line) => line.quantity * line.unit_price !== line.total_amount);
  const sum = lines.reduce((all, line) => all + line.total_amount, 0);
  if (isWrong || (lines.length > 0 && sum !== amountOf(body)))
    throw new ApiRefusal(400, 'BAD_VALUE', 'Bad value: order_lines do not sum to the amount');
  return body;
}
