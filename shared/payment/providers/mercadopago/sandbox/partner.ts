import { createHash, createHmac } from 'node:crypto';
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
  operationAt,
  readJsonBody,
} from '../../../../../infra/sandbox/rest-server.ts';
import { type HookSecret, listSecrets, type SignedMessage } from '../../../../../infra/sandbox/signatures.ts';
import { MercadoBooks } from './books.ts';
import { chargebackOf, claimOf, documentChargeback } from './disputes.ts';
import { mercadoHelp } from './help.ts';
import { showPage } from './page.ts';
import { readPaymentRequest } from './read-payment-request.ts';
import { createRefund, listRefunds } from './refunds.ts';
import { answerRefusal, MercadoRefusal } from './refusal.ts';
import type { UserId } from './wire.ts';

/** Mercado Pago: Pix, boleto and OXXO, refunds, claims, chargebacks and their notifications. */
export const sandboxPartner: SandboxPartner = {
  kind: 'payment',
  code: 'mercadopago',
  help: mercadoHelp,
  createKeys: () => ({ apiKey: `${newApiKey('APP_USR-')}-1001`, webhookSecret: newApiKey('') }),
  settings: ({ url, apiKey, webhookSecrets }) => ({
    accounts: [
      { country: 'BR', userId: '1001', accessToken: apiKey },
      { country: 'MX', userId: '1002', accessToken: `${apiKey}-1002` },
    ],
    ...{ webhookSecrets, baseUrl: url },
  }),
  sealHook: (_secret, { body }) => {
    const { type, data } = JSON.parse(body) as {
      readonly type: string;
      readonly data: { readonly id: string };
    };
    return { body, query: new URLSearchParams({ 'data.id': data.id, type }).toString() };
  },
  signHook: signNotification,
  createServer: createMercado,
};

/** The newest secret signs the object's number, the request's id and the time in milliseconds. */
function signNotification(
  secret: HookSecret,
  { id, timestamp, body }: SignedMessage,
): Record<string, string> {
  const { data } = JSON.parse(body) as { readonly data: { readonly id: string } };
  const requestId = createHash('sha256').update(id).digest('hex').slice(0, 32);
  const time = timestamp * 1_000;
  const manifest = `id:${data.id.toLowerCase()};request-id:${requestId};ts:${time};`;
  const hex = createHmac('sha256', listSecrets(secret)[0] ?? '')
    .update(manifest)
    .digest('hex');
  return { 'x-request-id': requestId, 'x-signature': `ts=${time},v1=${hex}` };
}

function createMercado(sandbox: Sandbox): PartnerServer {
  const books = new MercadoBooks(sandbox);
  return {
    operations: operationsOf(books),
    steps: {},
    guard: (_request, _operation, work) =>
      answerOrRefuse(work, MercadoRefusal, ({ status, message, codes }) =>
        answerRefusal(status, message, codes),
      ),
    contextOf: (_request, { id = '' }) => JSON.stringify(sandbox.store.get('mercadopago.payment', id) ?? ''),
    inFlightKey: (request) => request.headers['x-idempotency-key'],
    conflict: () => answerRefusal(423, 'A request with this X-Idempotency-Key is still being processed'),
    error: (status, _requestId, detail) => answerRefusal(status, detail),
  };
}

/** Work for the account whose access token the call has. */
type Work = (userId: UserId, id: string, request: PartnerRequest) => object;

function operationsOf(books: MercadoBooks): Operation[] {
  const { sandbox } = books;
  const paid = (id: string, userId: UserId) => books.payment(id, userId);
  const at = (name: string, place: string, status: number, work: Work): Operation =>
    operationAt(name, place, (request, { id = '' }) => {
      const userId = callerOf(sandbox, request);
      const act = () => ({ status, body: work(userId, id, request) });
      return request.method === 'GET' ? act() : once(sandbox, request, act);
    });
  const create: Work = (userId, _id, request) =>
    books.create(readPaymentRequest(readJson(request), userId, sandbox.now()), userId);
  const update: Work = (userId, id, request) => {
    const { status } = readJson(request) as { readonly status?: unknown };
    if (status !== 'cancelled') throw new MercadoRefusal(400, 'Invalid Status for Update', 2016);
    const payment = paid(id, userId);
    if (!['pending', 'in_process', 'authorized'].includes(payment.status))
      throw new MercadoRefusal(400, 'The action requested is not valid for the current payment state', 2018);
    return books.end(payment, 'cancelled', 'by_collector');
  };
  return [
    at('payments.create', 'POST /v1/payments', 201, create),
    at('payments.get', 'GET /v1/payments/:id', 200, (userId, id) => paid(id, userId)),
    at('payments.update', 'PUT /v1/payments/:id', 200, update),
    at('refunds.create', 'POST /v1/payments/:id/refunds', 201, (userId, id, request) =>
      createRefund(books, paid(id, userId), readJson(request)),
    ),
    at('refunds.list', 'GET /v1/payments/:id/refunds', 200, (userId, id) =>
      listRefunds(books, paid(id, userId)),
    ),
    at('chargebacks.get', 'GET /v1/chargebacks/:id', 200, (_userId, id) => chargebackOf(books, id)),
    at('chargebacks.document', 'POST /v1/chargebacks/:id/documentation', 200, (_userId, id) =>
      documentChargeback(books, id),
    ),
    at('claims.get', 'GET /post-purchase/v1/claims/:id', 200, (_userId, id) => claimOf(books, id)),
    {
      ...{ name: 'sandbox.pay', method: 'GET', path: '/sandbox/pay/:id' },
      shopperPageOf: 'mercadopago.payment',
      answer: (request, { id = '' }) => showPage(books, id, request),
    },
  ];
}

function callerOf(sandbox: Sandbox, { headers }: PartnerRequest): UserId {
  const token = headers.authorization?.replace(/^Bearer /, '') ?? '';
  if (token === '') throw new MercadoRefusal(401, 'Must provide your access_token to proceed', 5);
  const { apiKey } = sandbox.keys();
  if (token === apiKey) return '1001';
  if (token === `${apiKey}-1002`) return '1002';
  throw new MercadoRefusal(401, 'invalid access token');
}

/** Repeats the first answer under a key. A refusal is not kept. */
function once(sandbox: Sandbox, request: PartnerRequest, work: () => PartnerAnswer): PartnerAnswer {
  const key = request.headers['x-idempotency-key'];
  if (key === undefined) {
    if (request.path.endsWith('/documentation')) return work();
    throw new MercadoRefusal(400, "Header X-Idempotency-Key can't be null", 4292);
  }
  const { method, path, requestId } = request;
  return answerOnce(sandbox, { partner: 'mercadopago', key: `${method} ${path} ${key}`, requestId }, work);
}

const readJson = (request: PartnerRequest): unknown =>
  readJsonBody(request, () => new MercadoRefusal(400, 'JSON parse error', 1));
