import { shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { Order, PayPalBooks } from './books.ts';
import { showOrder } from './wire.ts';

/** What the shopper does at PayPal's page. */
export const outcomes = {
  approve: 'Pay',
  decline: 'Pay with a card that is declined',
  dispute: 'Pay, and contest it later',
  expire: 'Let the time run out',
} as const;
type Outcome = keyof typeof outcomes;
const names = Object.keys(outcomes) as Outcome[];

/** GET /checkoutnow?token={id}: the page of an order. With `outcome`, what the shopper chose is done. */
export function showPage(books: PayPalBooks, request: PartnerRequest): PartnerAnswer {
  const order = books.order(request.query.get('token') ?? '');
  const outcome = names.find((one) => one === request.query.get('outcome'));
  if (outcome === undefined) return choicePage(order);
  const after = act(books, order, outcome);
  const { status, return_url } = after;
  if (return_url === undefined || status !== 'APPROVED') return choicePage(after);
  const location = new URL(return_url);
  location.searchParams.set('token', order.id);
  return { status: 302, headers: { 'content-type': 'text/plain', location: location.href }, body: '' };
}

function act(books: PayPalBooks, order: Order, outcome: Outcome): Order {
  const fault = shopperBehaviour(books.sandbox, `page ${order.custom_id ?? ''}`);
  if (order.status !== 'PAYER_ACTION_REQUIRED' && order.status !== 'APPROVED' && fault !== 'paid_late')
    return order;
  if (outcome === 'expire') return books.save({ ...order, status: 'VOIDED' });
  const funding = outcome === 'decline' || fault === 'declined' ? 'declined' : 'good';
  const approved = books.save({ ...order, status: 'APPROVED', funding, isContested: outcome === 'dispute' });
  books.emit('CHECKOUT.ORDER.APPROVED', showOrder(books, approved), approved);
  return approved;
}

function choicePage({ id, amount, status }: Order): PartnerAnswer {
  const isOpen = status === 'PAYER_ACTION_REQUIRED';
  return shopperPage({
    title: "Sandbox of PayPal's page",
    text: isOpen ? 'Choose what the shopper does.' : 'You may close this page.',
    amount: `${amount.value} ${amount.currency_code}`,
    details: [['Order', id]],
    choices: isOpen ? names.map((one) => [`?token=${id}&outcome=${one}`, outcomes[one]]) : [],
    said: isOpen ? undefined : (said[status] ?? `The order is ${status}.`),
  });
}

const said: Readonly<Record<string, string>> = {
  APPROVED: 'The payment is approved.',
  COMPLETED: 'The payment is approved and taken.',
  VOIDED: 'The time to pay is over.',
};
