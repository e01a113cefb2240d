import * as z from 'zod';
import type { Instant } from '../../../kernel/time.ts';
import { later } from '../../../kernel/time.ts';
import { PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import {
  type PartnerRequest,
  type PartnerResponse,
  PartnerUnavailable,
  type Send,
} from '../../../partners/send.ts';

export interface PayPalContext {
  readonly settings: { readonly clientId: string; readonly apiKey: string; readonly baseUrl: string };
  readonly send: Send;
  readonly now: Instant;
}

const timeoutMs = 8_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.int().positive() });
const errorSchema = z.object({
  name: z.string().optional(),
  error: z.string().optional(),
  details: z.array(z.object({ issue: z.string() })).optional(),
});

interface Token {
  readonly text: string;
  readonly until: Instant;
}

/** Tokens by account and address. PayPal's last nine hours; one is used until a minute before its end. */
const tokens = new Map<string, Token>();
const SPARE_MS = 60_000;

/** The number of accounts that are remembered: a rotated key leaves its token behind. */
const MAX_TOKENS = 20;

async function accessToken({ settings, send, now }: PayPalContext): Promise<string> {
  const place = tokenPlace(settings);
  const known = tokens.get(place);
  if (known !== undefined && now < known.until) return known.text;
  const login = Buffer.from(`${settings.clientId}:${settings.apiKey}`).toString('base64');
  const response = await send({
    method: 'POST',
    url: `${settings.baseUrl}/v1/oauth2/token`,
    headers: {
      authorization: `Basic ${login}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: 'grant_type=client_credentials',
    timeoutMs,
  });
  if (response.status >= 300) throw refusalOf(response);
  const { access_token: text, expires_in } = readAnswer('paypal', response, tokenSchema);
  if (tokens.size >= MAX_TOKENS) tokens.clear();
  tokens.set(place, { text, until: later(now, expires_in * 1_000 - SPARE_MS) });
  return text;
}

const tokenPlace = ({ baseUrl, clientId, apiKey }: PayPalContext['settings']): string =>
  `${baseUrl} ${clientId} ${apiKey}`;

interface Call {
  readonly method: PartnerRequest['method'];
  readonly path: string;
  readonly body?: unknown;
  /** The `PayPal-Request-Id`. PayPal keeps it for six hours. */
  readonly key?: string;
}

/** Sends a call with a token. One that PayPal no longer takes is replaced once. Throws for 408, 425, 429 and 5xx. */
export async function call(context: PayPalContext, request: Call): Promise<PartnerResponse> {
  const first = await attempt(context, request);
  if (first.status !== 401) return first;
  tokens.delete(tokenPlace(context.settings));
  return attempt(context, request);
}

async function attempt(context: PayPalContext, { method, path, body, key }: Call): Promise<PartnerResponse> {
  const token = await accessToken(context);
  const response = await context.send({
    ...{ method, url: `${context.settings.baseUrl}${path}`, timeoutMs },
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', prefer: 'return=representation' }),
      ...(key === undefined ? {} : { 'paypal-request-id': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  refuseNotNow('paypal', response);
  return response;
}

/** The refusal with PayPal's issue. Throws PartnerUnavailable if a later try may succeed. */
export function refusalOf(response: PartnerResponse): PartnerRefused {
  refuseNotNow('paypal', response);
  const { name, error, details } = readAnswer('paypal', response, errorSchema);
  const code = details?.[0]?.issue ?? name ?? error ?? 'no code';
  // 409: the first call under this id is still running, or another call works on the object.
  if (response.status === 409) throw new PartnerUnavailable('paypal', `answered 409 ${code}`);
  return new PartnerRefused('paypal', response.status, code);
}
