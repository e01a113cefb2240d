import { createHmac } from 'node:crypto';
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
  answerOnce,
  answerOrRefuse,
  basicCredentials,
  operationAt,
  readJsonBody,
} from '../../../../../infra/sandbox/rest-server.ts';
import { listSecrets } from '../../../../../infra/sandbox/signatures.ts';
import { RazorpayBooks } from './books.ts';
import { showRequest } from './collect-page.ts';
import { decideDispute } from './disputes.ts';
import { razorpayHelp } from './help.ts';
import { RazorpayOrders } from './orders.ts';
import { showPage } from './page.ts';
import { RazorpayRefusal, readCodeBody, readCollectBody, readOrderBody, readRefundBody } from './requests.ts';

const KEY_ID = 'rzp_test_sandbox0000001';

/** Razorpay: QR codes and requests to pay for UPI, refunds, disputes and their webhooks. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'razorpay',
  help: razorpayHelp,
  createKeys: () => ({ apiKey: newApiKey(''), webhookSecret: newApiKey('') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    ...{ keyId: KEY_ID, keySecret: apiKey, webhookSecrets, baseUrl: url },
  }),
  signHook: (secret, { id, body }) => ({
    'x-razorpay-event-id': id,
    // The newest secret signs.
    'x-razorpay-signature': createHmac('sha256', listSecrets(secret)[0] ?? '')
      .update(body)
      .digest('hex'),
  }),
  createServer: createRazorpay,
};

function createRazorpay(sandbox: Sandbox): PartnerServer {
  const books = new RazorpayBooks(sandbox);
  return {
    operations: [...operationsOf(books), ...collecting(books, new RazorpayOrders(books))],
    steps: {
      'razorpay.refund': (data: { readonly id: string; readonly fails: boolean }) => books.settleRefund(data),
    },
    guard: (_request, _operation, work) =>
      answerOrRefuse(work, RazorpayRefusal, ({ status, message, reason }) =>
        answerRefusal(status, message, reason),
      ),
    contextOf: (_request, { id = '' }) =>
      JSON.stringify(
        ['qr_code', 'order', 'payment'].map((kind) => sandbox.store.get(`razorpay.${kind}`, id) ?? ''),
      ),
    inFlightKey: (request) => request.headers['x-refund-idempotency'],
    conflict: () => answerRefusal(409, 'Another request with this key is in progress', 'NA'),
    error: (status, _requestId, detail) => answerRefusal(status, detail, 'NA'),
  };
}

const answerRefusal = (status: number, description: string, reason: string): PartnerAnswer => ({
  status,
  body: {
    error: {
      code: status >= 500 ? 'SERVER_ERROR' : 'BAD_REQUEST_ERROR',
      ...{ description, source: 'business', step: 'payment_initiation', reason, metadata: {} },
    },
  },
});

type Work = (id: string, request: PartnerRequest) => object;

/** An operation for a caller with the keys. */
function secured({ sandbox }: RazorpayBooks) {
  return (name: string, place: string, work: Work): Operation =>
    operationAt(name, place, (request, { id = '' }) => {
      authorise(sandbox, request);
      const act = () => ({ status: 200, body: work(id, request) });
      return name === 'refunds.create' ? once(sandbox, request, act) : act();
    });
}

/** Orders, and the requests to pay that belong to them. */
function collecting(books: RazorpayBooks, orders: RazorpayOrders): Operation[] {
  const at = secured(books);
  return [
    at('orders.create', 'POST /v1/orders', (_id, request) => orders.create(readOrderBody(readJson(request)))),
    at('orders.list', 'GET /v1/orders', (_id, { query }) => paged(orders.orders(), query)),
    at('orders.get', 'GET /v1/orders/:id', (id) => orders.order(id)),
    at('orders.payments', 'GET /v1/orders/:id/payments', (id) =>
      listed(orders.paymentsOf(orders.order(id).id)),
    ),
    at('payments.createUpi', 'POST /v1/payments/create/upi', (_id, request) =>
      orders.ask(readCollectBody(readJson(request))),
    ),
    {
      ...{ name: 'sandbox.collect', method: 'GET', path: '/sandbox/collect/:id' },
      shopperPageOf: 'razorpay.order',
      answer: (request, { id = '' }) => showRequest(books, orders, id, request),
    },
  ];
}

const listed = (items: readonly object[]) => ({ entity: 'collection', count: items.length, items });

function operationsOf(books: RazorpayBooks): Operation[] {
  const { sandbox } = books;
  const at = secured(books);
  const [codes, paid] = ['/v1/payments/qr_codes', '/v1/payments/:id'];
  return [
    at('qr_codes.create', `POST ${codes}`, (_id, request) =>
      books.create(readCodeBody(readJson(request), sandbox.now())),
    ),
    at('qr_codes.list', `GET ${codes}`, (_id, { query }) => listCodes(books, query)),
    at('qr_codes.get', `GET ${codes}/:id`, (id) => books.code(id)),
    at('qr_codes.close', `POST ${codes}/:id/close`, (id) => books.close(id)),
    at('qr_codes.payments', `GET ${codes}/:id/payments`, (id) => listed(books.paymentsOf(books.code(id).id))),
    at('payments.get', `GET ${paid}`, (id) => books.payment(id)),
    at('refunds.create', `POST ${paid}/refund`, (id, request) =>
      books.refund(id, readRefundBody(readJson(request))),
    ),
    at('refunds.list', `GET ${paid}/refunds`, (id) => listed(books.refundsOf(id))),
    {
      ...{ name: 'sandbox.pay', method: 'GET', path: '/sandbox/pay/:id' },
      shopperPageOf: 'razorpay.qr_code',
      answer: (request, { id = '' }) => showPage(books, id, request),
    },
    {
      ...{ name: 'sandbox.dispute', method: 'GET', path: '/sandbox/disputes/:id' },
      answer: ({ query }, { id = '' }) => ({
        ...{ status: 200, body: decideDispute(books, id, query.get('outcome')) },
      }),
    },
  ];
}

/** Newest first; of one payment, or made since a time. */
function listCodes(books: RazorpayBooks, query: URLSearchParams): object {
  const payment = query.get('payment_id');
  const codes = books.codes();
  if (payment !== null)
    return listed(codes.filter(({ id }) => books.paymentsOf(id).some((one) => one.id === payment)));
  return paged(codes, query);
}

/** A page of a list, newest first, since a time. */
function paged(all: readonly { readonly created_at: number }[], query: URLSearchParams): object {
  const numberOf = (name: string, usual: number) => Number(query.get(name) ?? usual);
  const [skip, from] = [numberOf('skip', 0), numberOf('from', 0)];
  const since = all.filter(({ created_at }) => created_at >= from);
  return listed(since.slice(skip, skip + numberOf('count', 10)));
}

function authorise(sandbox: Sandbox, request: PartnerRequest): void {
  if (basicCredentials(request) !== `${KEY_ID}:${sandbox.keys().apiKey}`)
    throw new RazorpayRefusal(401, 'Authentication failed', 'NA');
}

/** Repeats the first answer under the key of a refund. A refusal is not kept; another body is refused. */
function once(sandbox: Sandbox, request: PartnerRequest, work: () => PartnerAnswer): PartnerAnswer {
  const key = request.headers['x-refund-idempotency'];
  if (key === undefined) return work();
  if (!/^[\w-]{10,}$/.test(key)) throw new RazorpayRefusal(400, 'The idempotency key is not valid');
  const other = () => {
    throw new RazorpayRefusal(400, 'Different request body sent with the same idempotency key');
  };
  const { requestId, body: fingerprint } = request;
  return answerOnce(sandbox, { partner: 'razorpay', key, requestId, fingerprint, other }, work);
}

const readJson = (request: PartnerRequest): unknown =>
  readJsonBody(request, () => new RazorpayRefusal(400, 'The body is not JSON'));
