import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  PartnerServer,
  Sandbox,
} from '../../../../../infra/sandbox/partner.ts';
import { StripeBooks, type StripeCall } from './books.ts';
import { confirmKnownIntent } from './confirm.ts';
import { answerDispute, concedeDispute, decideDispute, openDispute } from './disputes.ts';
import { type Form, parseForm, readList, readText } from './form.ts';
import { stripeHelp } from './help.ts';
import { guardStripeKey, inFlightStripeKey } from './idempotency.ts';
import { cancelIntent, captureIntent, createIntent, updateIntent } from './intents.ts';
import { listObjects, matchMembers, matchTypes } from './lists.ts';
import { showPage } from './page.ts';
import { createRefund, settleRefund } from './refunds.ts';
import { answerError, noSuch, StripeRefusal } from './refusal.ts';
import type { StripeIntent } from './wire.ts';

type Work = (call: StripeCall, id: string) => object;

/** Stripe: cards and local payment methods, refunds, disputes and their events. */
export function createStripe(sandbox: Sandbox): PartnerServer {
  const books = new StripeBooks(sandbox);
  const { store } = sandbox;

  const list = (
    kind: string,
    url: string,
    matches: (params: Form) => (one: Record<string, unknown>) => boolean,
  ): Work => {
    return (call) => listObjects(store, { kind, url, matches: matches(call.params) }, call.params);
  };
  const retrieve = (kind: string, what: string): Work => {
    return (_call, id) => {
      const found = store.get<object>(kind, id);
      if (found === undefined) throw noSuch(what, id, 'id');
      return found;
    };
  };
  const members =
    (...names: string[]) =>
    (params: Form) =>
      matchMembers(params, names);

  const operation = (
    name: string,
    method: 'GET' | 'POST',
    path: string,
    work: Work,
    allowsPublishable = false,
  ): Operation => ({
    name,
    method,
    path,
    answer: (request, parameters) => {
      const id = parameters.id ?? '';
      const publishable = authorise(sandbox, request, allowsPublishable);
      const params = parseForm(method === 'GET' ? request.query.toString() : request.body);
      if (publishable) checkClientSecret(books, id, params);
      const call = {
        params,
        request: { id: request.requestId, idempotency_key: request.headers['idempotency-key'] ?? null },
        apiVersion: versionOf(request),
      };
      const result = expand(books, work(call, id), readList(params, 'expand'));
      return ok(request, publishable ? withoutMetadata(result) : result);
    },
  });

  return {
    help: stripeHelp,
    name: 'stripe',
    operations: [
      operation('payment_intents.create', 'POST', '/v1/payment_intents', (call) => createIntent(books, call)),
      operation(
        'payment_intents.list',
        'GET',
        '/v1/payment_intents',
        list('stripe.payment_intent', '/v1/payment_intents', members('customer')),
      ),
      operation(
        'payment_intents.retrieve',
        'GET',
        '/v1/payment_intents/:id',
        (_call, id) => books.intent(id),
        true,
      ),
      operation('payment_intents.update', 'POST', '/v1/payment_intents/:id', (call, id) =>
        updateIntent(books, id, call),
      ),
      operation(
        'payment_intents.confirm',
        'POST',
        '/v1/payment_intents/:id/confirm',
        (call, id) => confirmKnownIntent(books, id, call),
        true,
      ),
      operation('payment_intents.capture', 'POST', '/v1/payment_intents/:id/capture', (call, id) =>
        captureIntent(books, id, call),
      ),
      operation('payment_intents.cancel', 'POST', '/v1/payment_intents/:id/cancel', (call, id) =>
        cancelIntent(books, id, call),
      ),
      operation('refunds.create', 'POST', '/v1/refunds', (call) => createRefund(books, call)),
      operation(
        'refunds.list',
        'GET',
        '/v1/refunds',
        list('stripe.refund', '/v1/refunds', members('charge', 'payment_intent')),
      ),
      operation('refunds.retrieve', 'GET', '/v1/refunds/:id', retrieve('stripe.refund', 'refund')),
      operation('charges.retrieve', 'GET', '/v1/charges/:id', retrieve('stripe.charge', 'charge')),
      operation(
        'disputes.list',
        'GET',
        '/v1/disputes',
        list('stripe.dispute', '/v1/disputes', members('charge', 'payment_intent')),
      ),
      operation('disputes.retrieve', 'GET', '/v1/disputes/:id', retrieve('stripe.dispute', 'dispute')),
      operation('disputes.update', 'POST', '/v1/disputes/:id', (call, id) => answerDispute(books, id, call)),
      operation('disputes.close', 'POST', '/v1/disputes/:id/close', (call, id) =>
        concedeDispute(books, id, call),
      ),
      operation('events.list', 'GET', '/v1/events', list('stripe.event', '/v1/events', matchTypes)),
      operation('events.retrieve', 'GET', '/v1/events/:id', retrieve('stripe.event', 'event')),
      operation(
        'balance_transactions.list',
        'GET',
        '/v1/balance_transactions',
        list('stripe.balance_transaction', '/v1/balance_transactions', members('source', 'type', 'currency')),
      ),
      operation(
        'balance_transactions.retrieve',
        'GET',
        '/v1/balance_transactions/:id',
        retrieve('stripe.balance_transaction', 'balance transaction'),
      ),
      {
        name: 'page.authorise',
        method: 'GET',
        path: '/sandbox/authorise/:id',
        answer: (request, { id = '' }) => showPage(books, id, request),
      },
    ],
    steps: {
      'stripe.refund': (data: { refund: string }) => settleRefund(books, data.refund),
      'stripe.dispute': (data: { charge: string }) => void openDispute(books, data.charge),
      'stripe.dispute_decision': (data: { dispute: string }) => decideDispute(books, data.dispute),
    },
    guard: (request, named, work) => guardStripeKey(store, request, named, work),
    inFlightKey: inFlightStripeKey,
    contextOf: (request, { id }) => contextOf(sandbox, request, id),
    conflict: (requestId) => {
      const message = 'There is currently another in-progress request using this idempotent key.';
      return stamp(
        requestId,
        answerError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message }),
      );
    },
    error: (status, requestId, detail) => stamp(requestId, answerError(status, errorFor(status, detail))),
  };
}

function errorFor(status: number, message: string): Parameters<typeof answerError>[1] {
  if (status === 404) return { type: 'invalid_request_error', message };
  return status === 429
    ? { type: 'invalid_request_error', code: 'rate_limit', message }
    : { type: 'api_error', message };
}

/** Whether the caller used a publishable key; throws Stripe's 401 or 403 for a key that will not do. */
function authorise(sandbox: Sandbox, request: PartnerRequest, allowsPublishable: boolean): boolean {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  const basic =
    scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8').split(':')[0] : value;
  const key = basic || request.query.get('key') || parseForm(request.body).key || '';
  if (key === sandbox.secrets().stripeApiKey) return false;
  if (typeof key === 'string' && key.startsWith('pk_')) {
    if (allowsPublishable) return true;
    const message = 'This API call cannot be made with a publishable API key. Please use a secret API key.';
    throw new StripeRefusal(
      403,
      { type: 'invalid_request_error', code: 'secret_key_required', message },
      false,
    );
  }
  const message = key === '' ? 'You did not provide an API key.' : 'Invalid API Key provided.';
  throw new StripeRefusal(401, { type: 'invalid_request_error', message }, false);
}

function checkClientSecret(books: StripeBooks, id: string, params: Form): void {
  if (readText(params, 'client_secret') === books.intent(id).client_secret) return;
  const message =
    'The client_secret provided does not match the client_secret associated with the PaymentIntent.';
  throw new StripeRefusal(
    400,
    {
      type: 'invalid_request_error',
      code: 'payment_intent_invalid_parameter',
      message,
      param: 'client_secret',
    },
    false,
  );
}

/** A browser sees less of an intent than the server does. */
function withoutMetadata(result: object): object {
  const { metadata: _metadata, ...rest } = result as StripeIntent;
  return rest;
}

/** Puts whole objects in place of ids; paths go at most two deep here (`latest_charge.balance_transaction`). */
function expand(books: StripeBooks, result: object, paths: readonly string[]): object {
  const expanded: Record<string, unknown> = { ...result };
  for (const path of paths) {
    const [head = '', ...rest] = path.split('.');
    const value = expanded[head];
    if (typeof value !== 'string') continue;
    const found = books.find(value);
    if (found !== undefined) expanded[head] = expand(books, found, rest.length > 0 ? [rest.join('.')] : []);
  }
  return expanded;
}

function contextOf(sandbox: Sandbox, request: PartnerRequest, id: string | undefined): string {
  const named = parseForm(request.body).payment_intent ?? id;
  return typeof named === 'string'
    ? JSON.stringify(sandbox.store.get('stripe.payment_intent', named) ?? '')
    : '';
}

function versionOf(request: PartnerRequest): string {
  return request.headers['stripe-version'] ?? '2026-10-28.endive';
}

function ok(request: PartnerRequest, body: object): PartnerAnswer {
  return stamp(request.requestId, { status: 200, headers: { 'stripe-version': versionOf(request) }, body });
}

function stamp(requestId: string, answer: PartnerAnswer): PartnerAnswer {
  return { ...answer, headers: { ...answer.headers, 'request-id': requestId } };
}
