import * as z from 'zod';
import { PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import type { PlugInContext } from '../../../partners/plug-in.ts';
import { type PartnerRequest, type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import type { Account, Settings } from './accounts.ts';

export type Context = PlugInContext<Settings>;

const TIMEOUT_MS = 8_000;

interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  /** Of every call that changes something. */
  readonly idempotencyKey?: string;
}

/** An error's codes. Its texts are not read, because they may repeat the payer's data. */
const errorSchema = z.object({
  error: z.string().nullish(),
  cause: z.unknown().transform((cause): readonly string[] => {
    const causes = z.array(z.looseObject({ code: z.union([z.string(), z.number()]) })).safeParse(cause);
    return causes.success ? causes.data.map(({ code }) => String(code)) : [];
  }),
});

/** The answer, or the codes of a refusal. Throws PartnerUnavailable if a later try may succeed. */
export type Answer =
  | { readonly done: true; readonly response: PartnerResponse }
  | { readonly done: false; readonly status: number; readonly codes: readonly string[] };

export async function ask({ settings, send }: Context, account: Account, call: ApiCall): Promise<Answer> {
  const response = await send(requestTo(settings.baseUrl, account, call));
  refuseNotNow('mercadopago', response);
  // The first call under this key is still running.
  if (response.status === 409 || response.status === 423)
    throw new PartnerUnavailable('mercadopago', `answered ${response.status}`);
  if (response.status < 300) return { done: true, response };
  const { error, cause } = readAnswer('mercadopago', response, errorSchema);
  return { done: false, status: response.status, codes: cause.length > 0 ? cause : [error ?? 'refused'] };
}

/** The answer's JSON. Throws PartnerRefused for a refusal. */
export async function askFor<Read>(
  context: Context,
  account: Account,
  call: ApiCall & { readonly schema: z.ZodType<Read> },
): Promise<Read> {
  const answer = await ask(context, account, call);
  if (!answer.done) throw refusedWith(answer);
  return readAnswer('mercadopago', answer.response, call.schema);
}

export const refusedWith = ({ status, codes }: Extract<Answer, { done: false }>): PartnerRefused =>
  new PartnerRefused('mercadopago', status, codes.join('+'));

function requestTo(baseUrl: string, account: Account, call: ApiCall): PartnerRequest {
  const { method, path, body, idempotencyKey } = call;
  return {
    method,
    url: `${baseUrl}${path}`,
    headers: {
      authorization: `Bearer ${account.accessToken}`,
      accept: 'application/json',
      // A refund that waits for the banks is answered as one, and not with an error.
      ...(path.endsWith('/refunds') ? { 'x-render-in-process-refunds': 'true' } : {}),
      ...(idempotencyKey === undefined ? {} : { 'x-idempotency-key': idempotencyKey }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: TIMEOUT_MS,
  };
}
