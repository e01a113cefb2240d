/** One field of the input that is wrong: `pointer` is an RFC 6901 JSON pointer into the body, or `#/query/name`. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * A refusal as the caller reads it: RFC 9457 problem details. `code` is the last part of the
 * `type` URI and the name by which documentation lists it. No personal data in any text.
 */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 429 | 500 | 502 | 503;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  /** With 503: after which time the request may be repeated. Sent as the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Carries a problem up to the HTTP layer, which answers it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** The answer to a bad request doesn't grow with the request: it names at most this number of fields. */
export const MAX_ERRORS = 100;

/**
 * The input does not fit the contract. If very many fields are wrong, only the first are named. `found` is their number
 * where `errors` does not have them all.
 */
export function invalid(errors: readonly FieldProblem[], found = errors.length): Problem {
  const left = found - MAX_ERRORS;
  return {
    status: 422,
    code: 'invalid-input',
    title: 'Invalid input',
    detail: `Some fields do not fit the contract; nothing was written.${left > 0 ? ` ${left} more are wrong than are listed.` : ''}`,
    errors: errors.slice(0, MAX_ERRORS),
  };
}

/** The cursor is not valid; `detail` says where to get a valid one. */
export function unknownCursor(detail: string): Problem {
  return invalid([{ pointer: '#/query/cursor', code: 'unknown-cursor', detail }]);
}

export function notFound(what: string): Problem {
  return { status: 404, code: 'not-found', title: 'Not found', detail: `There is no such ${what}.` };
}

/** `If-Match` names another version than the stored one: somebody changed it meanwhile, or it is not there. */
export const otherVersion: Problem = {
  status: 412,
  code: 'other-version',
  title: 'Another version is stored',
  detail: 'Nothing was written. Read what is stored now, and make the change on it.',
  errors: [
    { pointer: '#/headers/if-match', code: 'other-version', detail: 'not the ETag of what is stored now' },
  ],
};

/** The idempotency key belongs to another request. */
export const keyReused: Problem = {
  status: 422,
  code: 'idempotency-key-reused',
  title: 'Idempotency key reused',
  detail: 'This Idempotency-Key was used before with another body. Make a new key for a new request.',
  errors: [{ pointer: '#/headers/idempotency-key', code: 'reused', detail: 'used with another body' }],
};

/** Other requests wrote the same items at the same time, and every attempt lost to one of them. */
export const contended: Problem = {
  status: 503,
  code: 'contended',
  title: 'Many buyers at once',
  detail: 'Nothing was written. Repeat the request with the same Idempotency-Key.',
};
