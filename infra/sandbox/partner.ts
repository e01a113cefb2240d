import type { CallbackKind } from '../../events/callback.ts';
import type { PartnerCheckout } from './checkout.ts';
import type { Behaviour } from './faults.ts';
import type { PartnerHelp } from './pages/help.ts';
import type { HookSecret, SignedMessage } from './signatures.ts';
import type { Parcels } from './simulation/parcels.ts';
import type { PartnerStore } from './store.ts';

/** The key that callers must present, and the secret with which webhooks are signed. */
export interface PartnerKeys {
  readonly apiKey: string;
  readonly webhookSecret: HookSecret;
}

/** A partner's settings, in the form that its plug-in reads. */
export type PartnerSettings = Readonly<Record<string, unknown>>;

/** The values from which a sandbox builds a partner's settings. */
interface PartnerAccess {
  /** The address of the partner's server, without a trailing slash. */
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecrets: readonly { readonly id: string; readonly value: string }[];
}

/**
 * A sandbox partner. The file `sandbox/partner.ts` in a plug-in's folder exports it as `sandboxPartner`. The name of
 * the folder is the partner's code in settings, in webhook addresses and in fault rules.
 */
export interface SandboxPartner {
  /** A supplier is no plug-in and has no secret of the backend: an operator stores it. */
  readonly kind: CallbackKind | 'supplier';
  readonly code: string;
  /**
   * The distance of the partner's port from the first port. It is fixed so that addresses in documents stay true. A
   * partner without it takes the next free port, in the order of kinds and codes.
   */
  readonly portOffset?: number | undefined;
  /** The help for the page at the root. The page shows operations, objects and faults without it too. */
  readonly help?: PartnerHelp | undefined;
  /**
   * Whether pages of any origin may call the operations and read the answers. Only for a partner whose real API is
   * called from browsers, such as a payment provider that receives card data itself.
   */
  readonly answersBrowsers?: boolean | undefined;
  /** How shoppers pay at a payment provider. Without it, the sample shop can't use the provider. */
  readonly checkout?: PartnerCheckout | undefined;
  /** Makes new keys in the partner's own form. */
  readonly createKeys: () => PartnerKeys;
  /** The settings that an operator stores for this partner in the secret of its kind. */
  readonly settings: (access: PartnerAccess) => PartnerSettings;
  /** The headers that sign a webhook. While secrets are rotated, several of them sign. */
  readonly signHook: (secret: HookSecret, message: SignedMessage) => Record<string, string>;
  /** For a partner whose signature is in the body, or covers the address: the body and the query as they are sent. */
  readonly sealHook?:
    | ((secret: HookSecret, message: SignedMessage) => { readonly body: string; readonly query?: string })
    | undefined;
  readonly createServer: (sandbox: Sandbox) => PartnerServer;
}

/** A webhook to send. Faults with a reference are compared with its `reference`. */
export interface Hook {
  readonly eventId: string;
  readonly type: string;
  readonly reference: string;
  readonly body: string;
}

/** The tools for a partner's code. All work is synchronous and in one transaction of the store. */
export interface Sandbox {
  readonly store: PartnerStore;
  /**
   * The behaviour for goods, papers or a payment with this text, if a fault rule asks for one. With `among`, rules that
   * ask for another one are left for whom they concern.
   */
  readonly behaviour: <One extends Behaviour = Behaviour>(
    text: string,
    among?: readonly One[],
  ) => One | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly keys: () => PartnerKeys;
  /** The address of this partner's server, without a trailing slash. */
  readonly url: () => string;
  readonly sendHook: (hook: Hook) => void;
  /** Schedules a step of this partner, named `code.step`. The pace divides the delay. */
  readonly later: (step: string, delayMs: number, data: unknown) => void;
  readonly parcels: Parcels;
}

export interface PartnerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly requestId: string;
}

export interface PartnerAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  /** The body. It is sent as JSON, unless it is a string or a buffer. Then `headers` must name its type. */
  readonly body: unknown;
}

/** One operation of a partner. Faults use its `name`. The value of `:id` in the path is in `parameters.id`. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /**
   * For the page on which a shopper pays: the kind of object whose id is `:id` in the path. An object of a payment holds
   * our id of it. So `GET /sandbox/shopper?payment=` finds the page, for a shopper who has a code and no address.
   */
  readonly shopperPageOf?: string;
  readonly answer: (request: PartnerRequest, parameters: Record<string, string>) => PartnerAnswer;
}

/** A partner's server: its operations, its steps, and the form of its errors. */
export interface PartnerServer {
  readonly operations: readonly Operation[];
  /** The steps, by the name `code.step`. */
  readonly steps: Readonly<Record<string, (data: never) => void>>;
  /** Runs an operation with the partner's own rules of idempotency. */
  readonly guard: (request: PartnerRequest, operation: Operation, work: () => PartnerAnswer) => PartnerAnswer;
  /** Stored data of the object of a call. Faults with a reference are compared with it too. */
  readonly contextOf: (request: PartnerRequest, parameters: Record<string, string>) => string;
  /** The idempotency key of a call, if the partner answers 409 while the key's first call is still being handled. */
  readonly inFlightKey: (request: PartnerRequest) => string | undefined;
  readonly conflict: (requestId: string) => PartnerAnswer;
  readonly error: (status: number, requestId: string, detail: string) => PartnerAnswer;
}
