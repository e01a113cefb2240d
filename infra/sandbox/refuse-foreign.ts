import type { PartnerAnswer, PartnerRequest } from './partner.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The refusal of a request that a page of another origin sent, or that came to another name than this machine's own;
 * undefined for any other request. A browser sends a simple POST without asking first, so that the missing permission
 * to read the answer is no protection. The name is checked because a foreign page can point its own name at 127.0.0.1
 * (DNS rebinding): its requests then have the same origin.
 */
export function refuseForeign({ headers }: PartnerRequest): PartnerAnswer | undefined {
  const { host = '', origin } = headers;
  if (!isLoopback(host)) return refusal(`host: ${host} is not this machine; use 127.0.0.1 or localhost`);
  if (origin === undefined || origin === `http://${host}`) return undefined;
  return refusal(`origin: a page of ${origin} may not call the sandbox itself`);
}

function isLoopback(host: string): boolean {
  const url = `http://${host}`;
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

function refusal(error: string): PartnerAnswer {
  return { status: 403, body: { error } };
}
