import { createHash, timingSafeEqual } from 'node:crypto';
import type { Operation, PartnerAnswer, PartnerRequest, PartnerServer, Sandbox } from './partner.ts';

/** A refusal of a partner's API. It becomes an answer of type `application/problem+json`. */
export class ProblemRefusal extends Error {
  readonly status: number;
  readonly errors: readonly object[];
  /** Further members of the problem, as RFC 9457 allows. */
  readonly more: object;

  constructor(status: number, detail: string, errors: readonly object[] = [], more: object = {}) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.more = more;
  }
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  404: 'Not found',
  409: 'Conflict',
  422: 'The request cannot be accepted',
  429: 'Too many requests',
};

/** RFC 9457 problem details. */
function answerProblem(
  status: number,
  requestId: string,
  detail: string,
  { errors = [], more = {} }: { readonly errors?: readonly object[]; readonly more?: object } = {},
): PartnerAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'x-request-id': requestId },
    body: {
      type: 'about:blank',
      title: titles[status] ?? 'The partner failed',
      status,
      detail,
      ...(errors.length > 0 && { errors }),
      ...more,
    },
  };
}

/** The Idempotency-Key. The header's draft standard puts quotes around it, and both forms are accepted. */
function readIdempotencyKey(request: PartnerRequest): string | undefined {
  return request.headers['idempotency-key']?.replace(/^"(.*)"$/, '$1') || undefined;
}

/** The body as JSON. An absent body is an empty object. Throws a 400 when the body is not JSON. */
export function readJson(request: PartnerRequest): unknown {
  if (request.body === '') return {};
  try {
    return JSON.parse(request.body) as unknown;
  } catch {
    throw new ProblemRefusal(400, 'The body is not JSON');
  }
}

/** The properties of a partner with a JSON API. */
export interface JsonApi {
  readonly code: string;
  readonly operations: readonly Operation[];
  readonly steps: PartnerServer['steps'];
  /** The names of operations that must carry an Idempotency-Key. */
  readonly keyed: readonly string[];
  /** The names of operations that need no key of the partner. */
  readonly open?: readonly string[];
  readonly contextOf: PartnerServer['contextOf'];
}

/**
 * A partner with a JSON API. It identifies callers by a Bearer key and repeated calls by an Idempotency-Key. It
 * answers errors as `application/problem+json`. The first accepted answer under a key is stored. The same call gets
 * it again with `Idempotent-Replayed: true`. Another body under the same key gets 422. A refusal is not stored, so a
 * corrected call may use the same key.
 */
export function createJsonServer(sandbox: Sandbox, api: JsonApi): PartnerServer {
  return {
    operations: api.operations,
    steps: api.steps,
    contextOf: api.contextOf,
    guard: (request, operation, work) => guardJson(sandbox, api, { request, operation, work }),
    inFlightKey: readIdempotencyKey,
    conflict: (requestId) =>
      answerProblem(409, requestId, 'Another call with this Idempotency-Key is still being handled'),
    error: (status, requestId, detail) => answerProblem(status, requestId, detail),
  };
}

interface GuardedCall {
  readonly request: PartnerRequest;
  readonly operation: Operation;
  readonly work: () => PartnerAnswer;
}

function guardJson(sandbox: Sandbox, api: JsonApi, call: GuardedCall): PartnerAnswer {
  const { request, operation, work } = call;
  try {
    const isOpen = api.open?.includes(operation.name) ?? false;
    if (!isOpen && !isBearer(request.headers.authorization ?? '', sandbox.keys().apiKey))
      throw new ProblemRefusal(401, 'No caller has this bearer key');
    if (!api.keyed.includes(operation.name)) return stamp(work(), request);
    const key = readIdempotencyKey(request);
    if (key === undefined) throw new ProblemRefusal(400, 'Idempotency-Key is required');
    return replayOrWork(sandbox, api.code, { request, key, work });
  } catch (error) {
    if (error instanceof ProblemRefusal)
      return answerProblem(error.status, request.requestId, error.message, error);
    throw error;
  }
}

function replayOrWork(
  { store }: Sandbox,
  partner: string,
  call: { readonly request: PartnerRequest; readonly key: string; readonly work: () => PartnerAnswer },
): PartnerAnswer {
  const { request, key, work } = call;
  const fingerprint = createHash('sha256').update(`${request.path}\n${request.body}`).digest('base64');
  const kept = store.keptAnswer(partner, key);
  if (kept !== undefined && kept.fingerprint !== fingerprint)
    throw new ProblemRefusal(422, 'This Idempotency-Key was already used with another body');
  if (kept !== undefined) {
    const answer = {
      status: kept.status,
      headers: { 'idempotent-replayed': 'true' },
      body: JSON.parse(kept.body) as unknown,
    };
    return stamp(answer, request);
  }
  const answer = work();
  const { requestId } = request;
  store.keepAnswer(partner, key, {
    fingerprint,
    status: answer.status,
    body: JSON.stringify(answer.body),
    requestId,
  });
  return stamp(answer, request);
}

function stamp(answer: PartnerAnswer, request: PartnerRequest): PartnerAnswer {
  return { ...answer, headers: { ...answer.headers, 'x-request-id': request.requestId } };
}

function isBearer(header: string, key: string): boolean {
  const given = Buffer.from(header);
  const wanted = Buffer.from(`Bearer ${key}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
