import { isDeepStrictEqual } from 'node:util';
import type { PartnerAnswer, PartnerRequest, PartnerServer, Sandbox } from './partner.ts';

/** A request as it was seen, and what the partner answered. */
export interface RecordedExchange {
  /** What fault rules call the operation. */
  readonly name: string;
  readonly request: {
    readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    /** With the query, where there was one. */
    readonly path: string;
    /** Headers that must be there, names in lower case; others may be anything. */
    readonly headers?: Readonly<Record<string, string>>;
    /** A text must be the same to the letter; anything else is compared as JSON. Left out: the body is empty. */
    readonly body?: unknown;
  };
  readonly answer: PartnerAnswer;
}

/**
 * A partner's server made of recordings, for an author who has no server to speak to. A request that was recorded
 * several times is answered in the order of the recordings, the last of them for ever. Anything else is refused with
 * 501, which names what differs, and stands under `/_sandbox/objects/{code}.unrecorded`, so that a test can ask for it.
 */
export function recordedSandbox(
  code: string,
  exchanges: readonly RecordedExchange[],
): (sandbox: Sandbox) => PartnerServer {
  return (sandbox) => {
    const refuse = (request: PartnerRequest, why: string): PartnerAnswer => {
      const detail = `${request.method} ${pathOf(request)}: ${why}`;
      sandbox.store.put(`${code}.unrecorded`, `${sandbox.store.next(`${code}.unrecorded`)}`, { detail });
      return { status: 501, body: { error: detail } };
    };
    const answer = (request: PartnerRequest): PartnerAnswer => {
      const there = exchanges.filter((exchange) => isAt(exchange, request));
      const same = there.filter((exchange) => differenceOf(exchange, request) === undefined);
      if (same.length === 0) return refuse(request, whyNot(there, request));
      const nth = sandbox.store.next(`${code} ${request.method} ${pathOf(request)} ${request.body}`);
      const found = same[Math.min(nth, same.length) - 1];
      return found?.answer ?? refuse(request, 'nothing was recorded');
    };
    const paths = new Map(exchanges.map(({ name, request }) => [keyOf(request), { name, request }]));
    return {
      operations: [...paths.values()].map(({ name, request }) => ({
        name,
        method: request.method,
        path: request.path.split('?')[0] ?? request.path,
        answer,
      })),
      steps: {},
      guard: (_request, _operation, work) => work(),
      contextOf: () => '',
      inFlightKey: () => undefined,
      conflict: () => ({ status: 409, body: { error: 'conflict' } }),
      error: (status, _requestId, detail) =>
        status === 404
          ? { status: 501, body: { error: `${detail} No request to this address was recorded.` } }
          : { status, body: { error: detail } },
    };
  };
}

function keyOf({ method, path }: RecordedExchange['request']): string {
  return `${method} ${path.split('?')[0]}`;
}

function pathOf({ path, query }: PartnerRequest): string {
  return query.size === 0 ? path : `${path}?${query}`;
}

function isAt({ request }: RecordedExchange, given: PartnerRequest): boolean {
  return request.method === given.method && request.path === pathOf(given);
}

function whyNot(there: readonly RecordedExchange[], request: PartnerRequest): string {
  if (there.length === 0) return 'no request to this address was recorded';
  const differences = there.map((exchange) => differenceOf(exchange, request));
  return `unlike each of the ${there.length} recorded: ${differences.join('; ')}`;
}

/** What is not as it was recorded; undefined when all of it is. Header values are left out: they may be keys. */
function differenceOf({ request }: RecordedExchange, given: PartnerRequest): string | undefined {
  const header = Object.entries(request.headers ?? {}).find(([name, value]) => given.headers[name] !== value);
  if (header !== undefined) return `the header ${header[0]} is another`;
  const { body } = request;
  if (body === undefined) return given.body === '' ? undefined : 'no body was recorded';
  if (typeof body === 'string') return given.body === body ? undefined : `the body is ${given.body}`;
  return isDeepStrictEqual(readJson(given.body), body) ? undefined : `the body is ${given.body}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is unlike any recorded body, and the refusal shows the text.
    return undefined;
  }
}
