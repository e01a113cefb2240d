import * as z from 'zod';
import { baseUrlSchema, PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import type { PlugInContext } from '../../../partners/plug-in.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import { webhookSecretsSchema } from '../../../partners/webhook-signatures/index.ts';

export const settingsSchema = z.strictObject({
  keyId: z.string().regex(/^rzp_(live|test)_\w+$/),
  keySecret: secretTextSchema,
  webhookSecrets: webhookSecretsSchema,
  baseUrl: baseUrlSchema.default('https://api.razorpay.com'),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Context = PlugInContext<Settings>;

const TIMEOUT_MS = 8_000;

interface ApiCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Only refunds have a key. */
  readonly refundKey?: string;
}

const errorSchema = z.object({
  error: z.object({ code: z.string(), reason: z.string().nullish(), description: z.string().nullish() }),
});

/** The answer, or the code of a refusal. */
export type Answer =
  | { readonly done: true; readonly response: PartnerResponse }
  | {
      readonly done: false;
      readonly status: number;
      readonly code: string;
      /** Razorpay's sentence: of some refusals nothing else tells what they are. */
      readonly description: string;
    };

export async function ask({ settings, send }: Context, call: ApiCall): Promise<Answer> {
  const { method, path, body, refundKey } = call;
  const { keyId, keySecret, baseUrl } = settings;
  const response = await send({
    ...{ method, url: `${baseUrl}/v1/${path}`, timeoutMs: TIMEOUT_MS },
    headers: {
      authorization: `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`,
      accept: 'application/json',
      ...(refundKey === undefined ? {} : { 'x-refund-idempotency': refundKey }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  refuseNotNow('razorpay', response);
  const { status } = response;
  if (status < 300) return { done: true, response };
  // The first call under this key is still running.
  if (status === 409) throw new PartnerUnavailable('razorpay', 'answered 409');
  const { code, reason, description } = readAnswer('razorpay', response, errorSchema).error;
  const named = reason == null || reason === 'NA' ? code : reason;
  return { done: false, status, code: named, description: description ?? '' };
}

/** The answer's JSON. Throws PartnerRefused for a refusal. */
export async function askFor<Read>(
  context: Context,
  call: ApiCall & { readonly schema: z.ZodType<Read> },
): Promise<Read> {
  const answer = await ask(context, call);
  if (!answer.done) throw new PartnerRefused('razorpay', answer.status, answer.code);
  return readAnswer('razorpay', answer.response, call.schema);
}
