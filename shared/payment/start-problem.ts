import type { Problem } from '../kernel/problem.ts';
import type { StartRefusal } from './start-payment.ts';

/** How long a shopper's browser waits before it repeats the request, in seconds. */
const RETRY_AFTER_SECONDS = 60;

/** The answer to a shopper whose payment can't be started. */
export function startProblem({ reason }: StartRefusal): Problem {
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
  return {
    status: 503,
    code: 'payment-not-available',
    title: 'Payment not available',
    detail:
      'The order is placed, and its payment can not be started at the moment. Repeat the request with the same Idempotency-Key.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  };
}
