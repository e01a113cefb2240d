import type * as z from 'zod';
import type { CallbackKind } from '../../events/callback.ts';
import type { PartnerSettings } from '../sandbox/partner.ts';
import type { SignedMessage } from '../sandbox/signatures.ts';

/** A request to a partner's real API. */
interface AccountRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A partner's answer with a status below 300. */
interface AccountAnswer {
  readonly json: unknown;
  /** The partner's own time in milliseconds since 1970, or this machine's where the answer has none. */
  readonly atMs: number;
}

/**
 * Sends a request. Throws {@link NotNow} where a later try may succeed, and {@link AccountRefused} where the partner
 * refuses the key or the request.
 */
export type AccountCall = (request: AccountRequest) => Promise<AccountAnswer>;

/** The partner gave no usable answer: no connection, 408, 425, 429, 5xx or garbage. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
  /** How long the partner asks us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, retryAfterMs?: number) {
    super(reason);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The partner refuses the key or the request. The message has the status and the partner's code, and no secret. */
export class AccountRefused extends Error {
  override readonly name = 'AccountRefused';
  readonly status: number;

  constructor(status: number, code: string) {
    super(`refused with ${status} ${code}`.trim());
    this.status = status;
  }
}

/** An event of the partner, in the exact form of the webhook that would report it. */
export interface PolledEvent {
  readonly eventId: string;
  /** The partner's word for what happened, for the terminal. */
  readonly word: string;
  readonly body: string;
}

/** What one poll found. The position is stored when all events were delivered. */
export interface PolledEvents<Position> {
  /** The oldest first. */
  readonly events: readonly PolledEvent[];
  readonly position: Position;
}

/** Names the secret with which polled events are signed. It is made at the start and never leaves this machine. */
interface PollSecret {
  readonly id: string;
  readonly value: string;
}

/**
 * How the backend on one machine uses an account at the real partner with test keys. The file `test-account/account.ts`
 * in a plug-in's folder exports it as `testAccount`.
 */
export interface TestAccountPlugIn<Entry, Position> {
  readonly kind: CallbackKind;
  readonly code: string;
  /** The partner's entry in the key file. It refuses live keys, placeholders and unknown fields. */
  readonly entry: z.ZodType<Entry>;
  /** The partner's stored position. */
  readonly position: z.ZodType<Position>;
  /** What is polled, as in `its events`. */
  readonly polled: string;
  readonly pollEveryMs: number;
  /** What can't work with test keys on one machine: whole sentences. */
  readonly limits: readonly string[];
  readonly baseUrl: (entry: Entry) => string;
  /** The settings that the plug-in's adapter reads. */
  readonly settings: (entry: Entry, secret: PollSecret) => PartnerSettings;
  /** A cheap call that needs what polling needs. */
  readonly checkRequest: (entry: Entry) => AccountRequest;
  /** Where polling begins: at the partner's present time. */
  readonly firstPosition: (atMs: number) => Position;
  /** Reads everything that is new since the position. */
  readonly poll: (call: AccountCall, entry: Entry, position: Position) => Promise<PolledEvents<Position>>;
  /** The headers that sign an event, as the partner signs its webhooks. */
  readonly sign: (secret: string, message: SignedMessage) => Record<string, string>;
  /** How the sample order is paid, at a payment provider. */
  readonly pay?: ((call: AccountCall, entry: Entry, clientSecret: string) => Promise<void>) | undefined;
  /** A command for a POSIX shell that pays; the client secret is in the variable SECRET. */
  readonly payCommand?: ((entry: Entry) => string) | undefined;
  /** The partner's own page about its test cards. */
  readonly testCardsUrl?: string | undefined;
}

/** A test account with the keys of the file. Its keys are inside and can't be read from it. */
export interface TestAccount
  extends Pick<
    TestAccountPlugIn<never, never>,
    'kind' | 'code' | 'polled' | 'pollEveryMs' | 'limits' | 'sign' | 'testCardsUrl'
  > {
  readonly baseUrl: string;
  settings(secret: PollSecret): PartnerSettings;
  /** Gives the partner's present time. Throws as {@link AccountCall} does. */
  check(call: AccountCall): Promise<number>;
  firstPosition(atMs: number): unknown;
  /** Throws an Error where the stored position can't be read. */
  poll(call: AccountCall, position: unknown): Promise<PolledEvents<unknown>>;
  readonly pay: ((call: AccountCall, clientSecret: string) => Promise<void>) | undefined;
  readonly payCommand: string | undefined;
}

/** A plug-in's entry in the registry: the types of its entry and of its position are inside. */
export interface TestAccountKind {
  readonly kind: CallbackKind;
  readonly code: string;
  readonly entry: z.ZodType;
  /** The account with these keys. `entry` is what the schema gave. */
  open(entry: unknown): TestAccount;
}

/** Makes a registry entry from what the author of a plug-in writes. */
export function defineTestAccount<Entry, Position>(
  plugIn: TestAccountPlugIn<Entry, Position>,
): TestAccountKind {
  const { kind, code, entry: schema } = plugIn;
  return { kind, code, entry: schema, open: (given) => openAccount(plugIn, schema.parse(given)) };
}

function openAccount<Entry, Position>(plugIn: TestAccountPlugIn<Entry, Position>, entry: Entry): TestAccount {
  const { kind, code, polled, pollEveryMs, limits, sign, testCardsUrl, pay } = plugIn;
  return {
    ...{ kind, code, polled, pollEveryMs, limits, sign, testCardsUrl },
    baseUrl: plugIn.baseUrl(entry),
    settings: (secret) => plugIn.settings(entry, secret),
    check: async (call) => (await call(plugIn.checkRequest(entry))).atMs,
    firstPosition: plugIn.firstPosition,
    poll: (call, position) => plugIn.poll(call, entry, readPosition(plugIn, position)),
    pay: pay === undefined ? undefined : (call, clientSecret) => pay(call, entry, clientSecret),
    payCommand: plugIn.payCommand?.(entry),
  };
}

function readPosition<Position>(
  { code, position }: Pick<TestAccountPlugIn<never, Position>, 'code' | 'position'>,
  stored: unknown,
): Position {
  const read = position.safeParse(stored);
  if (read.success) return read.data;
  throw new Error(`the position of ${code} can't be read: give another data folder`);
}
