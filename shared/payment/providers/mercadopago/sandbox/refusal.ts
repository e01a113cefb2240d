import type { PartnerAnswer } from '../../../../../infra/sandbox/partner.ts';

/** A refusal by Mercado Pago's API, with the codes of its causes. */
export class MercadoRefusal extends Error {
  readonly status: number;
  readonly codes: readonly number[];

  constructor(status: number, message: string, ...codes: readonly number[]) {
    super(message);
    this.status = status;
    this.codes = codes;
  }
}

const errors: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  404: 'not_found',
  423: 'resource_locked',
  429: 'too_many_requests',
};

export function answerRefusal(status: number, message: string, codes: readonly number[] = []): PartnerAnswer {
  const cause = codes.map((code) => ({ code, description: message, data: null }));
  return { status, body: { message, error: errors[status] ?? 'internal_error', status, cause } };
}
