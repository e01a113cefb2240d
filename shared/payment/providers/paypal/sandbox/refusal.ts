import type { PartnerAnswer } from '../../../../../infra/sandbox/partner.ts';

const NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_REQUEST',
  401: 'AUTHENTICATION_FAILURE',
  403: 'NOT_AUTHORIZED',
  404: 'RESOURCE_NOT_FOUND',
  409: 'RESOURCE_CONFLICT',
  422: 'UNPROCESSABLE_ENTITY',
  429: 'RATE_LIMIT_REACHED',
  500: 'INTERNAL_SERVER_ERROR',
};

/** An error in PayPal's form: a name for the status, and an issue that says more. */
export class PayPalRefusal extends Error {
  readonly status: number;
  readonly issue: string | undefined;
  readonly field: string | undefined;

  constructor(status: number, issue?: string, field?: string) {
    super(issue ?? NAMES[status] ?? 'error');
    this.status = status;
    this.issue = issue;
    this.field = field;
  }
}

export function answerRefusal(
  { status, issue, field, message }: PayPalRefusal,
  debugId: string,
): PartnerAnswer {
  const detail =
    issue === undefined
      ? undefined
      : { issue, description: issue, ...(field && { field, location: 'body' }) };
  return {
    status,
    headers: { 'paypal-debug-id': debugId },
    body: {
      ...{ name: NAMES[status] ?? 'INTERNAL_SERVER_ERROR', message, debug_id: debugId },
      ...(detail !== undefined && { details: [detail] }),
    },
  };
}
