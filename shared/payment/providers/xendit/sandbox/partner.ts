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
  readJsonBody,
} from '../../../../../infra/sandbox/rest-server.ts';
import { listSecrets } from '../../../../../infra/sandbox/signatures.ts';
import { type WireRequest, XenditBooks } from './books.ts';
import { xenditHelp } from './help.ts';
import { showPage } from './page.ts';
import { readPayment, readRefund } from './requests.ts';

/** Xendit: QRIS and wallets, refunds and their webhooks, which carry a fixed token. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'xendit',
  help: xenditHelp,
  createKeys: () => ({ apiKey: newApiKey('xnd_development_'), webhookSecret: newApiKey('') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({ apiKey, webhookSecrets, baseUrl: url }),
  signHook: (secret, { id }) => ({ 'x-callback-token': listSecrets(secret)[0] ?? '', 'webhook-id': id }),
  createServer: createXendit,
};

function createXendit(sandbox: Sandbox): PartnerServer {
  const books = new XenditBooks(sandbox);
  return {
    operations: operationsOf(books),
    steps: {
      'xendit.refund': (data: { readonly id: string; readonly fails: boolean }) => books.settleRefund(data),
    },
    guard: (_request, _operation, work) =>
      answerOrRefuse(work, ApiRefusal, ({ status, code, message }) => answerRefusal(status, code, message)),
    contextOf: (_request, { id = '' }) =>
      JSON.stringify(sandbox.store.get('xendit.payment_request', id) ?? ''),
    inFlightKey: (request) => request.headers['idempotency-key'],
    conflict: () => answerRefusal(409, 'DUPLICATE_ERROR', 'A request with this idempotency key is running'),
    error: (status, _requestId, detail) => answerRefusal(status, codes[status] ?? 'SERVER_ERROR', detail),
  };
}

const codes: Readonly<Record<number, string>> = {
  400: 'API_VALIDATION_ERROR',
  404: 'DATA_NOT_FOUND',
  429: 'RATE_LIMIT_EXCEEDED',
};

const answerRefusal = (status: number, error_code: string, message: string): PartnerAnswer => ({
  ...{ status, body: { error_code, message } },
});

type Work = (id: string, request: PartnerRequest) => object;

/** An answer without the sandbox's own notes. */
const shown = ({ paidAt: _own, ...request }: WireRequest): object => request;

function operationsOf(books: XenditBooks): Operation[] {
  const { sandbox } = books;
  const at = (name: string, place: string, status: number, work: Work): Operation =>
    operationAt(name, place, (request, { id = '' }) => {
      authorise(sandbox, request);
      const act = () => ({ status, body: work(id, request) });
      return request.method === 'GET' ? act() : once(sandbox, request, act);
    });
  const ofRequest = '/v3/payment_requests/:id';
  return [
    at('payment_requests.create', 'POST /v3/payment_requests', 201, (_id, request) =>
      shown(books.create(readPayment(readJson(request)))),
    ),
    at('payment_requests.get', `GET ${ofRequest}`, 200, (id) => shown(books.request(id))),
    at('payment_requests.cancel', `POST ${ofRequest}/cancel`, 200, (id) => shown(books.cancel(id))),
    at('refunds.create', 'POST /refunds', 200, (_id, request) => books.refund(readRefund(readJson(request)))),
    at('refunds.list', 'GET /refunds', 200, (_id, { query }) => ({
      data: books.refundsOf(query.get('payment_request_id') ?? ''),
      has_more: false,
    })),
    at('refunds.get', 'GET /refunds/:id', 200, (id) => books.refundOf(id)),
    {
      ...{ name: 'sandbox.pay', method: 'GET', path: '/sandbox/pay/:id' },
      shopperPageOf: 'xendit.payment_request',
      answer: (request, { id = '' }) => showPage(books, id, request),
    },
  ];
}

/** Basic authentication: the key is the name. Calls of version 3 name their version. */
function authorise(sandbox: Sandbox, request: PartnerRequest): void {
  if (basicCredentials(request) !== `${sandbox.keys().apiKey}:`)
    throw new ApiRefusal(401, 'INVALID_API_KEY', 'The API key is not valid');
  if (request.path.startsWith('/v3/') && request.headers['api-version'] !== '2024-11-11')
    throw new ApiRefusal(400, 'API_VALIDATION_ERROR', 'api-version is not supported');
}

/** Repeats the first answer under a key. A refusal is not kept. */
function once(sandbox: Sandbox, request: PartnerRequest, work: () => PartnerAnswer): PartnerAnswer {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return work();
  const { requestId, path } = request;
  return answerOnce(sandbox, { partner: 'xendit', key: `${path} ${key}`, requestId }, work);
}

const readJson = (request: PartnerRequest): unknown =>
  readJsonBody(request, () => new ApiRefusal(400, 'API_VALIDATION_ERROR', 'The body is not JSON'));
