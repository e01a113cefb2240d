import { minorText, shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { paidOf, shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { RazorpayBooks } from './books.ts';
import { openDispute } from './disputes.ts';
import type { RazorpayOrders } from './orders.ts';

/** GET /sandbox/collect/{id}: the newest request of the order in the shopper's app. With `outcome` the shopper acts. */
export function showRequest(
  books: RazorpayBooks,
  orders: RazorpayOrders,
  id: string,
  { query }: PartnerRequest,
): PartnerAnswer {
  act(books, orders, id, query.get('outcome'));
  const { amount, status } = orders.order(id);
  const request = orders.paymentsOf(id)[0];
  const isOpen = request?.status === 'created';
  return shopperPage({
    ...{ title: 'Sandbox UPI app', text: "This page stands for the shopper's UPI app." },
    amount: minorText(amount, 'INR'),
    details: [
      ['Order', id],
      ['Request to', request?.vpa ?? 'nobody'],
      ['Status', request?.status ?? status],
    ],
    choices: isOpen ? choices : [],
    said: status === 'paid' ? 'Paid. You may close this page.' : undefined,
  });
}

const choices: readonly [string, string][] = [
  ['?outcome=pay', 'Pay'],
  ['?outcome=refuse', 'Refuse it'],
  ['?outcome=expire', 'Let the time run out'],
];

function act(books: RazorpayBooks, orders: RazorpayOrders, id: string, outcome: string | null): void {
  const request = orders.paymentsOf(id).find(({ status }) => status === 'created');
  if (request === undefined || outcome === null) return;
  const fault = shopperBehaviour(books.sandbox, JSON.stringify(orders.order(id)));
  if (outcome === 'refuse' || (outcome === 'pay' && fault === 'declined'))
    orders.fail(request, 'payment_declined');
  else if (outcome === 'expire') {
    const ended = orders.fail(request, 'payment_collect_request_expired');
    // The bank says late that it was paid.
    if (fault === 'paid_late') orders.pay(ended);
  } else if (outcome !== 'pay') return;
  else {
    const payment = orders.pay(request, paidOf(request, fault));
    if (fault === 'disputed') openDispute(books, payment);
  }
}
