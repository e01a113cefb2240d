import * as z from 'zod';
import { baseUrlSchema, PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import { PartnerNotSetUp, type PlugInContext } from '../../../partners/plug-in.ts';
import { secretTextSchema } from '../../../partners/secret-text.ts';
import { type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import { uuidOf } from '../../../partners/uuid-of.ts';
import { webhookSecretsSchema } from '../../../partners/webhook-signatures/index.ts';
import { type Region, regions } from './offered-methods.ts';

/** The server of each region. Test accounts have others, `api.playground.klarna.com`. */
const HOSTS: Readonly<Record<Region, string>> = {
  eu: 'https://api.klarna.com',
  na: 'https://api-na.klarna.com',
  oc: 'https://api-oc.klarna.com',
};

const accountSchema = z.strictObject({
  region: z.enum(regions),
  username: z.string().min(1).max(100),
  apiKey: secretTextSchema,
  baseUrl: baseUrlSchema.optional(),
});

export const settingsSchema = z.strictObject({
  accounts: z
    .array(accountSchema)
    .min(1)
    .refine((all) => new Set(all.map(({ region }) => region)).size === all.length, 'one account a region'),
  /** Of our own choice: they are in the address to which Klarna sends its callbacks. */
  webhookSecrets: webhookSecretsSchema,
  /** The address of `/v1/hooks/payment/klarnapayments`. */
  callbackUrl: z.url(),
  /** Where the shopper comes back to, if the order names no page. */
  returnUrl: z.url(),
});

export type Settings = z.infer<typeof settingsSchema>;
export type Context = PlugInContext<Settings>;

const TIMEOUT_MS = 8_000;

interface ApiCall {
  readonly region: Region;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** What the call is for, in our ids: Klarna keeps the first answer to it for a day. */
  readonly key?: string;
  /** The status of an accepted change, whose answer has no body that says so. */
  readonly accepted?: 201 | 204;
}

/** The answer, or the code of a refusal. */
export type Answer =
  | { readonly done: true; readonly response: PartnerResponse }
  | { readonly done: false; readonly status: number; readonly code: string };

const errorSchema = z.object({ error_code: z.string() });

/** Klarna's server for the region of these settings. Throws {@link PartnerNotSetUp}. */
export function accountFor({ accounts }: Settings, region: Region) {
  const account = accounts.find((one) => one.region === region);
  if (account === undefined)
    throw new PartnerNotSetUp(`klarnapayments has no account for the region ${region} here`);
  return { ...account, baseUrl: account.baseUrl ?? HOSTS[region] };
}

export async function ask({ settings, send }: Context, call: ApiCall): Promise<Answer> {
  const { region, method, path, body, key, accepted } = call;
  const { username, apiKey, baseUrl } = accountFor(settings, region);
  const response = await send({
    ...{ method, url: `${baseUrl}${path}`, timeoutMs: TIMEOUT_MS },
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${apiKey}`).toString('base64')}`,
      accept: 'application/json',
      ...(key === undefined ? {} : { 'klarna-idempotency-key': uuidOf(key) }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  refuseNotNow('klarnapayments', response);
  const { status } = response;
  if (status < 300 && accepted !== undefined && status !== accepted)
    throw new PartnerUnavailable('klarnapayments', `answered ${status}, which is no answer of Klarna's`);
  if (status < 300) return { done: true, response };
  // Another call about the same order is still running.
  if (status === 409) throw new PartnerUnavailable('klarnapayments', 'answered 409');
  const read = errorSchema.safeParse(jsonOf(response.body));
  return { done: false, status, code: read.success ? read.data.error_code : `HTTP_${status}` };
}

/** The answer's JSON. Throws PartnerRefused for a refusal. */
export async function askFor<Read>(
  context: Context,
  call: ApiCall & { readonly schema: z.ZodType<Read> },
): Promise<Read> {
  const answer = await ask(context, call);
  if (!answer.done) throw refusedWith(answer);
  return readAnswer('klarnapayments', answer.response, call.schema);
}

export const refusedWith = ({ status, code }: Extract<Answer, { done: false }>): PartnerRefused =>
  new PartnerRefused('klarnapayments', status, code);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Some refusals have no JSON: their status is the code.
    return undefined;
  }
}
