import type { FaultControl } from './faults.ts';
import type { PartnerHelp } from './pages/help.ts';
import type { PartnerName } from './partner-names.ts';
import type { HookSecret } from './signatures.ts';
import type { PartnerStore } from './store.ts';

/** Keys that callers must present, and secrets with which webhooks are signed. */
export interface PartnerSecrets {
  stripeApiKey: string;
  stripeWebhook: HookSecret;
  easypostApiKey: string;
  easypostWebhook: HookSecret;
  brokerApiKey: string;
  /** `whsec_` and base64, as Standard Webhooks has it. */
  brokerWebhook: HookSecret;
  warehouseApiKey: string;
  /** `whsec_` and base64, as Standard Webhooks has it. */
  warehouseWebhook: HookSecret;
}

/** A webhook to be sent; `reference` is what per-reference faults look at. */
export interface Hook {
  readonly partner: PartnerName;
  readonly eventId: string;
  readonly type: string;
  readonly reference: string;
  readonly body: string;
}

/** What every partner's code is given. All work is synchronous inside one transaction of the store. */
export interface Sandbox {
  readonly store: PartnerStore;
  readonly faults: FaultControl;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly secrets: () => PartnerSecrets;
  /** Where this partner's server listens, without a trailing slash. */
  readonly urlOf: (partner: PartnerName) => string;
  readonly sendHook: (hook: Hook) => void;
  /** Schedules a step of the physical world; the delay is divided by the pace. */
  readonly later: (kind: string, delayMs: number, data: unknown) => void;
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
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly answer: (request: PartnerRequest, parameters: Record<string, string>) => PartnerAnswer;
}

/** A partner: its operations, what its steps do, and how it says that something is wrong. */
export interface PartnerServer {
  readonly name: PartnerName;
  readonly operations: readonly Operation[];
  /** For the page at the root of its server. */
  readonly help?: PartnerHelp;
  readonly steps: Readonly<Record<string, (data: never) => void>>;
  /** The partner's own idempotency, wrapped around an operation. */
  readonly guard: (request: PartnerRequest, operation: Operation, work: () => PartnerAnswer) => PartnerAnswer;
  /** What is stored about the object that the call is about: per-reference faults look there too. */
  readonly contextOf: (request: PartnerRequest, parameters: Record<string, string>) => string;
  /** Signals that this key's first call is still being worked on (409), when the partner has such a notion. */
  readonly inFlightKey: (request: PartnerRequest) => string | undefined;
  readonly conflict: (requestId: string) => PartnerAnswer;
  readonly error: (status: number, requestId: string, detail: string) => PartnerAnswer;
}
