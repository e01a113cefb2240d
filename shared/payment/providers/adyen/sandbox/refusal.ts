import type { PartnerAnswer } from '../../../../../infra/sandbox/partner.ts';

/** An error in Adyen's form. */
export class AdyenRefusal extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly errorType: string;

  constructor(status: number, errorCode: string, message: string, errorType = 'validation') {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.errorType = errorType;
  }
}

export function answerRefusal({ status, errorCode, message, errorType }: AdyenRefusal): PartnerAnswer {
  return { status, body: { status, errorCode, message, errorType } };
}
