import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import type { Money } from '../kernel/money.ts';
import type { PlugIn, PlugInContext, Unrecognised } from '../kernel/plug-in.ts';

/** What the shopper does next to pay. `confirm` hands a client secret to the provider's own browser library. */
export type NextAction =
  | { readonly type: 'none' }
  | { readonly type: 'confirm'; readonly clientSecret: string }
  | { readonly type: 'redirect'; readonly url: string }
  | { readonly type: 'qr'; readonly payload: string; readonly expiresAt: string }
  | {
      readonly type: 'voucher';
      readonly reference: string;
      readonly url: string;
      readonly expiresAt: string;
    };

/** The provider's view of one intent. Amounts are what is held or was taken, in the intent's currency. */
export interface ProviderPayment {
  readonly providerPaymentId: string;
  readonly status: 'waiting' | 'authorised' | 'captured' | 'voided' | 'failed';
  readonly amount: Money;
  readonly captured: Money;
  /** The provider's reference of the capture, once there is one. */
  readonly captureReference?: string;
  readonly failureCode?: string;
}

export interface ProviderRefund {
  readonly refundId: string;
  readonly providerReference: string;
  readonly status: 'pending' | 'paid' | 'failed';
  readonly amount: Money;
  readonly failureCode?: string;
}

/** What a callback says, in our words. `orderId` and `paymentId` are ours, echoed from the intent's metadata. */
export type PaymentNews =
  | {
      readonly kind: 'payment';
      readonly orderId: string;
      readonly paymentId: string;
      readonly payment: ProviderPayment;
    }
  | {
      readonly kind: 'refund';
      readonly orderId: string;
      readonly paymentId: string;
      readonly refund: ProviderRefund;
    }
  /** Known and of no interest to us, such as the creation of an intent that we made. */
  | { readonly kind: 'ignored'; readonly word: string }
  | Unrecognised;

export interface StartPayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly method: string;
  readonly returnUrl?: string;
}

export interface OfferedMethod {
  readonly method: string;
  /** Absent: offered everywhere. */
  readonly countries?: readonly Country[];
  readonly currencies: readonly Currency[];
  /** How long an unpaid order holds its stock under this method, in milliseconds. */
  readonly reservationMs: number;
}

/**
 * A payment provider. Each effect names its idempotency key, derived from our own ids, and its undo:
 * start is undone by void, capture by refund; a refund has no undo.
 * Calls throw PartnerUnavailable when no usable answer came; a refusal by the provider is a value.
 */
export interface PaymentProvider<Code extends string = string, Settings = never>
  extends PlugIn<Code, Settings> {
  readonly methods: readonly OfferedMethod[];
  /** Idempotency key: `start:{paymentId}`. */
  start(
    context: PlugInContext<Settings>,
    command: StartPayment,
  ): Promise<{ readonly payment: ProviderPayment; readonly nextAction: NextAction }>;
  /** Idempotency key: `capture:{paymentId}`. Gives the intent's state also when it can't be captured any more. */
  capture(
    context: PlugInContext<Settings>,
    command: { readonly paymentId: string; readonly providerPaymentId: string; readonly amount: Money },
  ): Promise<ProviderPayment>;
  /** Idempotency key: `void:{paymentId}`. Gives the intent's state also when it can't be voided any more. */
  void(
    context: PlugInContext<Settings>,
    command: { readonly paymentId: string; readonly providerPaymentId: string; readonly currency: Currency },
  ): Promise<ProviderPayment>;
  /** Idempotency key: `refund:{refundId}`. */
  refund(
    context: PlugInContext<Settings>,
    command: {
      readonly orderId: string;
      readonly paymentId: string;
      readonly refundId: string;
      readonly providerPaymentId: string;
      readonly amount: Money;
    },
  ): Promise<ProviderRefund>;
  /** Asks for the intent's present state. */
  find(
    context: PlugInContext<Settings>,
    query: { readonly providerPaymentId: string },
  ): Promise<ProviderPayment>;
  /** Reads a stored, genuine callback. */
  interpret(rawBody: Buffer): PaymentNews;
}

/** Keeps the literal code of a provider while checking its shape. */
export function definePaymentProvider<const Code extends string, Settings>(
  provider: PaymentProvider<Code, Settings>,
): PaymentProvider<Code, Settings> {
  return provider;
}
