import type { PartnerAnswer, PartnerRequest } from './partner.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The refusal of a request that a page of another origin sent, or whose Host is not this machine; undefined for any
 * other request. A browser sends a simple POST without a preflight, so it is not enough that the page may not read
 * the answer. The Host is checked because a foreign page can point its own name at 127.0.0.1 (DNS rebinding). Its
 * requests then have the same origin.
 */
export function refuseForeign({ headers }: PartnerRequest): PartnerAnswer | undefined {
  const { host = '', origin } = headers;
  if (!isLoopback(host))
    return refusal(`host: ${host} does not name this machine; use 127.0.0.1 or localhost`);
  if (origin === undefined || origin === `http://${host}`) return undefined;
  return refusal(`origin: a page of ${origin} may not call /_sandbox`);
}

function isLoopback(host: string): boolean {
  const url = `http://${host}`;
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

function refusal(error: string): PartnerAnswer {
  return { status: 403, body: { error } };
}
