import * as z from 'zod';
import { PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import { type PartnerResponse, PartnerUnavailable, type Send } from '../../../partners/send.ts';

export interface AdyenContext {
  readonly settings: {
    readonly apiKey: string;
    readonly merchantAccount: string;
    /** With the version of the API, such as `https://checkout-test.adyen.com/v72`. */
    readonly baseUrl: string;
  };
  readonly send: Send;
}

const timeoutMs = 8_000;

/** The error's message is not read, because it may repeat the request. */
const errorSchema = z.object({ status: z.int(), errorCode: z.string() });

/** "Request already processed or in progress": the first call under this key still runs. */
const IN_PROGRESS = '704';

/** Reads, or changes the status of a link: calls that may be repeated without a key. */
export async function call(
  context: AdyenContext,
  method: 'GET' | 'PATCH',
  path: string,
  body?: object,
): Promise<PartnerResponse> {
  const { settings, send } = context;
  const response = await send({
    method,
    url: `${settings.baseUrl}${path}`,
    headers: headersOf(context, body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs,
  });
  refuseNotNow('adyen', response);
  return response;
}

/** Asks for an effect under its key. Throws {@link PartnerRefused} with Adyen's error code. */
export async function effect<Answer>(
  context: AdyenContext,
  { path, body, key }: { readonly path: string; readonly body: object; readonly key: string },
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  const { settings, send } = context;
  const response = await send({
    method: 'POST',
    url: `${settings.baseUrl}${path}`,
    headers: headersOf(context, { 'content-type': 'application/json', 'idempotency-key': key }),
    body: JSON.stringify({ merchantAccount: settings.merchantAccount, ...body }),
    timeoutMs,
  });
  if (response.status < 300) return readAnswer('adyen', response, schema);
  throw refusalOf(response);
}

/** The refusal. Throws PartnerUnavailable if a later try may succeed. */
export function refusalOf(response: PartnerResponse): PartnerRefused {
  refuseNotNow('adyen', response);
  const { errorCode } = readAnswer('adyen', response, errorSchema);
  if (response.headers['transient-error'] === 'true' || errorCode === IN_PROGRESS)
    throw new PartnerUnavailable('adyen', `answered ${response.status} ${errorCode}`);
  return new PartnerRefused('adyen', response.status, errorCode);
}

const headersOf = ({ settings }: AdyenContext, more: Record<string, string>) => ({
  'x-api-key': settings.apiKey,
  accept: 'application/json',
  ...more,
});
