import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Operation, PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { ACCOUNT, type AdyenBooks } from './books.ts';
import { checkCancel, checkLink, checkUpdate, readAmount } from './checks.ts';
import { isMove, moveDispute } from './disputes.ts';
import { cancel, cancelByReference, capture, captureAgain, refund } from './modifications.ts';
import { showPage } from './page.ts';
import { payOut } from './payouts.ts';
import { AdyenRefusal } from './refusal.ts';
import type { Link } from './wire.ts';

const LINK_DAY_MS = 86_400_000;
const MAX_LINK_DAYS = 70;

/** All operations of the API that the sandbox has, and the page of a link. */
export function adyenOperations(books: AdyenBooks): Operation[] {
  return [...linkOperations(books), ...modificationOperations(books), ...pages(books)];
}

function linkOperations(books: AdyenBooks): Operation[] {
  return [
    post('paymentLinks.create', '/v72/paymentLinks', books, (body) => createLink(books, body)),
    {
      ...{ name: 'paymentLinks.get', method: 'GET', path: '/v72/paymentLinks/:id' },
      answer: (request, { id = '' }) => {
        authorise(books, request);
        return { status: 200, body: books.link(id) };
      },
    },
    {
      ...{ name: 'paymentLinks.update', method: 'PATCH', path: '/v72/paymentLinks/:id' },
      answer: (request, { id = '' }) => {
        authorise(books, request);
        checkUpdate(readJson(request));
        const link = books.link(id);
        if (link.status === 'expired') return { status: 200, body: link };
        if (link.status !== 'active')
          throw new AdyenRefusal(422, '702', `The payment link is ${link.status}`);
        return { status: 200, body: books.saveLink({ ...link, status: 'expired' }) };
      },
    },
  ];
}

function modificationOperations(books: AdyenBooks): Operation[] {
  return [
    post('captures', '/v72/payments/:id/captures', books, (body, id) => capture(books, id, body)),
    post('cancels', '/v72/payments/:id/cancels', books, (body, id) => cancel(books, id, body)),
    post('refunds', '/v72/payments/:id/refunds', books, (body, id) => refund(books, id, body)),
    post('cancels.byReference', '/v72/cancels', books, (body) =>
      cancelByReference(books, checkCancel(body, ACCOUNT)),
    ),
  ];
}

/** The page of a link for the shopper, the bank's side of a dispute, and the payout with its report. They are no part of Adyen's API. */
function pages(books: AdyenBooks): Operation[] {
  return [
    {
      ...{ name: 'page.pay', method: 'GET', path: '/pay/:id' },
      answer: (request, { id = '' }) => showPage(books, id, request),
    },
    {
      ...{ name: 'page.payout', method: 'POST', path: '/bank/payouts' },
      answer: (request) => payOut(books, request),
    },
    {
      ...{ name: 'page.recapture', method: 'POST', path: '/bank/captures/:id/again' },
      answer: (_request, { id = '' }) => {
        const again = captureAgain(books, id);
        return again === undefined
          ? { status: 404, body: { error: 'no such capture that failed' } }
          : { status: 200, body: again };
      },
    },
    {
      ...{ name: 'page.dispute', method: 'POST', path: '/bank/disputes/:id/:move' },
      answer: (_request, { id = '', move = '' }) => {
        const dispute = isMove(move) ? moveDispute(books, id, move) : undefined;
        return dispute === undefined
          ? { status: 404, body: { error: 'no such dispute or step' } }
          : { status: 200, body: dispute };
      },
    },
  ];
}

function createLink(books: AdyenBooks, body: unknown): Link {
  const request = checkLink(body, ACCOUNT);
  const amount = readAmount(request);
  const now = books.sandbox.now();
  const expiresAt = typeof request.expiresAt === 'string' ? request.expiresAt : isoSeconds(now + LINK_DAY_MS);
  const until = Date.parse(expiresAt);
  if (!(until > now && until <= now + MAX_LINK_DAYS * LINK_DAY_MS))
    throw new AdyenRefusal(422, '702', 'expiresAt: a time in the next 70 days');
  const id = `PL${randomBytes(8).toString('hex').toUpperCase()}`;
  const url = `${books.sandbox.url()}/pay/${id}`;
  return books.saveLink({
    ...{ ...request, merchantAccount: ACCOUNT, reference: String(request.reference), amount },
    ...{ id, url, status: 'active', expiresAt },
  } as Link);
}

const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function post(
  name: string,
  path: string,
  books: AdyenBooks,
  work: (body: unknown, id: string) => object,
): Operation {
  return {
    ...{ name, method: 'POST', path },
    answer: (request, { id = '' }) => {
      authorise(books, request);
      return { status: 201, body: work(readJson(request), id) };
    },
  };
}

function authorise({ sandbox }: AdyenBooks, request: PartnerRequest): void {
  const given = Buffer.from(request.headers['x-api-key'] ?? '');
  const wanted = Buffer.from(sandbox.keys().apiKey);
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new AdyenRefusal(401, '000', 'HTTP Status Response - Unauthorized', 'security');
}

function readJson(request: PartnerRequest): unknown {
  try {
    return JSON.parse(request.body);
  } catch {
    throw new AdyenRefusal(400, '702', 'Unexpected input: expected: {');
  }
}

/** Adyen's answer while the first call under the same key is being handled. */
export function inProgress(): PartnerAnswer {
  const body = { status: 422, errorCode: '704', message: 'request already processed or in progress' };
  return { status: 422, headers: { 'transient-error': 'true' }, body: { ...body, errorType: 'validation' } };
}
