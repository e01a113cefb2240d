import * as z from 'zod';
import { MercadoRefusal } from './refusal.ts';
import { sites, type UserId } from './wire.ts';

const taken = new Set([
  ...['additional_info', 'application_fee', 'binary_mode', 'callback_url', 'campaign_id', 'capture'],
  ...['coupon_amount', 'coupon_code', 'date_of_expiration', 'description', 'differential_pricing_id'],
  ...['external_reference', 'installments', 'issuer_id', 'metadata', 'notification_url', 'payer'],
  ...['payment_method_id', 'payment_method', 'point_of_interaction', 'sponsor_id', 'statement_descriptor'],
  ...['three_d_secure_mode', 'token', 'transaction_amount', 'transaction_details'],
]);

const text = z.string().min(1);
const identification = z.object({
  type: z.enum(['CPF', 'CNPJ']),
  number: z.string().regex(/^(\d{11}|\d{14})$/),
});
const address = z.object({
  zip_code: z.string().regex(/^\d{8}$/),
  ...{ street_name: text, street_number: text, neighborhood: text, city: text },
  federal_unit: z.string().regex(/^[A-Z]{2}$/),
});

const requestSchema = z.object({
  transaction_amount: z
    .number()
    .positive()
    .refine((amount) => Number.isInteger(Math.round(amount * 1e6) / 1e4)),
  payment_method_id: text,
  description: z.string().optional(),
  external_reference: z.string().max(256).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  date_of_expiration: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
    .optional(),
  payer: z.object({
    email: z.email(),
    first_name: text.optional(),
    last_name: text.optional(),
    identification: identification.optional(),
    address: address.optional(),
  }),
});

export type PaymentRequest = z.infer<typeof requestSchema>;

/** The code of the error at each field. */
const codes: Readonly<Record<string, number>> = {
  transaction_amount: 4037,
  payment_method_id: 3028,
  date_of_expiration: 23,
  'payer/email': 4050,
  'payer/identification': 2067,
};

/** Reads the body of `POST /v1/payments`. Throws a refusal, as the API does for an unknown name or a wrong type. */
export function readPaymentRequest(body: unknown, userId: UserId, nowMs: number): PaymentRequest {
  if (typeof body !== 'object' || body === null) throw new MercadoRefusal(400, 'Params Error', 1);
  const unknown = Object.keys(body).filter((name) => !taken.has(name));
  if (unknown.length > 0) {
    const names = `The name of the following parameters is wrong : ${unknown.join(', ')}`;
    throw new MercadoRefusal(400, names, 8);
  }
  const read = requestSchema.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    const at = (issue?.path ?? []).join('/');
    const code = codes[at] ?? codes[at.split('/').slice(0, 2).join('/')] ?? 1;
    throw new MercadoRefusal(400, `${at} attribute is not valid`, code);
  }
  const request = read.data;
  const { methods } = sites[userId];
  if (!methods.some((method) => method === request.payment_method_id))
    throw new MercadoRefusal(400, 'Invalid payment_method_id', 3028);
  refuseIncomplete(request);
  refuseExpiry(request, nowMs);
  return request;
}

/** A boleto prints its payer. */
function refuseIncomplete({ payment_method_id, payer }: PaymentRequest): void {
  if (payment_method_id !== 'bolbradesco') return;
  if (payer.identification === undefined)
    throw new MercadoRefusal(400, 'Invalid user identification number', 2067);
  if (payer.address === undefined || payer.first_name === undefined || payer.last_name === undefined)
    throw new MercadoRefusal(400, 'payer.address, first_name and last_name are required', 1);
}

function refuseExpiry({ payment_method_id, date_of_expiration }: PaymentRequest, nowMs: number): void {
  if (date_of_expiration === undefined) return;
  const inMs = Date.parse(date_of_expiration) - nowMs;
  const leastMs = payment_method_id === 'pix' ? 30 * 60_000 : 0;
  if (inMs < leastMs || inMs > 30 * 86_400_000)
    throw new MercadoRefusal(400, 'date_of_expiration is out of its range', 23);
}
