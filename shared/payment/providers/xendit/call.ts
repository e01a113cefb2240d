import * as z from 'zod';
import { baseUrlSchema, PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import type { PlugInContext } from '../../../partners/plug-in.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { type PartnerRequest, type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import { webhookSecretsSchema } from '../../../partners/webhook-signatures/index.ts';

export const settingsSchema = z.strictObject({
  apiKey: secretTextSchema,
  /** The verification token of the webhooks. */
  webhookSecrets: webhookSecretsSchema,
  baseUrl: baseUrlSchema.default('https://api.xendit.co'),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Context = PlugInContext<Settings>;

/** The version of the payment requests API that this adapter is written for. */
const API_VERSION = '2024-11-11';
const TIMEOUT_MS = 8_000;

interface ApiCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly idempotencyKey?: string;
}

const errorSchema = z.object({ error_code: z.string() });

/** The answer, or the code of a refusal. */
export type Answer =
  | { readonly done: true; readonly response: PartnerResponse }
  | { readonly done: false; readonly status: number; readonly code: string };

/** Codes of a refusal that says "not now", whatever its status. */
const NOT_NOW = ['TEMPORARILY_UNAVAILABLE', 'PAYMENT_REQUEST_RATE_LIMITED', 'REFUND_IN_PROGRESS'];

export async function ask({ settings, send }: Context, call: ApiCall): Promise<Answer> {
  const response = await send(requestTo(settings, call));
  refuseNotNow('xendit', response);
  if (response.status < 300) return { done: true, response };
  const { error_code: code } = readAnswer('xendit', response, errorSchema);
  // 409: the first call under this key is still running.
  if (response.status === 409 || NOT_NOW.includes(code))
    throw new PartnerUnavailable('xendit', `answered ${response.status} ${code}`);
  return { done: false, status: response.status, code };
}

/** The answer's JSON. Throws PartnerRefused for a refusal. */
export async function askFor<Read>(
  context: Context,
  call: ApiCall & { readonly schema: z.ZodType<Read> },
): Promise<Read> {
  const answer = await ask(context, call);
  if (!answer.done) throw new PartnerRefused('xendit', answer.status, answer.code);
  return readAnswer('xendit', answer.response, call.schema);
}

function requestTo({ apiKey, baseUrl }: Settings, call: ApiCall): PartnerRequest {
  const { method, path, body, idempotencyKey } = call;
  return {
    method,
    url: `${baseUrl}${path}`,
    headers: {
      // The key is the name, and the password is empty.
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`,
      accept: 'application/json',
      ...(path.startsWith('/v3/') ? { 'api-version': API_VERSION } : {}),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: TIMEOUT_MS,
  };
}
