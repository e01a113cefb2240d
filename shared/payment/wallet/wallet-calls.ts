import * as z from 'zod';
import { readAnswer, refuseNotNow } from '../../partners/partner-answer.ts';
import type { PlugInContext } from '../../partners/plug-in.ts';
import { type PartnerRequest, PartnerUnavailable } from '../../partners/send.ts';
import type { WalletData, WalletMapper, WalletPath, WalletRefusal } from './wallet-data.ts';

const TIMEOUT_MS = 8_000;

/** What a wallet answered: a refusal, or the JSON of its answer; undefined if the answer is empty. */
export interface WalletAnswer {
  readonly refusal?: WalletRefusal;
  readonly json: unknown;
}

interface WalletCall {
  readonly path: WalletPath;
  /** The wallet's id of the payment. */
  readonly id: string;
  /** The id that we gave the refund. */
  readonly reference?: string;
  readonly body?: object | undefined;
}

/** Sends one signed request. Throws PartnerUnavailable if no answer of the wallet came, or one that says "not now". */
export async function callWallet<Settings extends { readonly baseUrl: string }>(
  { code }: Pick<WalletData, 'code'>,
  mapper: WalletMapper<Settings>,
  context: PlugInContext<Settings>,
  { path: template, id, reference = '', body }: WalletCall,
): Promise<WalletAnswer> {
  const { settings, now, send } = context;
  const [method, bare = ''] = template.split(' ');
  const filled = bare
    .replace('{id}', encodeURIComponent(id))
    .replace('{refund}', encodeURIComponent(reference));
  const own = mapper.path?.(settings, filled) ?? filled;
  const path = method === 'GET' ? `${own}${mapper.query?.(settings) ?? ''}` : own;
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const request = { method: method as PartnerRequest['method'], path, ...text };
  const headers = mapper.authorise({ settings, now }, request);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await send({
    ...{ method: request.method, url: `${settings.baseUrl}${path}`, timeoutMs: TIMEOUT_MS, ...text },
    headers: { accept: 'application/json', ...type, ...headers },
  });
  refuseNotNow(code, response);
  if (mapper.isGenuine?.({ settings, now }, request, response) === false)
    throw new PartnerUnavailable(code, `answered ${response.status} without its signature`);
  const refusal = mapper.refusalIn(response);
  if (refusal !== undefined) return { refusal, json: undefined };
  const json = response.body === '' ? undefined : readAnswer(code, response, z.looseObject({}));
  return { json };
}
