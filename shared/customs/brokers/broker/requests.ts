import type { PartnerRequest } from '../../../partners/send.ts';
import type { RestBrokerSettings } from './settings.ts';
import type { WireDeclaration } from './wire.ts';

const timeoutMs = 10_000;

type Access = Pick<RestBrokerSettings, 'apiKey' | 'baseUrl'>;

/** Files a declaration. The idempotency key is the LRN, because under customs law an LRN is used only once. */
export function fileRequest(access: Access, declaration: WireDeclaration): PartnerRequest {
  return {
    method: 'POST',
    url: `${access.baseUrl}/v1/declarations`,
    headers: {
      ...headersOf(access),
      'content-type': 'application/json',
      'idempotency-key': `"${declaration.lrn}"`,
    },
    body: JSON.stringify(declaration),
    timeoutMs,
  };
}

export function viewRequest(access: Access, lrn: string): PartnerRequest {
  const url = `${access.baseUrl}/v1/declarations/${encodeURIComponent(lrn)}`;
  return { method: 'GET', url, headers: headersOf(access), timeoutMs };
}

export function invalidationRequest(access: Access, lrn: string): PartnerRequest {
  return {
    method: 'POST',
    url: `${access.baseUrl}/v1/declarations/${encodeURIComponent(lrn)}/invalidation`,
    headers: { ...headersOf(access), 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'The goods will not be imported' }),
    timeoutMs,
  };
}

function headersOf(access: Access): Record<string, string> {
  return { authorization: `Bearer ${access.apiKey}`, accept: 'application/json' };
}
