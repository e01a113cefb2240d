/** Adyen's form of an amount: a whole number of its own minor units. */
export interface Amount {
  readonly currency: string;
  readonly value: number;
}

type LinkStatus = 'active' | 'completed' | 'expired' | 'paymentPending';

/** A payment link, with the members of the request that made it. */
export interface Link {
  readonly id: string;
  readonly url: string;
  readonly status: LinkStatus;
  readonly merchantAccount: string;
  readonly reference: string;
  readonly amount: Amount;
  readonly allowedPaymentMethods?: readonly string[];
  readonly expiresAt: string;
  readonly manualCapture?: boolean;
  readonly captureDelayHours?: number;
  readonly returnUrl?: string;
  readonly [member: string]: unknown;
}

/** A payment that was authorised. It is asked for by no call of the API. */
export interface Payment {
  readonly pspReference: string;
  readonly linkId: string;
  readonly reference: string;
  readonly amount: Amount;
  /** Adyen's word in webhooks: `visa`, `ideal`, `bcmc`, `blik`. */
  readonly paymentMethod: string;
  readonly status: 'authorised' | 'cancelled';
  /** In the payment's units; what a smaller capture leaves is released. */
  readonly captured: number;
  readonly isFullyCaptured: boolean;
  readonly refunded: number;
}

/** A capture, cancellation or refund that was asked for. Its outcome goes out by webhook. */
export interface Modification {
  readonly pspReference: string;
  readonly kind: 'capture' | 'cancel' | 'refund';
  readonly payment: string;
  readonly reference: string;
  readonly amount: Amount;
  readonly success: boolean;
  /** Of one that was reported and failed afterwards: Adyen's reason. */
  readonly failed?: string;
}

export interface Dispute {
  readonly pspReference: string;
  readonly payment: string;
  readonly amount: Amount;
  /** The latest event. */
  readonly event: string;
}

/** A movement of the merchant's balance. */
export interface Movement {
  readonly id: number;
  /** Adyen's journal type. */
  readonly type:
    | 'Settled'
    | 'Refunded'
    | 'RefundedReversed'
    | 'Chargeback'
    | 'ChargebackReversed'
    | 'SecondChargeback';
  readonly pspReference: string;
  readonly merchantReference: string;
  readonly paymentMethod: string;
  /** The reference of the capture, the refund or the dispute. */
  readonly modification: string;
  readonly modificationReference: string;
  /** Above zero: to the merchant. */
  readonly amount: Amount;
  readonly atMs: number;
  /** The payout batch that has it. */
  readonly batch?: number;
}

/** An item of a standard webhook, before it is signed. */
export interface Item {
  readonly eventCode: string;
  readonly success: 'true' | 'false';
  readonly pspReference: string;
  readonly originalReference?: string;
  readonly merchantReference: string;
  readonly amount: Amount;
  readonly paymentMethod: string;
  readonly reason: string;
  readonly additionalData?: Readonly<Record<string, string>>;
}
