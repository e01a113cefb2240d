import { ACCOUNT, type AdyenBooks, newPspReference } from './books.ts';
import { checkModification, readAmount } from './checks.ts';
import { move } from './payouts.ts';
import type { Amount, Modification, Payment } from './wire.ts';

const NO_BALANCE = 'Insufficient balance on payment';

/** POST /payments/{pspReference}/captures. */
export function capture(books: AdyenBooks, id: string, body: unknown): object {
  const request = checkModification(body, 'PaymentCaptureRequest', ACCOUNT);
  const payment = books.payment(id);
  const amount = readAmount(request);
  const left = payment.isFullyCaptured || payment.status === 'cancelled' ? 0 : payment.amount.value;
  const success = amount.currency === payment.amount.currency && amount.value <= left;
  // What is not captured is released.
  if (success) books.savePayment({ ...payment, captured: amount.value, isFullyCaptured: true });
  return receive(books, payment, { ...asked(request), kind: 'capture', amount, success });
}

/** POST /payments/{pspReference}/refunds. */
export function refund(books: AdyenBooks, id: string, body: unknown): object {
  const request = checkModification(body, 'PaymentRefundRequest', ACCOUNT);
  const payment = books.payment(id);
  const amount = readAmount(request);
  const left = payment.captured - payment.refunded;
  const success = amount.currency === payment.amount.currency && amount.value <= left;
  if (success) books.savePayment({ ...payment, refunded: payment.refunded + amount.value });
  return receive(books, payment, { ...asked(request), kind: 'refund', amount, success });
}

/** POST /payments/{pspReference}/cancels. */
export function cancel(books: AdyenBooks, id: string, body: unknown): object {
  const request = checkModification(body, 'PaymentCancelRequest', ACCOUNT);
  const payment = books.payment(id);
  return receive(books, payment, { ...asked(request), ...cancelled(books, payment) });
}

/** POST /cancels: by our reference. Nothing is reported if there is no such payment. */
export function cancelByReference(
  books: AdyenBooks,
  { paymentReference = '', reference }: { readonly paymentReference?: string; readonly reference?: string },
): object {
  const payment = books.paymentOfReference(paymentReference);
  const head = {
    merchantAccount: ACCOUNT,
    paymentReference,
    ...(reference === undefined ? {} : { reference }),
  };
  if (payment === undefined) return { ...head, pspReference: newPspReference(), status: 'received' };
  const modification = { reference: reference ?? paymentReference, ...cancelled(books, payment) };
  const { pspReference } = record(books, payment, modification, 'TECHNICAL_CANCEL');
  return { ...head, pspReference, status: 'received' };
}

function cancelled(books: AdyenBooks, payment: Payment) {
  const success = payment.captured === 0 && payment.status === 'authorised';
  if (success) books.savePayment({ ...payment, status: 'cancelled' });
  return { kind: 'cancel', amount: payment.amount, success } as const;
}

const asked = ({ reference }: Readonly<Record<string, unknown>>) => ({
  reference: typeof reference === 'string' ? reference : '',
});

type Asked = Omit<Modification, 'pspReference' | 'payment'>;

function receive(books: AdyenBooks, payment: Payment, modification: Asked): object {
  const events = { capture: 'CAPTURE', cancel: 'CANCELLATION', refund: 'REFUND' } as const;
  const { pspReference } = record(books, payment, modification, events[modification.kind]);
  const amount: { amount?: Amount } = modification.kind === 'cancel' ? {} : { amount: modification.amount };
  return {
    ...{ merchantAccount: ACCOUNT, paymentPspReference: payment.pspReference },
    ...{ pspReference, reference: modification.reference, status: 'received', ...amount },
  };
}

const negated = ({ currency, value }: Amount): Amount => ({ currency, value: -value });

/** The outcome is decided at once, and reported by webhook alone. */
function record(books: AdyenBooks, payment: Payment, asking: Asked, eventCode: string): Modification {
  const pspReference = newPspReference();
  const modification = { ...asking, pspReference, payment: payment.pspReference };
  books.saveModification(modification);
  if (asking.success && asking.kind !== 'cancel')
    move(books, payment, {
      ...{ type: asking.kind === 'capture' ? 'Settled' : 'Refunded', modification: pspReference },
      modificationReference: asking.reference,
      amount: asking.kind === 'capture' ? asking.amount : negated(asking.amount),
    });
  books.notify(
    {
      ...{ eventCode, success: asking.success ? 'true' : 'false', pspReference },
      ...{ originalReference: payment.pspReference, merchantReference: asking.reference },
      ...{ amount: asking.amount, paymentMethod: payment.paymentMethod },
      reason: asking.success ? '' : NO_BALANCE,
    },
    payment.reference,
  );
  return modification;
}
