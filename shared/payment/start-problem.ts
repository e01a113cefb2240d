import type { Problem } from '../kernel/problem.ts';
import type { StartRefusal } from './start-payment.ts';

/** How long a shopper's browser waits before it repeats the request, in seconds. */
const RETRY_AFTER_SECONDS = 60;

const needs = {
  vpa: 'the UPI address of the shopper',
  returnUrl: 'the page to which the shopper returns',
} as const;

/** The answer to a shopper whose payment can't be started. */
export function startProblem(refusal: StartRefusal): Problem {
  const { reason } = refusal;
  if (reason === 'payment-refused') {
    const detail =
      'The payment provider does not accept this payment. The order was cancelled and nothing was charged. Ask for a new quote, and take another payment method or a smaller order.';
    return {
      status: 422,
      code: 'payment-refused',
      title: 'Payment refused',
      detail,
      errors: [{ pointer: '/payment/method', code: 'payment-refused', detail: 'refused by the provider' }],
    };
  }
  if (reason === 'payer-needs') {
    const detail = `the payment method needs ${needs[refusal.field]}`;
    return {
      ...{ status: 422, code: reason, title: 'Payment refused' },
      detail: 'The payment method needs more data of the shopper. Repeat the request with it.',
      errors: [{ pointer: `/${refusal.field}`, code: reason, detail }],
    };
  }
  return {
    status: 503,
    code: 'payment-not-available',
    title: 'Payment not available',
    detail:
      'The order is placed, and its payment can not be started at the moment. Repeat the request with the same Idempotency-Key.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  };
}
