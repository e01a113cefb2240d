import { shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { paidOf, shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { WireRequest, XenditBooks } from './books.ts';

const outcomes: Readonly<Record<string, string>> = {
  pay: 'Pay',
  refuse: 'Refuse it',
  expire: 'Let the time run out',
  late: 'Pay although the time ran out',
};

const said: Readonly<Record<string, string>> = {
  SUCCEEDED: 'Paid. You may close this page.',
  FAILED: 'The payment was refused.',
  CANCELED: 'The shop cancelled this payment.',
  EXPIRED: 'The time to pay is over.',
};

/**
 * GET /sandbox/pay/{id}: the app of the wallet or bank. With `outcome` the shopper acts there, and the page of a wallet
 * sends the browser back to the shop.
 */
export function showPage(books: XenditBooks, id: string, { query }: PartnerRequest): PartnerAnswer {
  const outcome = query.get('outcome');
  act(books, books.request(id), outcome);
  const request = books.request(id);
  const { status, request_amount, currency, channel_code, channel_properties } = request;
  const { success_return_url: success, failure_return_url: failure = success } = channel_properties;
  const location = status === 'SUCCEEDED' ? success : failure;
  if (outcome !== null && typeof location === 'string')
    return { status: 302, headers: { 'content-type': 'text/plain', location }, body: '' };
  return shopperPage({
    ...{ title: 'Sandbox wallet', text: 'This page stands for the app of the wallet or bank.' },
    amount: `${request_amount} ${currency}`,
    details: [
      ['Payment', id],
      ['Channel', channel_code],
    ],
    choices: choicesFor(status).map((one) => [`?outcome=${one}`, outcomes[one] ?? one]),
    said: said[status],
  });
}

function choicesFor(status: string): readonly string[] {
  if (status === 'REQUIRES_ACTION') return ['pay', 'refuse', 'expire'];
  return status === 'EXPIRED' ? ['late'] : [];
}

function act(books: XenditBooks, request: WireRequest, outcome: string | null): void {
  const isOpen = request.status === 'REQUIRES_ACTION';
  if (outcome === 'late' && request.status === 'EXPIRED') books.pay(request);
  if (!isOpen) return;
  const fault = outcome === null ? undefined : shopperBehaviour(books.sandbox, JSON.stringify(request));
  if (outcome === 'refuse') books.fail(request, 'USER_DECLINED_PAYMENT');
  if (outcome === 'expire') {
    const ended = books.expire(request);
    if (fault === 'paid_late') books.pay(ended);
  }
  if (outcome !== 'pay') return;
  if (fault === 'declined') return void books.fail(request, 'INSUFFICIENT_BALANCE');
  const { amount, currency } = paidOf({ ...request, amount: request.request_amount }, fault);
  books.pay(request, { request_amount: amount, currency });
}
