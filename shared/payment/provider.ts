import type { Authentication } from '../../events/authentication.ts';
import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import { defined } from '../kernel/defined.ts';
import type { Money } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import {
  type Adapter,
  type BoundPlugIn,
  definePlugIn,
  type PlugIn,
  type Unrecognised,
} from '../partners/plug-in.ts';
import type { TakesEvidence } from './evidence-command.ts';
import type { ProviderNextAction } from './next-action.ts';
import type { Payer, PayerField } from './payer-data.ts';
import type { ProviderDispute } from './provider-dispute.ts';
import type { SettlementFile, SettlementPeriod, SettlementRow } from './settlement-row.ts';

export type { ProviderDispute } from './provider-dispute.ts';

/**
 * The provider's view of one intent, in the intent's currency. `authorised` with captures: a part was taken, and the
 * rest can still be. `captured`: nothing more can be taken.
 */
export interface ProviderPayment {
  readonly providerPaymentId: string;
  /** For captures, voids and refunds, where the provider takes another reference than the intent's: from a callback. */
  readonly authorisationReference?: string;
  readonly status: 'waiting' | 'authorised' | 'captured' | 'voided' | 'failed';
  /** The shopper has chosen how to pay, and the provider or the shopper's bank is at work: only where it waits. */
  readonly isUnderWay?: true;
  /** What the shopper pays or has authorised, captures included. */
  readonly amount: Money;
  /** Every capture so far, oldest first. */
  readonly captures: readonly ProviderCapture[];
  /** Where the provider says it. */
  readonly authentication?: Authentication;
  readonly failureCode?: string;
  /** A capture that failed after it was reported: its reference, and the provider's reason. Its money does not come. */
  readonly captureFailed?: { readonly reference: string; readonly code: string };
  /** The later instalment that was declined: by our id of its capture, with the provider's code. */
  readonly declined?: { readonly captureId: string; readonly code: string };
}

/** What a callback says of an intent. It may name the payment by our ids alone. */
export type ReportedPayment = Omit<ProviderPayment, 'providerPaymentId'> &
  Partial<Pick<ProviderPayment, 'providerPaymentId'>>;

export interface ProviderCapture {
  /** Our id, if the provider repeats it. */
  readonly captureId?: string;
  /** The provider's own reference: the same in every answer, another one for each capture of the intent. */
  readonly reference: string;
  readonly amount: Money;
  /** The same money was reported before under another reference, failed afterwards, and is taken again. */
  readonly isAgain?: true;
  /** What the provider keeps of it, if the answer says so. */
  readonly fee?: Money;
  /** The banks' own number of a transfer, which the payer's statement shows: the end-to-end id of Pix. */
  readonly bankReference?: string;
  /** The number within the code that the shopper paid: the txid of Pix. */
  readonly codeReference?: string;
}

export interface ProviderRefund {
  readonly refundId: string;
  readonly providerReference: string;
  readonly status: 'pending' | 'paid' | 'failed';
  readonly amount: Money;
  /** Of one that failed: why. Of one that is pending: why it does not go on before a person acts at the provider. */
  readonly failureCode?: string;
}

/** The order and the payment that an intent was made for: our ids. */
export interface PaymentOwner {
  readonly orderId: string;
  readonly paymentId: string;
}

/** A callback in our words. `orderId` and `paymentId` are ours, repeated from the intent's metadata. */
export type PaymentUpdate =
  | {
      readonly kind: 'payment';
      readonly orderId: string;
      readonly paymentId: string;
      readonly payment: ReportedPayment;
    }
  | {
      readonly kind: 'refund';
      readonly orderId: string;
      readonly paymentId: string;
      readonly refund: ProviderRefund;
    }
  | {
      readonly kind: 'dispute';
      /** Ours, where the callback repeats them. Otherwise {@link BoundPaymentProvider.ownerOf} is asked. */
      readonly owner?: PaymentOwner;
      readonly providerPaymentId: string;
      readonly dispute: ProviderDispute;
    }
  /**
   * The callback only names an object, or nobody vouches for what it says. {@link BoundPaymentProvider.lookUp} asks for
   * the object under this reference of the adapter's own.
   */
  | { readonly kind: 'look-up'; readonly reference: string }
  /** Known but not needed, such as the creation of an intent that we made. */
  | { readonly kind: 'ignored'; readonly word: string }
  | Unrecognised;

/** An update that the provider gave when it was asked. */
export type LookedUp = Exclude<PaymentUpdate, { kind: 'look-up' }>;

interface StartPayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly method: string;
  /** Where the goods go. */
  readonly country: Country;
  readonly returnUrl?: string;
  /**
   * What the shopper pays of an order in instalments, with a mandate for the rest of the amount. Only for a method with
   * {@link MethodAbilities.chargesLater}. The payment's amount is the whole one, as in every answer.
   */
  readonly firstInstalment?: Money;
  /** Until when the order can be paid: the same in each repeat, and so a code or voucher may end then. */
  readonly payableUntil: Instant;
  /** Only for a method with {@link OfferedMethod.payerNeeds}, and then with each of these fields. */
  readonly payer?: Payer;
}

/** What a method can do at a provider. Offers, captures, refunds and the contract suite follow from it. */
export interface MethodAbilities {
  /** How the shopper pays: by which next action, or `cash` to the carrier. */
  readonly flow: 'confirm' | 'redirect' | 'qr' | 'voucher' | 'push' | 'cash';
  /**
   * When the money is taken. `at-once`: the shopper pushes it, so that nothing is ever authorised. `after-screening`:
   * we take what was authorised once the order may be sent. `at-dispatch`: we take the price of what leaves.
   * `at-delivery`: the carrier collects the price of each parcel, and no provider is asked.
   */
  readonly captures: 'at-once' | 'after-screening' | 'at-dispatch' | 'at-delivery';
  /** `none`: all or nothing. `once`: one smaller capture, the rest is released. `many`: several captures. */
  readonly partialCapture: 'none' | 'once' | 'many';
  /** Days for which an authorisation is sure to be honoured. Absent: not known, or nothing is authorised. */
  readonly authorisedDays?: number;
  /** Days after the payment in which the provider takes refunds. Absent: no such limit known. */
  readonly refundWindowDays?: number;
  /** Whether the method itself authenticates the shopper strongly, as a wallet or a bank's own page does. */
  readonly authenticates: boolean;
  /** Whether amounts can be charged later without the shopper, under a mandate: an order can be paid in instalments. */
  readonly chargesLater?: true;
}

export interface OfferedMethod extends MethodAbilities {
  readonly method: string;
  /** Absent: offered everywhere. */
  readonly countries?: readonly Country[];
  readonly currencies: readonly Currency[];
  /** The smallest amount that the provider takes, in minor units of each currency; absent: no limit known. */
  readonly minAmountMinor?: Readonly<Partial<Record<Currency, number>>>;
  /** The largest one, alike. */
  readonly maxAmountMinor?: Readonly<Partial<Record<Currency, number>>>;
  /** Decimal places that the provider takes, where they are fewer than those of ISO 4217. */
  readonly digits?: Readonly<Partial<Record<Currency, number>>>;
  /** How long an unpaid order holds its stock under this method, in milliseconds. */
  readonly reservationMs: number;
  /** What the provider must know of the shopper. An order without it is refused at the field. */
  readonly payerNeeds?: readonly PayerField[];
  /** Not every merchant may use it: offered only if the seller's settings name the provider for the method. */
  readonly onlyIfChosen?: true;
}

/** The part of an authorised amount to take. */
interface CaptureCommand {
  readonly orderId: string;
  readonly paymentId: string;
  readonly providerPaymentId: string;
  /** As {@link ProviderPayment} had it. */
  readonly authorisationReference?: string;
  /** Ours: the payment's own id for a capture of the whole, the parcel's for that of one parcel. */
  readonly captureId: string;
  readonly amount: Money;
  /** Whether nothing more will be taken, so that the provider releases the rest. */
  readonly isFinal: boolean;
  /**
   * The number of the instalment. The first is the capture of what the shopper authorised. Each later one is charged
   * without the shopper, at most once for its `captureId`: a decline is an answer with `declined`, and each repeat has
   * the same one.
   */
  readonly instalment?: number;
}

/**
 * A payment provider with its settings and the sender. Each effect names its idempotency key, derived from our own
 * ids, and its undo: start is undone by void, capture by refund; a refund has no undo. Calls throw PartnerUnavailable
 * when no usable answer came; a refusal by the provider is a value.
 */
export interface BoundPaymentProvider extends BoundPlugIn, TakesEvidence {
  readonly methods: readonly OfferedMethod[];
  /**
   * The codes of declines which say that the bank, the network or the provider could not be reached: another provider
   * may succeed at once. None that is about the shopper, the money or fraud.
   */
  readonly softDeclines?: readonly string[];
  /** Idempotency key: `start:{paymentId}`. */
  start(
    now: Instant,
    command: StartPayment,
  ): Promise<{ readonly payment: ProviderPayment; readonly nextAction: ProviderNextAction }>;
  /** Idempotency key: `capture:{captureId}`. Also returns the intent's state if it can no longer be captured. */
  capture(now: Instant, command: CaptureCommand): Promise<ProviderPayment>;
  /** Idempotency key: `void:{paymentId}`. Also returns the intent's state if it can no longer be voided. */
  void(
    now: Instant,
    command: {
      readonly orderId: string;
      readonly paymentId: string;
      readonly providerPaymentId: string;
      readonly authorisationReference?: string;
      readonly currency: Currency;
    },
  ): Promise<ProviderPayment>;
  /** Idempotency key: `refund:{refundId}`. A refund that the provider no longer takes is `failed`, with its code. */
  refund(
    now: Instant,
    command: {
      readonly orderId: string;
      readonly paymentId: string;
      readonly refundId: string;
      readonly providerPaymentId: string;
      readonly authorisationReference?: string;
      readonly amount: Money;
      /** When it was recorded that it will be asked for: before the first call. */
      readonly askedAt: Instant;
      /** The provider's references of the payment's other refunds, as far as they are known. */
      readonly otherReferences: readonly string[];
      /** The capture that it is given back from, where each instalment is a capture of its own. */
      readonly captureReference?: string;
    },
  ): Promise<ProviderRefund>;
  /**
   * The intent of a start whose answer was lost, found by our ids; undefined if there is none. It asks the shopper for
   * nothing. Where it is absent, repeating `start` gives the same intent and is seen by nobody.
   */
  findStarted?(now: Instant, query: PaymentOwner): Promise<ProviderPayment | undefined>;
  /** Asks for the intent's present state. */
  find(now: Instant, query: { readonly providerPaymentId: string }): Promise<ProviderPayment>;
  /** Whose intent that is; undefined if it is not ours. Only for a provider whose disputes don't repeat our ids. */
  ownerOf?(now: Instant, query: { readonly providerPaymentId: string }): Promise<PaymentOwner | undefined>;
  /**
   * The lines of every payout that reached our bank in the period. Only for a provider that tells its settlements by an
   * API. The lines of a payout are complete, so that asking again gives the same ones.
   */
  settlements?(now: Instant, period: SettlementPeriod): Promise<readonly SettlementRow[]>;
  /**
   * The longest time from a capture, a refund or a dispute to its line in a settlement, in days. What has no line by
   * then is reported as missing. Where the provider settles by an API or by files.
   */
  readonly settledWithinDays?: number;
  /**
   * Until it decides, the provider may only hold contested money, with lines that belong to no order. So only a dispute
   * that is lost must have a line in time.
   */
  readonly holdsContested?: true;
  /** For a provider with settlement files. */
  readonly settlementFile?: SettlementFile;
  /** Asks for what a callback named: none, or several updates. Only for a provider whose callbacks are hints. */
  lookUp?(now: Instant, query: { readonly reference: string }): Promise<readonly LookedUp[]>;
  /** Reads a stored, genuine callback. */
  interpret(rawBody: Buffer): PaymentUpdate;
}

/** An entry of the registry. */
export interface PaymentProvider<Code extends string = string> extends PlugIn<Code, BoundPaymentProvider> {
  readonly methods: readonly OfferedMethod[];
  readonly settlementFile?: SettlementFile;
}

/** Makes a registry entry from an adapter: keeps the literal code, hides the type of the settings. */
export function definePaymentProvider<const Code extends string, Settings>(
  adapter: Adapter<Code, Settings, BoundPaymentProvider>,
): PaymentProvider<Code> {
  const { methods, settlementFile } = adapter;
  return {
    ...definePlugIn<Code, Settings, BoundPaymentProvider>(adapter),
    methods,
    ...defined({ settlementFile }),
  };
}
