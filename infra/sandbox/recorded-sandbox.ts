import { isDeepStrictEqual } from 'node:util';
import type { PartnerAnswer, PartnerRequest, PartnerServer, Sandbox } from './partner.ts';

/** A recorded request, and the partner's answer to it. */
export interface RecordedExchange {
  /** The name of the operation in fault rules. */
  readonly name: string;
  readonly request: {
    readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    /** The path with its query, if it has one. */
    readonly path: string;
    /** Headers that a request must have, with names in lower case. Their values may differ. */
    readonly headers?: Readonly<Record<string, string>>;
    /**
     * The body. A text must be exactly equal. Anything else is compared as JSON. Without it the body must be empty.
     */
    readonly body?: unknown;
  };
  readonly answer: PartnerAnswer;
}

/**
 * A partner's server made from recordings, for an author who has no test server of the partner. If the same request
 * was recorded several times, it gets the answers in the order of the recordings, and then the last one always. Any
 * other request is refused with 501, and the answer names the difference. Refused requests are listed under
 * `/_sandbox/objects/{code}.unrecorded`, so a test can read them.
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
  return `it differs from each of the ${there.length} recorded requests: ${differences.join('; ')}`;
}

/**
 * The difference from a recording; undefined when there is none. Header values are not shown, because they may be
 * keys.
 */
function differenceOf({ request }: RecordedExchange, given: PartnerRequest): string | undefined {
  const header = Object.entries(request.headers ?? {}).find(([name, value]) => given.headers[name] !== value);
  if (header !== undefined) return `the header ${header[0]} is different`;
  const { body } = request;
  if (body === undefined) return given.body === '' ? undefined : 'no body was recorded';
  if (typeof body === 'string') return given.body === body ? undefined : `the body is ${given.body}`;
  return isDeepStrictEqual(readJson(given.body), body) ? undefined : `the body is ${given.body}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A body that is not JSON equals no recorded body. The refusal shows its text.
    return undefined;
  }
}
