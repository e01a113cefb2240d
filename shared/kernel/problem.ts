/** One field of the input that is wrong: `pointer` is an RFC 6901 JSON pointer into the body, or `#/query/name`. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * A refusal that the caller is told about, as RFC 9457 problem details. `code` is the last part of the
 * `type` URI and the name by which documentation lists it. No personal data in any text.
 */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 502 | 503;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
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

/** The answer to a bad request does not grow with the request: at most this number of fields is named. */
const MAX_ERRORS = 100;

/** The input does not fit the contract. Of very many wrong fields the first are named. */
export function invalid(errors: readonly FieldProblem[]): Problem {
  const left = errors.length - MAX_ERRORS;
  return {
    status: 422,
    code: 'invalid-input',
    title: 'Invalid input',
    detail: `Some fields do not fit the contract; nothing was written.${left > 0 ? ` ${left} more are wrong than are listed.` : ''}`,
    errors: errors.slice(0, MAX_ERRORS),
  };
}
