import { captureFails, refundFails } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { ACCOUNT, type AdyenBooks, newPspReference } from './books.ts';
import { checkModification, readAmount } from './checks.ts';
import { move, unmove } from './payouts.ts';
import type { Amount, Modification, Payment } from './wire.ts';

const NO_BALANCE = 'Insufficient balance on payment';
/** How long the bank takes to say that a capture or a refund failed that was reported before (before pacing). */
const FAILURE_MS = 300;

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
  const { kind, success } = modification;
  const fails = { capture: captureFails, refund: refundFails, cancel: () => false }[kind];
  if (success && fails(books.sandbox, payment.reference))
    books.sandbox.later('adyen.failure', FAILURE_MS, { modification: pspReference });
  const amount: { amount?: Amount } = kind === 'cancel' ? {} : { amount: modification.amount };
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

/** The bank does not go on with a capture or a refund that was reported. */
export function failLater(books: AdyenBooks, data: { readonly modification: string }): void {
  const found = books.modification(data.modification);
  if (found === undefined || !found.success) return;
  const payment = books.payment(found.payment);
  const isCapture = found.kind === 'capture';
  const failed = isCapture ? 'Capture Failed' : 'Refund Failed';
  books.saveModification({ ...found, success: false, failed });
  if (isCapture) {
    books.savePayment({ ...payment, captured: payment.captured - found.amount.value });
    unmove(books, found.pspReference);
  } else {
    books.savePayment({ ...payment, refunded: payment.refunded - found.amount.value });
    move(books, payment, {
      ...{ type: 'RefundedReversed', modification: found.pspReference },
      ...{ modificationReference: found.reference, amount: found.amount },
    });
  }
  tell(books, payment, found, { eventCode: isCapture ? 'CAPTURE_FAILED' : 'REFUND_FAILED', reason: failed });
}

/** POST /bank/captures/{pspReference}/again: Adyen takes a failed capture once more, under a new reference. */
export function captureAgain(books: AdyenBooks, pspReference: string): Modification | undefined {
  const found = books.modification(pspReference);
  if (found?.kind !== 'capture' || found.failed === undefined) return undefined;
  const payment = books.payment(found.payment);
  const { failed: _failed, ...asked } = found;
  const again = { ...asked, pspReference: newPspReference(), success: true };
  books.saveModification(asked);
  books.saveModification(again);
  books.savePayment({ ...payment, captured: payment.captured + found.amount.value });
  move(books, payment, {
    ...{ type: 'Settled', modification: again.pspReference },
    ...{ modificationReference: found.reference, amount: found.amount },
  });
  tell(books, payment, again, { eventCode: 'CAPTURE', reason: 'Transaction Auto-recaptured' });
  return again;
}

const tell = (
  books: AdyenBooks,
  payment: Payment,
  { pspReference, reference, amount }: Modification,
  said: { readonly eventCode: string; readonly reason: string },
): void =>
  books.notify(
    {
      ...{ ...said, success: 'true', pspReference, originalReference: payment.pspReference },
      ...{ merchantReference: reference, amount, paymentMethod: payment.paymentMethod },
    },
    payment.reference,
  );
