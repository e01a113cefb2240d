import { answerPage, escapeHtml } from '../../../../../infra/sandbox/pages/layout.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import type { RazorpayBooks, WireCode } from './books.ts';
import { openDispute } from './disputes.ts';

/** GET /sandbox/pay/{id}: the shopper's app. With `outcome` the shopper acts there. */
export function showPage(books: RazorpayBooks, id: string, { query }: PartnerRequest): PartnerAnswer {
  act(books, books.code(id), query.get('outcome'));
  const { status, payment_amount } = books.code(id);
  const links = ['pay', 'refuse', 'expire', 'late'].map(
    (one) => `<a class="button plain" href="?outcome=${one}">${one}</a>`,
  );
  return answerPage(
    'Sandbox payment',
    `<p>This page stands for the shopper's UPI app.</p>
<p><b>${payment_amount} paise</b>: <code>${escapeHtml(status)}</code></p>
<p>${links.join(' ')}</p>`,
  );
}

function act(books: RazorpayBooks, code: WireCode, outcome: string | null): void {
  const isUnpaid = code.payments_count_received === 0;
  if (outcome === 'late' && code.status === 'closed' && isUnpaid) books.pay(code);
  if (outcome === null || code.status !== 'active') return;
  const fault = books.sandbox.behaviour(JSON.stringify(code));
  if (outcome === 'refuse') books.fail(code, 'payment_declined');
  if (outcome === 'expire') {
    const ended = books.expire(code);
    if (fault === 'paid_late') books.pay(ended);
  }
  if (outcome !== 'pay') return;
  if (fault === 'declined') books.fail(code, 'payment_declined');
  else if (fault === 'other_amount') books.pay(code, { amount: code.payment_amount + 1 });
  else if (fault === 'other_currency') books.pay(code, { currency: 'USD' });
  else {
    const payment = books.pay(code);
    if (fault === 'disputed') openDispute(books, payment);
  }
}
