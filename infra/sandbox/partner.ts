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

/** The values that a partner's settings are built from in this sandbox. */
interface PartnerAccess {
  /** Where the partner's server listens, without a trailing slash. */
  readonly url: string;
  readonly apiKey: string;
  readonly webhookSecrets: readonly { readonly id: string; readonly value: string }[];
}

/**
 * A sandbox partner: what `sandbox/partner.ts` in a plug-in's folder exports as `sandboxPartner`. The folder's name is
 * the partner's code, in settings, in the addresses of its webhooks and in fault rules.
 */
export interface SandboxPartner {
  readonly kind: CallbackKind;
  readonly code: string;
  /**
   * The partner's port is this many after the first one, so that addresses in documents stay true. A partner without
   * a place of its own takes the next one that is free, in the order of kinds and codes.
   */
  readonly portOffset?: number | undefined;
  /** For the page at the root of its server, which has operations, objects and faults without it. */
  readonly help?: PartnerHelp | undefined;
  /**
   * Whether pages of any origin may call its operations and read the answers. True only of a partner whose real API is
   * called from browsers, such as a payment provider that takes card data itself.
   */
  readonly answersBrowsers?: boolean | undefined;
  /** Of a payment provider: how shoppers pay at it. Without it the sample shop can't use the provider. */
  readonly checkout?: PartnerCheckout | undefined;
  /** Makes new keys, in the partner's own form. */
  readonly createKeys: () => PartnerKeys;
  /** What an operator stores for this partner in the secret of its kind. */
  readonly settings: (access: PartnerAccess) => PartnerSettings;
  /** The headers that sign a webhook. Several secrets sign side by side while they are being rolled. */
  readonly signHook: (secret: HookSecret, message: SignedMessage) => Record<string, string>;
  readonly createServer: (sandbox: Sandbox) => PartnerServer;
}

/** A webhook to send; per-reference faults match its `reference`. */
export interface Hook {
  readonly eventId: string;
  readonly type: string;
  readonly reference: string;
  readonly body: string;
}

/** The tools of a partner's code. All work is synchronous inside one transaction of the store. */
export interface Sandbox {
  readonly store: PartnerStore;
  /** The behaviour of the other side for goods or papers with this text, if a fault rule asks for it. */
  readonly behaviour: (text: string) => Behaviour | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly keys: () => PartnerKeys;
  /** Where this partner's server listens, without a trailing slash. */
  readonly url: () => string;
  readonly sendHook: (hook: Hook) => void;
  /** Schedules a step of this partner, named `code.step`; the delay is divided by the pace. */
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
  /** Sent as JSON, unless it is a string or a buffer (then `headers` must name its type). */
  readonly body: unknown;
}

/** One operation of a partner: `name` is what faults call it. `:id` in the path is handed over as `parameters.id`. */
export interface Operation {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly answer: (request: PartnerRequest, parameters: Record<string, string>) => PartnerAnswer;
}

/** A partner's server: its operations, the effects of its steps, and the form of its errors. */
export interface PartnerServer {
  readonly operations: readonly Operation[];
  /** By name, each `code.step`. */
  readonly steps: Readonly<Record<string, (data: never) => void>>;
  /** The partner's own idempotency, wrapped around an operation. */
  readonly guard: (request: PartnerRequest, operation: Operation, work: () => PartnerAnswer) => PartnerAnswer;
  /** Stored data of the call's object: per-reference faults match it too. */
  readonly contextOf: (request: PartnerRequest, parameters: Record<string, string>) => string;
  /** Signals that this key's first call is still being worked on (409), when the partner has such a notion. */
  readonly inFlightKey: (request: PartnerRequest) => string | undefined;
  readonly conflict: (requestId: string) => PartnerAnswer;
  readonly error: (status: number, requestId: string, detail: string) => PartnerAnswer;
}
