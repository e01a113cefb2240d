import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { z } from 'zod';
import { issuesOf } from '../kernel/issues.ts';
import { type FieldProblem, invalid, type Problem } from '../kernel/problem.ts';

export { invalid };

/** Where problem types are explained; the last part of the URI is the problem's code. */
const TYPE_BASE = 'https://entrepot.dev/problems/';

/** RFC 9457 problem details as an HTTP answer. `instance` is the request's id, by which we find our log. */
export function problemAnswer(problem: Problem, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { status, code, title, detail, errors } = problem;
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      type: `${TYPE_BASE}${code}`,
      title,
      status,
      detail,
      instance: `urn:entrepot:request:${requestId}`,
      ...(errors === undefined ? {} : { errors }),
    }),
  };
}

/** RFC 6901. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A name that is longer is of nobody's contract, and is not sent back. */
const LONGEST_NAME = 100;

/** What zod found wrong, field by field, each with its JSON pointer below `root`; `''` points at the whole body. */
export function fieldProblems(error: z.core.$ZodError, root = ''): FieldProblem[] {
  return issuesOf(error.issues).map(({ path, code, message }) => ({
    pointer: root + pointerTo(path.map((part) => String(part).slice(0, LONGEST_NAME))),
    code: code.replaceAll('_', '-'),
    detail: message,
  }));
}

export const problems = {
  notJson: {
    status: 400,
    code: 'malformed-json',
    title: 'Malformed JSON',
    detail: 'The body is not valid JSON.',
  },
  notJsonType: {
    status: 415,
    code: 'unsupported-media-type',
    title: 'Unsupported media type',
    detail: 'Send the body as application/json.',
  },
  noKey: {
    status: 400,
    code: 'idempotency-key-missing',
    title: 'Idempotency key missing',
    detail: 'Send an Idempotency-Key header of 1 to 128 characters, made by you before the first try.',
    errors: [
      {
        pointer: '#/headers/idempotency-key',
        code: 'required',
        detail: 'missing or not 1 to 128 characters',
      },
    ],
  },
  keyReused: {
    status: 422,
    code: 'idempotency-key-reused',
    title: 'Idempotency key reused',
    detail: 'This Idempotency-Key came before with another body. Make a new key for a new request.',
    errors: [{ pointer: '#/headers/idempotency-key', code: 'reused', detail: 'used with another body' }],
  },
  contended: {
    status: 503,
    code: 'contended',
    title: 'Many buyers at once',
    detail: 'Nothing was written. Repeat the request with the same Idempotency-Key.',
  },
} as const satisfies Record<string, Problem>;

/** The cursor leads to no next part; `detail` says where to take one from. */
export function unknownCursor(detail: string): Problem {
  return invalid([{ pointer: '#/query/cursor', code: 'unknown-cursor', detail }]);
}

export function notFound(what: string): Problem {
  return { status: 404, code: 'not-found', title: 'Not found', detail: `There is no such ${what}.` };
}
