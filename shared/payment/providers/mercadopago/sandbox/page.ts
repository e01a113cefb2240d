import { shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { paidOf, shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { MercadoBooks } from './books.ts';
import { closeClaim, decideChargeback, mediateClaim, openChargeback, openClaim } from './disputes.ts';
import { MercadoRefusal } from './refusal.ts';
import type { WireClaim, WirePayment } from './wire.ts';

/** What the payer, the payer's bank and the mediator can do, by the name in the address. */
const outcomes: Readonly<
  Record<
    string,
    { readonly label: string; readonly act: (books: MercadoBooks, payment: WirePayment) => void }
  >
> = {
  pay: { label: 'Pay', act: pay },
  reject: {
    label: 'Refuse it',
    act: (books, payment) => void (isOpen(payment) && books.end(payment, 'rejected', 'rejected_high_risk')),
  },
  expire: { label: 'Let the time run out', act: expire },
  late: {
    label: 'Pay although the time ran out',
    act: (books, payment) => void (payment.status === 'cancelled' && books.approve(payment)),
  },
  claim: { label: 'Complain', act: (books, payment) => void openClaim(books, payment) },
  mediate: {
    label: 'Ask for a mediator',
    act: (books, payment) => void mediateClaim(books, claimAbout(books, payment)),
  },
  'claim-won': { label: 'Mediator: for the seller', act: closing(true) },
  'claim-lost': { label: 'Mediator: for the buyer', act: closing(false) },
  chargeback: {
    label: 'Contest it at the bank',
    act: (books, payment) => void openChargeback(books, payment),
  },
  'chargeback-won': { label: 'Bank: for the seller', act: deciding(true) },
  'chargeback-lost': { label: 'Bank: for the payer', act: deciding(false) },
};

/** GET /sandbox/pay/{id}: the payer's bank, or the counter of a shop. With `outcome` it happens. */
export function showPage(books: MercadoBooks, id: string, request: PartnerRequest): PartnerAnswer {
  const name = request.query.get('outcome') ?? '';
  const outcome = Object.hasOwn(outcomes, name) ? outcomes[name] : undefined;
  outcome?.act(books, books.payment(id));
  const payment = books.payment(id);
  const { status, transaction_amount, currency_id, payment_method_id } = payment;
  return shopperPage({
    title: 'Sandbox bank and counter',
    text: "This page stands for the payer's bank, a counter and the mediator.",
    amount: `${transaction_amount.toFixed(2)} ${currency_id}`,
    details: [
      ['Payment', id],
      ['Method', payment_method_id],
      ['Status', status],
    ],
    choices: choicesFor(status).map((one) => [`?outcome=${one}`, outcomes[one]?.label ?? one]),
    said: status === 'approved' ? 'Paid. You may close this page.' : undefined,
  });
}

/** What can happen in a status: steps of a dispute come after the payment. */
function choicesFor(status: string): readonly string[] {
  if (status === 'cancelled') return ['late'];
  const names = Object.keys(outcomes);
  const before = ['pay', 'reject', 'expire'];
  if (status === 'pending' || status === 'in_process') return before;
  return names.filter((name) => !before.includes(name) && name !== 'late');
}

const isOpen = ({ status }: WirePayment) => status === 'pending' || status === 'in_process';

function pay(books: MercadoBooks, payment: WirePayment): void {
  if (!isOpen(payment)) return;
  const fault = shopperBehaviour(books.sandbox, JSON.stringify(payment));
  if (fault === 'declined') return void books.end(payment, 'rejected', 'rejected_by_bank');
  const { transaction_amount, currency_id } = payment;
  const paid = paidOf({ amount: transaction_amount, currency: currency_id }, fault);
  const approved = books.approve(payment, { transaction_amount: paid.amount, currency_id: paid.currency });
  if (fault === 'disputed') openClaim(books, approved);
}

function expire(books: MercadoBooks, payment: WirePayment): void {
  if (!isOpen(payment)) return;
  const ended = books.end(payment, 'cancelled', 'expired');
  if (shopperBehaviour(books.sandbox, JSON.stringify(payment)) === 'paid_late') books.approve(ended);
}

function claimAbout(books: MercadoBooks, { id }: WirePayment): string {
  const found = books.sandbox.store
    .list<WireClaim>('mercadopago.claim')
    .find(({ resource_id, status }) => resource_id === id && status === 'opened');
  if (found === undefined) throw new MercadoRefusal(404, 'Claim not found', 2000);
  return String(found.id);
}

function closing(isWon: boolean) {
  return (books: MercadoBooks, payment: WirePayment) =>
    void closeClaim(books, claimAbout(books, payment), isWon);
}

function deciding(isWon: boolean) {
  return (books: MercadoBooks, { id }: WirePayment) => void decideChargeback(books, `2170000${id}`, isWon);
}
