import type { ServerResponse } from 'node:http';
import type { PartnerAnswer, PartnerRequest } from './partner.ts';

/** How long a browser may keep the answer to its preflight request, in seconds. */
const PREFLIGHT_SECONDS = 600;

/**
 * The answer to a preflight request of a browser; undefined for any other request. Every origin may send requests: a
 * caller must present a key, and there are no cookies.
 */
export function answerPreflight({ method, headers }: PartnerRequest): PartnerAnswer | undefined {
  const askedMethod = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || headers.origin === undefined || askedMethod === undefined) return undefined;
  return {
    status: 200,
    headers: {
      'access-control-allow-methods': 'GET, POST, PUT, DELETE',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-max-age': String(PREFLIGHT_SECONDS),
      vary: 'access-control-request-headers',
    },
    body: '',
  };
}

/** Allows a page of any origin to read the next answer. */
export function openToBrowsers(outgoing: ServerResponse): void {
  outgoing.setHeader('access-control-allow-origin', '*');
  outgoing.setHeader('access-control-expose-headers', '*');
}
