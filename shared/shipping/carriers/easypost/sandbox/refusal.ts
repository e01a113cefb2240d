import type { PartnerAnswer } from '../../../../../infra/sandbox/partner.ts';
import type { EasyPostErrorBody } from './wire.ts';

/** An error in EasyPost's format. */
export class EasyPostRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: EasyPostErrorBody['error']['errors'];

  constructor(
    status: number,
    code: string,
    message: string,
    errors: EasyPostErrorBody['error']['errors'] = [],
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export function notFound(): EasyPostRefusal {
  return new EasyPostRefusal(404, 'NOT_FOUND', 'The requested resource could not be found.');
}

export function answerEasyPostError(
  status: number,
  code: string,
  message: string,
  errors: EasyPostErrorBody['error']['errors'] = [],
): PartnerAnswer {
  const body: EasyPostErrorBody = { error: { code, message, errors } };
  return { status, body };
}
