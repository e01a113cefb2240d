import type { Currency } from '../../kernel/currency.ts';
import type { Money } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Callback, PlugInContext, Verdict } from '../../partners/plug-in.ts';
import type { PartnerRequest, PartnerResponse } from '../../partners/send.ts';
import type { ProviderNextAction } from '../next-action.ts';
import type {
  BoundPaymentProvider,
  OfferedMethod,
  PaymentOwner,
  ProviderPayment,
  ProviderRefund,
} from '../provider.ts';

export type StartCommand = Parameters<BoundPaymentProvider['start']>[1];
export type RefundCommand = Parameters<BoundPaymentProvider['refund']>[1];

/** A method and a path. `{id}` stands for the wallet's id of the payment, `{refund}` for our id of the refund. */
export type WalletPath = `${'GET' | 'POST' | 'PUT'} /${string}`;

/**
 * A wallet, or any provider whose shopper pushes the money: nothing is ever authorised. All that data can say of its
 * API. Fields are named by their path in the JSON, `amount.total`.
 */
export interface WalletData<Code extends string = string> {
  readonly code: Code;
  readonly methods: readonly OfferedMethod[];
  readonly amounts: WalletAmounts;
  /** The JSON that the wallet wants for an accepted call. Absent: 200 is enough. */
  readonly acknowledgement?: string;
  /** `findRefund`: where the answer to `refund` does not say what became of it. */
  readonly paths: Readonly<Record<'start' | 'find' | 'refund', WalletPath>> & {
    /** Absent: an open payment can't be closed. It ends by itself, and `void` gives its state until then. */
    readonly close?: WalletPath;
    readonly findRefund?: WalletPath;
  };
  readonly payment: {
    /** The wallet's id of the payment, in the answer to `start` too. Absent: it goes by the id that we give it. */
    readonly id?: string;
    readonly status: string;
    readonly amount: string;
    readonly currency: string;
    /** The reference of the money that was taken. */
    readonly capture: string;
    /** The number of the transfer that the shopper's own statement shows. */
    readonly bankReference?: string;
    readonly failure?: string;
    readonly statuses: Readonly<Record<string, ProviderPayment['status']>>;
    /** The statuses in which the shopper, or the shopper's bank, is at work. */
    readonly underWay?: readonly string[];
    /** The refusals of `find` that say: there is no such payment. */
    readonly unknown: readonly string[];
    /** The refusals of `close` that say: it can't be closed in its state. */
    readonly notClosable?: readonly string[];
    /** Closing a payment that was paid a moment ago gives its money back. */
    readonly closingReturnsMoney?: true;
  };
  readonly refund: {
    readonly reference: string;
    readonly status: string;
    readonly amount: string;
    readonly currency: string;
    readonly failure?: string;
    readonly statuses: Readonly<Record<string, ProviderRefund['status']>>;
    /** The statuses in which a refund is pending until a person acts at the wallet. */
    readonly stuck?: readonly string[];
    /** The refusals that are final. Others need a person. */
    readonly refusals: readonly string[];
  };
  readonly events: {
    /** Where the type is. For a wallet without types the mapper's `typeOf` says what is reported. */
    readonly type: string;
    /** What each type of event reports; a type that is not here is unrecognised. */
    readonly kinds: Readonly<Record<string, 'payment' | 'refund' | 'ignored'>>;
  };
}

/** How the wallet writes amounts: `integer-text` is `"1999"`, `decimal-text` is `"19.99"`, `integer` is `1999`. */
export interface WalletAmounts {
  readonly as: 'integer' | 'integer-text' | 'decimal-text';
  /** The decimals of a currency, where they are others than those of ISO 4217. */
  readonly digits?: Readonly<Partial<Record<Currency, number>>>;
}

/** A request before it is signed. `path` has the query. */
export type WalletRequest = Pick<PartnerRequest, 'method' | 'body'> & { readonly path: string };

/** What the wallet says no to, with the HTTP status that would say the same of the request. */
export interface WalletRefusal {
  readonly status: number;
  readonly code: string;
}

/** What a wallet's data can't say. Each function is small, and does no input or output. */
export interface WalletMapper<Settings> {
  /** The headers that authenticate a request. */
  readonly authorise: (
    context: { readonly settings: Settings; readonly now: Instant },
    request: WalletRequest,
  ) => Readonly<Record<string, string>>;
  /** Whether the wallet itself gave the answer. Absent: it signs none. */
  readonly isGenuine?: (
    context: { readonly settings: Settings; readonly now: Instant },
    request: WalletRequest,
    response: PartnerResponse,
  ) => boolean;
  /** The refusal in an answer that is no error of the moment; undefined if the request was accepted. */
  readonly refusalIn: (response: PartnerResponse) => WalletRefusal | undefined;
  /** The ids that we give to a payment and to a refund. */
  readonly paymentReference: (owner: PaymentOwner) => string;
  readonly refundReference: (command: Pick<RefundCommand, 'orderId' | 'paymentId' | 'refundId'>) => string;
  /** The bodies of requests. `total` reads what was paid in all. `amount` is written in the wallet's form. */
  readonly bodies: {
    readonly start: (settings: Settings, command: StartCommand, amount: unknown) => object;
    /** `id` is our own as long as the wallet's is not known. */
    readonly find?: (settings: Settings, id: string) => object;
    readonly findRefund?: (settings: Settings, reference: string) => object;
    readonly close?: (settings: Settings, id: string) => object;
    readonly refund: (settings: Settings, command: RefundCommand, amounts: RefundAmounts) => object;
  };
  /** The path at the address in the settings. Absent: as the data have it. */
  readonly path?: (settings: Settings, path: string) => string;
  /** What is appended to the paths of GET, `?mchid=190`. */
  readonly query?: (settings: Settings) => string;
  /** The shopper's next action in the answer to `start`: `none` if it was paid before; undefined if there is none. */
  readonly nextAction: (answer: unknown, command: StartCommand) => ProviderNextAction | undefined;
  /** The next action of a payment that was asked for again and is still open. Absent: `none`. */
  readonly openAction?: (command: StartCommand) => ProviderNextAction;
  /** The type of an event that names none; undefined if it is of no known form. */
  readonly typeOf?: (event: unknown) => string | undefined;
  /** The ids of ours in a payment and in a refund that an event reports; undefined if it is not ours. */
  readonly owner: (payment: unknown) => PaymentOwner | undefined;
  readonly refundOwner: (refund: unknown) => (PaymentOwner & { readonly refundId: string }) | undefined;
  /** The object that an event reports, in the form of the answer to `find` or `findRefund`. */
  readonly reported: (event: unknown, settings: Settings) => unknown;
  readonly verify: (context: Omit<PlugInContext<Settings>, 'send'>, callback: Callback) => Verdict;
}

/** The amount of a refund in the wallet's form, and the whole payment's. */
interface RefundAmounts {
  readonly refund: unknown;
  readonly total: unknown;
  readonly currency: Money['currency'];
}
