import type { OperatorOptions } from '../client/operator-options.ts';

export interface DisputeOptions extends OperatorOptions {
  readonly orderId: string;
  readonly disputeId: string;
}

export interface EvidenceOptions extends DisputeOptions {
  /** Where the PDF is written. */
  readonly file: string;
}

export interface SubmitOptions extends DisputeOptions {
  /** A person has submitted it at the provider: what it is called there. Undefined: the backend submits it. */
  readonly byHand: string | undefined;
}
