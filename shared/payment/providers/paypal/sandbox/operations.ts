import { timingSafeEqual } from 'node:crypto';
import type { Operation, PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import type { PayPalBooks } from './books.ts';
import { SANDBOX_CERTIFICATE } from './certificates.ts';
import { moveDispute, showDispute } from './disputes.ts';
import * as orders from './orders.ts';
import { showPage } from './page.ts';
import { PayPalRefusal } from './refusal.ts';
import { payOut } from './report.ts';
import { showCapture, showOrder } from './wire.ts';

/** The client id of the sandbox's app. The secret is the key of the sandbox. */
export const CLIENT_ID = 'AQsandboxClient';

/** How long a token is good, in seconds: PayPal's nine hours. */
const TOKEN_SECONDS = 32_400;

/** All operations of the API that the sandbox has. */
export function paypalOperations(books: PayPalBooks): Operation[] {
  return [...access(books), ...orderOperations(books), ...paymentOperations(books), ...pages(books)];
}

function access(books: PayPalBooks): Operation[] {
  return [
    {
      ...{ name: 'oauth2.token', method: 'POST', path: '/v1/oauth2/token' },
      answer: (request) => grantToken(books, request),
    },
    {
      ...{ name: 'certificates.get', method: 'GET', path: '/v1/notifications/certs/:id' },
      answer: () => ({
        ...{ status: 200, headers: { 'content-type': 'application/x-pem-file' } },
        body: SANDBOX_CERTIFICATE,
      }),
    },
  ];
}

function orderOperations(books: PayPalBooks): Operation[] {
  const path = '/v2/checkout/orders';
  return [
    guarded(books, 'orders.create', `POST ${path}`, (_id, body) => orders.createOrder(books, body)),
    guarded(books, 'orders.get', `GET ${path}/:id`, (id) => showOrder(books, books.order(id))),
    guarded(books, 'orders.patch', `PATCH ${path}/:id`, (id, body) => {
      orders.patchOrder(books, id, body);
      return undefined;
    }),
    guarded(books, 'orders.authorize', `POST ${path}/:id/authorize`, (id) =>
      orders.authorizeOrder(books, id),
    ),
  ];
}

function paymentOperations(books: PayPalBooks): Operation[] {
  const [auth, capture] = ['/v2/payments/authorizations/:id', '/v2/payments/captures/:id'];
  return [
    guarded(books, 'authorizations.capture', `POST ${auth}/capture`, (id, body) =>
      orders.captureAuthorization(books, id, body),
    ),
    guarded(books, 'authorizations.void', `POST ${auth}/void`, (id) => orders.voidAuthorization(books, id)),
    guarded(books, 'captures.get', `GET ${capture}`, (id) => {
      const order = books.holderOf(id);
      const found = order.captures.find((one) => one.id === id);
      if (found === undefined) throw new PayPalRefusal(404, 'INVALID_RESOURCE_ID');
      return showCapture(order, found);
    }),
    guarded(books, 'captures.refund', `POST ${capture}/refund`, (id, body) =>
      orders.refundCapture(books, id, body),
    ),
    guarded(books, 'disputes.get', 'GET /v1/customer/disputes/:id', (id) => showDispute(books, id)),
  ];
}

/** The page of an order for the shopper, the steps of a dispute, and the payout with its report. They are no part of PayPal's API. */
function pages(books: PayPalBooks): Operation[] {
  return [
    {
      ...{ name: 'page.approve', method: 'GET', path: '/checkoutnow' },
      answer: (request) => showPage(books, request),
    },
    {
      ...{ name: 'page.payout', method: 'POST', path: '/sandbox/payouts' },
      answer: (request) => payOut(books, request),
    },
    {
      ...{ name: 'page.dispute', method: 'POST', path: '/sandbox/disputes/:id/:move' },
      answer: (_request, { id = '', move = '' }) => {
        const moved = moveDispute(books, id, move);
        return moved === undefined
          ? { status: 404, body: { error: 'no such dispute or step' } }
          : { status: 200, body: moved };
      },
    },
  ];
}

function guarded(
  books: PayPalBooks,
  name: string,
  at: string,
  work: (id: string, body: unknown) => object | undefined,
): Operation {
  const [method, path = ''] = at.split(' ') as ['GET' | 'POST' | 'PATCH', string];
  const created = name === 'authorizations.void' ? 200 : 201;
  return {
    ...{ name, method, path },
    answer: (request, { id = '' }) => {
      checkToken(books, request);
      const result = work(id, method === 'GET' ? undefined : readJson(request));
      if (result === undefined) return { status: 204, headers: { 'content-type': 'text/plain' }, body: '' };
      return { status: method === 'POST' ? created : 200, body: result };
    },
  };
}

function readJson({ body, headers }: PartnerRequest): unknown {
  if (!/^application\/json/.test(headers['content-type'] ?? ''))
    throw new PayPalRefusal(400, 'UNSUPPORTED_MEDIA_TYPE');
  try {
    return JSON.parse(body);
  } catch {
    throw new PayPalRefusal(400, 'MALFORMED_REQUEST_JSON');
  }
}

interface Token {
  readonly until: number;
}

function grantToken({ sandbox }: PayPalBooks, request: PartnerRequest): PartnerAnswer {
  const login = Buffer.from(`${CLIENT_ID}:${sandbox.keys().apiKey}`).toString('base64');
  const refused = (error: string) => ({
    status: 401,
    body: { error, error_description: 'Client Authentication failed' },
  });
  if (!isSame(request.headers.authorization ?? '', `Basic ${login}`)) return refused('invalid_client');
  if (new URLSearchParams(request.body).get('grant_type') !== 'client_credentials')
    return { status: 400, body: { error: 'unsupported_grant_type' } };
  const text = `A21AA${request.requestId}`;
  const token: Token = { until: sandbox.now() + TOKEN_SECONDS * 1_000 };
  sandbox.store.put('paypal.token', text, token);
  return {
    status: 200,
    body: {
      scope: 'https://uri.paypal.com/services/checkout',
      access_token: text,
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
    },
  };
}

function checkToken({ sandbox }: PayPalBooks, request: PartnerRequest): void {
  const text = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const token = sandbox.store.get<Token>('paypal.token', text);
  if (token === undefined) throw new PayPalRefusal(401);
}

function isSame(a: string, b: string): boolean {
  const [given, wanted] = [Buffer.from(a), Buffer.from(b)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
