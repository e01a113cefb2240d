import { minorText, shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { paidOf, shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { RazorpayBooks, WireCode } from './books.ts';
import { openDispute } from './disputes.ts';

/** GET /sandbox/pay/{id}: the shopper's app. With `outcome` the shopper acts there. */
export function showPage(books: RazorpayBooks, id: string, { query }: PartnerRequest): PartnerAnswer {
  act(books, books.code(id), query.get('outcome'));
  const { status, payment_amount, payments_count_received: payments } = books.code(id);
  const names = status === 'active' ? ['pay', 'refuse', 'expire'] : ['late'];
  return shopperPage({
    ...{ title: 'Sandbox UPI app', text: "This page stands for the shopper's UPI app." },
    amount: minorText(payment_amount, 'INR'),
    details: [
      ['Code', id],
      ['Status', status],
    ],
    choices: payments > 0 ? [] : names.map((one) => [`?outcome=${one}`, outcomes[one] ?? one]),
    said: payments > 0 ? 'Paid. You may close this page.' : undefined,
  });
}

const outcomes: Readonly<Record<string, string>> = {
  pay: 'Pay',
  refuse: 'Refuse it',
  expire: 'Let the time run out',
  late: 'Pay although the code is closed',
};

function act(books: RazorpayBooks, code: WireCode, outcome: string | null): void {
  const isUnpaid = code.payments_count_received === 0;
  if (outcome === 'late' && code.status === 'closed' && isUnpaid) books.pay(code);
  if (outcome === null || code.status !== 'active') return;
  const fault = shopperBehaviour(books.sandbox, JSON.stringify(code));
  if (outcome === 'refuse') books.fail(code, 'payment_declined');
  if (outcome === 'expire') {
    const ended = books.expire(code);
    if (fault === 'paid_late') books.pay(ended);
  }
  if (outcome !== 'pay') return;
  if (fault === 'declined') books.fail(code, 'payment_declined');
  else {
    const payment = books.pay(code, paidOf({ amount: code.payment_amount, currency: 'INR' }, fault));
    if (fault === 'disputed') openDispute(books, payment);
  }
}
