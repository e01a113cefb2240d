import type { PartnerAnswer } from '../../../../../infra/sandbox/partner.ts';
import type { StripeError, StripeIntent } from './wire.ts';

/** An error in Stripe's format. `kept`: whether Stripe stores the answer under the key (not for bad parameters). */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly error: StripeError;
  readonly kept: boolean;

  constructor(status: number, error: StripeError, kept = true) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.kept = kept;
  }
}

/** The error for an unknown object. Stripe answers 404 for an id in the path and 400 for an id in the body. */
export function noSuch(what: string, id: string, param: string, status: 400 | 404 = 404): StripeRefusal {
  const message = `No such ${what}: '${id}'`;
  return new StripeRefusal(
    status,
    { type: 'invalid_request_error', code: 'resource_missing', message, param },
    false,
  );
}

export function missing(param: string): StripeRefusal {
  const message = `Missing required param: ${param}.`;
  return new StripeRefusal(
    400,
    { type: 'invalid_request_error', code: 'parameter_missing', message, param },
    false,
  );
}

export function invalid(param: string, message: string, code?: string): StripeRefusal {
  return new StripeRefusal(
    400,
    { type: 'invalid_request_error', message, param, ...(code && { code }) },
    false,
  );
}

export function answerError(status: number, error: StripeError): PartnerAnswer {
  const docs =
    error.code === undefined
      ? {}
      : { doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}` };
  return { status, body: { error: { ...docs, ...error } } };
}

/** The error for a request that the intent's state does not allow. Stripe includes the intent in the error. */
export function refuseState(intent: StripeIntent, message: string): StripeRefusal {
  const code = 'payment_intent_unexpected_state';
  return new StripeRefusal(400, { type: 'invalid_request_error', code, message, payment_intent: intent });
}
