import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import type { Money } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import {
  type Adapter,
  type BoundPlugIn,
  definePlugIn,
  type PlugIn,
  type Unrecognised,
} from '../partners/plug-in.ts';
import type { ProviderNextAction } from './next-action.ts';

/** The provider's view of one intent. Amounts are what is authorised or was captured, in the intent's currency. */
export interface ProviderPayment {
  readonly providerPaymentId: string;
  readonly status: 'waiting' | 'authorised' | 'captured' | 'voided' | 'failed';
  /** The shopper has chosen how to pay, and the provider or the shopper's bank is at work: only where it waits. */
  readonly isUnderWay?: true;
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

/** A callback in our words. `orderId` and `paymentId` are ours, repeated from the intent's metadata. */
export type PaymentUpdate =
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
  /** Known but not needed, such as the creation of an intent that we made. */
  | { readonly kind: 'ignored'; readonly word: string }
  | Unrecognised;

interface StartPayment {
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
  /** The smallest amount that the provider takes, in minor units of each currency; absent: no limit known. */
  readonly minAmountMinor?: Readonly<Partial<Record<Currency, number>>>;
  /** How long an unpaid order holds its stock under this method, in milliseconds. */
  readonly reservationMs: number;
}

/**
 * A payment provider with its settings and the sender. Each effect names its idempotency key, derived from our own
 * ids, and its undo: start is undone by void, capture by refund; a refund has no undo. Calls throw PartnerUnavailable
 * when no usable answer came; a refusal by the provider is a value.
 */
export interface BoundPaymentProvider extends BoundPlugIn {
  readonly methods: readonly OfferedMethod[];
  /** Idempotency key: `start:{paymentId}`. */
  start(
    now: Instant,
    command: StartPayment,
  ): Promise<{ readonly payment: ProviderPayment; readonly nextAction: ProviderNextAction }>;
  /** Idempotency key: `capture:{paymentId}`. Also returns the intent's state if it can no longer be captured. */
  capture(
    now: Instant,
    command: { readonly paymentId: string; readonly providerPaymentId: string; readonly amount: Money },
  ): Promise<ProviderPayment>;
  /** Idempotency key: `void:{paymentId}`. Also returns the intent's state if it can no longer be voided. */
  void(
    now: Instant,
    command: { readonly paymentId: string; readonly providerPaymentId: string; readonly currency: Currency },
  ): Promise<ProviderPayment>;
  /** Idempotency key: `refund:{refundId}`. */
  refund(
    now: Instant,
    command: {
      readonly orderId: string;
      readonly paymentId: string;
      readonly refundId: string;
      readonly providerPaymentId: string;
      readonly amount: Money;
    },
  ): Promise<ProviderRefund>;
  /** Asks for the intent's present state. */
  find(now: Instant, query: { readonly providerPaymentId: string }): Promise<ProviderPayment>;
  /** Reads a stored, genuine callback. */
  interpret(rawBody: Buffer): PaymentUpdate;
}

/** An entry of the registry. */
export interface PaymentProvider<Code extends string = string> extends PlugIn<Code, BoundPaymentProvider> {
  readonly methods: readonly OfferedMethod[];
}

/** Makes a registry entry from an adapter: keeps the literal code, hides the type of the settings. */
export function definePaymentProvider<const Code extends string, Settings>(
  adapter: Adapter<Code, Settings, BoundPaymentProvider>,
): PaymentProvider<Code> {
  return { ...definePlugIn<Code, Settings, BoundPaymentProvider>(adapter), methods: adapter.methods };
}
