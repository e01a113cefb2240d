import { paidOf, shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { AdyenBooks } from './books.ts';
import { newPspReference } from './books.ts';
import { openDispute } from './disputes.ts';
import { move } from './payouts.ts';
import type { Amount, Link, Payment } from './wire.ts';

/** What the shopper does at the page of a link. */
export const outcomes = {
  pay: 'Pay',
  frictionless: 'Pay without 3-D Secure',
  decline: 'Pay, and the bank declines',
  pending: 'Pay, with an answer of the bank that takes a while',
  close: 'Leave the page',
  expire: 'Let the time run out',
  dispute: 'Pay, and contest it at the bank',
} as const;

export type Outcome = keyof typeof outcomes;

/** How long the bank takes for an answer that is not immediate, before the pace. */
const PENDING_MS = 500;

/** Adyen's word for the method in webhooks. */
const METHODS: Readonly<Record<string, string>> = { scheme: 'visa' };

/** Does what the shopper chose. A link that is not open any more stays as it is, unless a fault lets a late one pay. */
export function actAsShopper(books: AdyenBooks, id: string, outcome: Outcome): Link {
  const link = books.link(id);
  const fault = shopperBehaviour(books.sandbox, link.reference);
  if (link.status !== 'active' && !(fault === 'paid_late' && link.status === 'expired')) return link;
  const pspReference = newPspReference();
  switch (fault === 'declined' ? 'decline' : outcome) {
    case 'expire':
      return books.saveLink({ ...link, status: 'expired' });
    case 'decline':
      report(books, link, {
        eventCode: 'AUTHORISATION',
        pspReference,
        success: 'false',
        reason: 'Not enough balance',
      });
      return link;
    case 'close':
      report(books, link, { eventCode: 'OFFER_CLOSED', pspReference, success: 'true', reason: '' });
      return link;
    case 'pending':
      report(books, link, { eventCode: 'PENDING', pspReference, success: 'true', reason: '' });
      books.sandbox.later('adyen.authorise', PENDING_MS, { link: id, pspReference });
      return books.saveLink({ ...link, status: 'paymentPending' });
    default: {
      const payment = authorise(books, link, {
        ...{ pspReference, isSecure: outcome !== 'frictionless' },
        amount: paidAmount(link, fault),
      });
      if (outcome === 'dispute' || fault === 'disputed')
        books.sandbox.later('adyen.dispute', PENDING_MS, { payment: payment.pspReference });
      return books.saveLink({ ...link, status: 'completed' });
    }
  }
}

/** The bank's answer to a pending payment. */
export function authoriseLater(books: AdyenBooks, data: { link: string; pspReference: string }): void {
  const link = books.link(data.link);
  if (link.status !== 'paymentPending') return;
  authorise(books, link, { pspReference: data.pspReference, isSecure: true, amount: link.amount });
  books.saveLink({ ...link, status: 'completed' });
}

export const disputeLater = (books: AdyenBooks, data: { payment: string }): void =>
  openDispute(books, books.payment(data.payment));

function authorise(
  books: AdyenBooks,
  link: Link,
  paid: { readonly pspReference: string; readonly isSecure: boolean; readonly amount: Amount },
): Payment {
  const { pspReference, isSecure, amount } = paid;
  const type = link.allowedPaymentMethods?.[0] ?? 'scheme';
  const isAtOnce = link.manualCapture !== true;
  const payment = books.savePayment({
    ...{ pspReference, linkId: link.id, reference: link.reference, amount },
    ...{ paymentMethod: METHODS[type] ?? type, status: 'authorised' as const },
    ...{ captured: isAtOnce ? amount.value : 0, isFullyCaptured: isAtOnce, refunded: 0 },
  });
  // Adyen captures it by itself, under a reference that no webhook has.
  if (isAtOnce)
    move(books, payment, {
      ...{ type: 'Settled', modification: newPspReference(), modificationReference: '', amount },
    });
  const secure = { threeDOffered: 'true', threeDAuthenticated: 'true', eci: '05', liabilityShift: 'true' };
  const card = {
    cardIssuingCountry: 'NL',
    ...(isSecure ? secure : { threeDAuthenticated: 'false', eci: '07' }),
  };
  const item = {
    eventCode: 'AUTHORISATION',
    pspReference,
    success: 'true',
    reason: '033899:1111:03/2030',
  } as const;
  report(books, link, { ...item, amount, ...(type === 'scheme' ? { more: card } : { reason: '' }) });
  return payment;
}

/** What the bank says that the shopper paid: another amount or currency if a fault asks for it. */
function paidAmount({ amount: { value, currency } }: Link, fault: string | undefined): Amount {
  const paid = paidOf({ amount: value, currency }, fault, STEP);
  return { value: paid.amount, currency: paid.currency };
}

/** A whole unit of each currency in Adyen's minor units, also where these have digits that mean nothing. */
const STEP = 100;

interface Report {
  readonly eventCode: string;
  readonly pspReference: string;
  readonly success: 'true' | 'false';
  readonly reason: string;
  readonly amount?: Amount;
  readonly more?: Readonly<Record<string, string>>;
}

function report(books: AdyenBooks, link: Link, { amount = link.amount, more = {}, ...item }: Report): void {
  const type = link.allowedPaymentMethods?.[0] ?? 'scheme';
  books.notify(
    {
      ...{ ...item, amount, merchantReference: link.reference, paymentMethod: METHODS[type] ?? type },
      additionalData: { ...more, paymentLinkId: link.id },
    },
    link.reference,
  );
}
