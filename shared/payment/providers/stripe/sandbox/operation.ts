import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  Sandbox,
} from '../../../../../infra/sandbox/partner.ts';
import { authorise, checkClientSecret } from './access.ts';
import { apiVersion, type StripeBooks, type StripeCall } from './books.ts';
import { type Form, parseForm, readList } from './form.ts';
import { listObjects, matchMembers } from './lists.ts';
import { noSuch } from './refusal.ts';
import type { StripeIntent } from './wire.ts';

/** The work of an operation. `id` is the object's id in the path, or empty if the path has none. */
export type Work = (call: StripeCall, id: string) => object;

/** The parts that all operations of Stripe's API share. */
export interface StripeApi {
  readonly sandbox: Sandbox;
  readonly books: StripeBooks;
}

interface OperationOptions {
  readonly name: string;
  /** Method and path, such as `GET /v1/refunds/:id`. */
  readonly at: `${'GET' | 'POST'} ${string}`;
  readonly work: Work;
  /** Whether a browser may call the operation with a publishable key and the client secret. */
  readonly allowsPublishable?: boolean;
}

/** Builds an operation. Like all of Stripe's operations, it checks the API key, reads forms and expands objects. */
export function stripeOperation({ sandbox, books }: StripeApi, options: OperationOptions): Operation {
  const { name, at, work, allowsPublishable = false } = options;
  const [method, path = ''] = at.split(' ');
  return {
    name,
    method: method === 'GET' ? 'GET' : 'POST',
    path,
    answer: (request, { id = '' }) => {
      const isPublishable = authorise(sandbox, request, allowsPublishable);
      const params = parseForm(request.method === 'GET' ? request.query.toString() : request.body);
      if (isPublishable) checkClientSecret(books, id, params);
      const result = expand(books, work(callOf(request, params), id), readList(params, 'expand'));
      return ok(request, isPublishable ? withoutMetadata(result) : result);
    },
  };
}

function callOf(request: PartnerRequest, params: Form): StripeCall {
  return {
    params,
    request: { id: request.requestId, idempotency_key: request.headers['idempotency-key'] ?? null },
    apiVersion: versionOf(request),
  };
}

/** Lists the objects of a kind that pass the filter. The filter depends on the parameters. */
export function listing(
  { sandbox }: StripeApi,
  kind: string,
  url: string,
  matches: (params: Form) => (one: Record<string, unknown>) => boolean,
): Work {
  return (call) => listObjects(sandbox.store, { kind, url, matches: matches(call.params) }, call.params);
}

/** A filter for `listing` that compares these members with the parameters of the same name. */
export function members(...names: string[]) {
  return (params: Form) => matchMembers(params, names);
}

/** Reads the object with the id in the path. `what` is the word for the object in the error about an unknown id. */
export function retrieval({ sandbox }: StripeApi, kind: string, what: string): Work {
  return (_call, id) => {
    const found = sandbox.store.get<object>(kind, id);
    if (found === undefined) throw noSuch(what, id, 'id');
    return found;
  };
}

/** Removes the metadata from an answer, because a browser may not see them. */
function withoutMetadata(result: object): object {
  const { metadata: _metadata, ...rest } = result as StripeIntent;
  return rest;
}

/** Replaces ids by whole objects: `latest_charge.balance_transaction`, or `data.source` of each object of a list. */
function expand(books: StripeBooks, result: object, paths: readonly string[]): object {
  const expanded: Record<string, unknown> = { ...result };
  for (const path of paths) {
    const [head = '', ...rest] = path.split('.');
    const value = expanded[head];
    const inner = rest.length > 0 ? [rest.join('.')] : [];
    if (head === 'data' && Array.isArray(value))
      expanded.data = value.map((one: object) => expand(books, one, inner));
    if (typeof value !== 'string') continue;
    const found = books.find(value);
    if (found !== undefined) expanded[head] = expand(books, found, inner);
  }
  return expanded;
}

function versionOf(request: PartnerRequest): string {
  return request.headers['stripe-version'] ?? apiVersion;
}

function ok(request: PartnerRequest, body: object): PartnerAnswer {
  return stamp(request.requestId, { status: 200, headers: { 'stripe-version': versionOf(request) }, body });
}

/** Adds the request's id to the answer, as Stripe does for every answer. */
export function stamp(requestId: string, answer: PartnerAnswer): PartnerAnswer {
  return { ...answer, headers: { ...answer.headers, 'request-id': requestId } };
}
