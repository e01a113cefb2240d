import type {
  Operation,
  PartnerAnswer,
  PartnerRequest,
  PartnerServer,
  Sandbox,
  SandboxPartner,
} from '../../../../../infra/sandbox/partner.ts';
import { newApiKey } from '../../../../../infra/sandbox/partner-keys.ts';
import {
  ApiRefusal,
  answerOnce,
  answerOrRefuse,
  basicCredentials,
  operationAt,
} from '../../../../../infra/sandbox/rest-server.ts';
import { listSecrets } from '../../../../../infra/sandbox/signatures.ts';
import { KlarnaBooks, showPage } from './books.ts';
import { klarnaHelp } from './help.ts';
import { cancel, capture, refund, release } from './orders.ts';
import { showHostedPage } from './page.ts';
import { readCaptureBody, readOrderBody, readPageBody, readRefundBody } from './requests.ts';

const USERNAME = 'PK00000_sandbox';
const CALLBACK_URL = 'https://shop.example/v1/hooks/payment/klarnapayments';
const regions = ['eu', 'na', 'oc'];

/** Klarna Payments on the hosted page, and Order Management. One server stands for those of all regions. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'klarnapayments',
  help: klarnaHelp,
  createKeys: () => ({ apiKey: newApiKey(''), webhookSecret: newApiKey('') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    accounts: regions.map((region) => ({ region, username: USERNAME, apiKey, baseUrl: url })),
    ...{ webhookSecrets, callbackUrl: CALLBACK_URL, returnUrl: 'https://shop.example/thanks' },
  }),
  signHook: () => ({}),
  // The merchant's address had the secret in it.
  sealHook: (secret, { body }) => ({
    body,
    query: new URLSearchParams({ secret: listSecrets(secret)[0] ?? '' }).toString(),
  }),
  createServer: createKlarna,
};

function createKlarna(sandbox: Sandbox): PartnerServer {
  const books = new KlarnaBooks(sandbox);
  return {
    operations: operationsOf(books),
    steps: {},
    guard: (request, operation, work) => guard(sandbox, request, operation, work),
    contextOf: (_request, { id = '' }) =>
      JSON.stringify(['page', 'order'].map((kind) => sandbox.store.get(`klarnapayments.${kind}`, id) ?? '')),
    inFlightKey: (request) => request.headers['klarna-idempotency-key'],
    conflict: () => refusal(409, 'CONFLICT', 'Another request is in progress'),
    error: (status, _requestId, detail) => refusal(status, 'UNEXPECTED_ERROR', detail),
  };
}

const refusal = (status: number, error_code: string, message: string): PartnerAnswer => ({
  status,
  body: { error_code, error_messages: [message], correlation_id: 'sandbox' },
});

function operationsOf(books: KlarnaBooks): Operation[] {
  const url = () => books.sandbox.url();
  const none: PartnerAnswer = { status: 204, headers: { 'content-type': 'application/json' }, body: '' };
  const order = '/ordermanagement/v1/orders/:id';
  return [
    operationAt('payments.sessions.create', 'POST /payments/v1/sessions', (request) => {
      const { session_id } = books.openSession(readOrderBody(request));
      const categories = [{ identifier: 'klarna', name: 'Pay with Klarna' }];
      const body = { session_id, client_token: 'sandbox', payment_method_categories: categories };
      return { status: 200, body };
    }),
    operationAt('hpp.sessions.create', 'POST /hpp/v1/sessions', (request) => {
      const page = books.openPage(readPageBody(request));
      const session_url = `${url()}/hpp/v1/sessions/${page.session_id}`;
      const { session_id, expires_at } = showPage(page);
      const redirect_url = `${url()}/sandbox/pay/${session_id}`;
      return { status: 201, body: { session_id, session_url, redirect_url, expires_at } };
    }),
    operationAt('hpp.sessions.get', 'GET /hpp/v1/sessions/:id', (_request, { id = '' }) => ({
      ...{ status: 200, body: showPage(books.page(id)) },
    })),
    operationAt('hpp.sessions.disable', 'DELETE /hpp/v1/sessions/:id', (_request, { id = '' }) => {
      books.disable(id);
      return none;
    }),
    operationAt('orders.get', `GET ${order}`, (_request, { id = '' }) => ({
      status: 200,
      body: books.order(id),
    })),
    operationAt('captures.create', `POST ${order}/captures`, (request, { id = '' }) =>
      created(
        `${url()}/ordermanagement/v1/orders/${id}/captures`,
        capture(books, id, readCaptureBody(request)),
      ),
    ),
    operationAt('refunds.create', `POST ${order}/refunds`, (request, { id = '' }) =>
      created(`${url()}/ordermanagement/v1/orders/${id}/refunds`, refund(books, id, readRefundBody(request))),
    ),
    operationAt('orders.cancel', `POST ${order}/cancel`, (_request, { id = '' }) => {
      cancel(books, id);
      return none;
    }),
    operationAt(
      'orders.release',
      `POST ${order}/release-remaining-authorization`,
      (_request, { id = '' }) => {
        release(books, id);
        return none;
      },
    ),
    operationAt('page.pay', 'GET /sandbox/pay/:id', (request, { id = '' }) =>
      showHostedPage(books, id, request),
    ),
  ];
}

const created = (address: string, id: string): PartnerAnswer => ({
  ...{ status: 201, headers: { location: `${address}/${id}` }, body: {} },
});

function guard(
  sandbox: Sandbox,
  request: PartnerRequest,
  { name, method }: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  const act = () => {
    if (name !== 'page.pay') authorise(sandbox, request);
    return method === 'POST' ? once(sandbox, request, work) : work();
  };
  return answerOrRefuse(act, ApiRefusal, ({ status, code, message }) => refusal(status, code, message));
}

function authorise(sandbox: Sandbox, request: PartnerRequest): void {
  if (basicCredentials(request) !== `${USERNAME}:${sandbox.keys().apiKey}`)
    throw new ApiRefusal(401, 'UNAUTHORIZED', 'The user name or the password is wrong');
}

/** Repeats the first answer under a key, whatever the body says: only the key counts. A refusal is not kept. */
function once(sandbox: Sandbox, request: PartnerRequest, work: () => PartnerAnswer): PartnerAnswer {
  const key = request.headers['klarna-idempotency-key'];
  if (key === undefined) return work();
  return answerOnce(sandbox, { partner: 'klarnapayments', key, requestId: request.requestId }, work);
}
