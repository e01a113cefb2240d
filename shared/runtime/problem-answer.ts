import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { defined } from '../kernel/defined.ts';

import type { FieldProblem, Problem } from '../kernel/problem.ts';

/** Where problem types are explained; the last part of the URI is the problem's code. */
const TYPE_BASE = 'https://entrepot.dev/problems/';

/** The seconds after which a 429 or 503 may be repeated, where its problem names none (RFC 9110, section 10.2.3). */
const RETRY_AFTER_SECONDS = 1;

/** An answer does not grow with what was sent: it has at most this number of fields, and texts of this length. */
const MAX_FIELDS = 200;
const MAX_POINTER_LENGTH = 400;
const MAX_DETAIL_LENGTH = 1_000;

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1)}\u2026`;

const cutField = ({ pointer, code, detail }: FieldProblem): FieldProblem => ({
  pointer: cut(pointer, MAX_POINTER_LENGTH),
  code,
  detail: cut(detail, MAX_DETAIL_LENGTH),
});

/** RFC 9457 problem details as an HTTP answer. `instance` is the request's id, by which we search our log. */
export function problemAnswer(problem: Problem, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { status, code, title, detail } = problem;
  const errors = problem.errors?.slice(0, MAX_FIELDS).map(cutField);
  const isBusy = status === 429 || status === 503;
  const retryAfterSeconds = problem.retryAfterSeconds ?? (isBusy ? RETRY_AFTER_SECONDS : undefined);
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({
      type: `${TYPE_BASE}${code}`,
      title,
      status,
      detail: cut(detail, MAX_DETAIL_LENGTH),
      instance: `urn:entrepot:request:${requestId}`,
      ...defined({ errors }),
    }),
  };
}

/** The body of a request is longer than its route takes. */
export const bodyTooLarge = (maxBytes: number): Problem => ({
  status: 413,
  code: 'body-too-large',
  title: 'Body too large',
  detail: `The body of this request may have ${maxBytes / 1024} KB.`,
});

/** Problems that any route may answer with, before any rule sees the request. */
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
  /** The same answer for every cause, so that it does not help a forger. */
  badSignature: {
    status: 401,
    code: 'signature',
    title: 'Not accepted',
    detail: 'The signature of the call was not accepted.',
  },
  /** Every repeat of ours has failed. A request that was written in part or in whole is completed by its repeat. */
  busy: {
    status: 503,
    code: 'busy',
    title: 'Too many requests at once',
    detail: 'The request could not be completed now. Repeat it, with the same Idempotency-Key if it has one.',
  },
  ofOneStorefront: {
    status: 403,
    code: 'token-of-a-storefront',
    title: 'Not for this token',
    detail: 'The token is for the figures of one storefront, and this is of the merchant.',
  },
  callTooLarge: {
    status: 413,
    code: 'call-too-large',
    title: 'Call too large',
    detail: 'The body of a call may have 160 KB.',
  },
  callNotStored: {
    status: 503,
    code: 'call-not-stored',
    title: 'Not stored',
    detail: 'The call was not stored. Repeat it later.',
  },
  internal: {
    status: 500,
    code: 'internal',
    title: 'Internal error',
    detail: 'Something failed on our side. Try again with the same key.',
  },
} as const satisfies Record<string, Problem>;
