import type { z } from 'zod';
import type { Instant } from '../kernel/time.ts';
import type { Send } from './send.ts';

/** A partner's call as we received it: header names in lower case, the body's exact bytes. */
export interface Callback {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
}

/** Why a call is not accepted as the partner's own. */
export type RefusalReason = 'no-signature' | 'bad-signature' | 'stale' | 'malformed';

/**
 * The verdict on a call. `callbackId` is the partner's id of the event, so that we recognise a repeat.
 * `secretId` names the secret that signed the call, so that a rotated secret can be removed once it no longer matches.
 * A refusal gives a reason for the log; the caller only gets a 4xx.
 */
export type Verdict =
  | {
      readonly genuine: true;
      readonly callbackId: string;
      readonly secretId: string;
      /** For a call that reports several things: each as a call of its own. Otherwise the call itself is taken. */
      readonly parts?: readonly CallPart[];
    }
  | { readonly genuine: false; readonly reason: RefusalReason };

/** One of several reports in a call: its own id, and the body that says it alone. */
export interface CallPart {
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

/** A partner's word that we don't know. We keep it as it is and raise an alarm; we never guess. */
export interface Unrecognised {
  readonly kind: 'unrecognised';
  readonly word: string;
}

/**
 * What use cases see of a plug-in, once it has its settings and the sender. Each further method of a port takes the
 * time first. Members that are not methods are the same for all settings.
 */
export interface BoundPlugIn {
  readonly code: string;
  /** The JSON that the partner wants for an accepted call, if 200 is not enough: otherwise it repeats the call. */
  readonly acknowledgement?: string;
  /**
   * Checks the signature over the raw body, and its age. Never throws on bad input. Where the partner's certificate has
   * to be fetched first, it throws PartnerUnavailable while that can't be had: the partner then repeats the call.
   */
  verify(now: Instant, callback: Callback): Verdict | Promise<Verdict>;
  /** Reads a stored, genuine callback. The result does not depend on the time. Throws when it can't be read. */
  interpret(rawBody: Buffer): unknown;
}

/** A plug-in that checks calls with its settings alone. */
export interface BoundBySecrets extends BoundPlugIn {
  verify(now: Instant, callback: Callback): Verdict;
}

/**
 * An entry of a registry: a code, which names the plug-in in URLs, settings and storage, and a function that binds it.
 * `bind` hides the type of the settings, so that plug-ins with different settings fit in one array.
 */
export interface PlugIn<Code extends string, Bound extends BoundPlugIn> {
  readonly code: Code;
  /** Describes the settings, for documentation and for checking a secret before it is stored. */
  readonly settings: z.ZodType;
  /** Parses the settings once; throws {@link SettingsRefused} when they do not fit. */
  bind(settings: unknown, send: Send): Bound;
}

/** An entry of a registry whose plug-in is loaded when it is needed: most invocations need one of many. */
export interface LatePlugIn<Code extends string, Bound extends BoundPlugIn> {
  readonly code: Code;
  /** Rejects if its code can't be loaded. */
  load(): Promise<PlugIn<Code, Bound>>;
}

/** What a plug-in's own methods get in place of `now`. The plug-in itself holds no state. */
export interface PlugInContext<Settings> {
  readonly settings: Settings;
  readonly send: Send;
  readonly now: Instant;
}

/**
 * What the author of a plug-in writes: the methods of `Bound`, with the context where the bound method takes the time.
 * `interpret` gets the settings in the place of the context, and plain members are the same in both.
 */
export type Adapter<Code extends string, Settings, Bound extends BoundPlugIn> = {
  readonly [Name in keyof Omit<Bound, keyof BoundPlugIn>]: NonNullable<Bound[Name]> extends (
    now: Instant,
    ...rest: infer Rest
  ) => infer Answer
    ? (context: PlugInContext<Settings>, ...rest: Rest) => Answer
    : Bound[Name];
} & {
  readonly code: Code;
  readonly acknowledgement?: string;
  readonly settings: z.ZodType<Settings>;
  readonly verify: (context: PlugInContext<Settings>, callback: Callback) => ReturnType<Bound['verify']>;
  /** `settings` are for a partner that encrypts what it reports. */
  readonly interpret: (rawBody: Buffer, settings: Settings) => ReturnType<Bound['interpret']>;
};

/**
 * The deployment has no settings for a partner that an order names. Repeating doesn't help until somebody stores them.
 */
export class PartnerNotSetUp extends Error {
  override readonly name = 'PartnerNotSetUp';
}

/** Makes a registry entry from an adapter: keeps the literal code, hides the type of the settings. */
export function definePlugIn<Code extends string, Settings, Bound extends BoundPlugIn>(
  adapter: Adapter<Code, Settings, Bound>,
): PlugIn<Code, Bound> {
  return {
    code: adapter.code,
    settings: adapter.settings,
    bind: (json, send) => bindAdapter(adapter, readSettings(adapter, json), send),
  };
}

/** A method of an adapter that takes the context where the bound method takes the time. */
type ContextMethod<Settings> = (context: PlugInContext<Settings>, ...rest: readonly unknown[]) => unknown;

/** Binds each method of the adapter to the settings and the sender; the time comes with each call. */
function bindAdapter<Code extends string, Settings, Bound extends BoundPlugIn>(
  adapter: Adapter<Code, Settings, Bound>,
  settings: Settings,
  send: Send,
): Bound {
  const { code, settings: _schema, verify, interpret, ...own } = adapter;
  const members = Object.entries(own).map(([name, member]) => {
    if (typeof member !== 'function') return [name, member] as const;
    const method = member as ContextMethod<Settings>;
    const bound = (now: Instant, ...rest: readonly unknown[]) => method({ settings, send, now }, ...rest);
    return [name, bound] as const;
  });
  const bound: BoundPlugIn = {
    code,
    verify: (now, callback) => verify({ settings, send, now }, callback),
    interpret: (rawBody) => interpret(rawBody, settings),
    ...Object.fromEntries(members),
  };
  // TypeScript can't see that the entries together are a `Bound`. The type `Adapter` has checked each of them.
  return bound as Bound;
}

/** A partner's settings do not fit their schema. The message names the fields, never the values: they are secrets. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
}

/** An operator's page shows the message as a reason for attention, and ends the reason by it: so it stays short. */
const MAX_PLACES = 5;

/** Reads the settings of a plug-in; throws {@link SettingsRefused}, which names the first places at fault. */
export function readSettings<Settings>(
  plugIn: { readonly code: string; readonly settings: z.ZodType<Settings> },
  settings: unknown,
): Settings {
  const read = plugIn.settings.safeParse(settings);
  if (read.success) return read.data;
  const places = read.error.issues
    .slice(0, MAX_PLACES)
    // A message of zod's own may repeat what it read. One that a schema of ours brings does not.
    .map(({ path, code, message }) => `/${path.join('/')}: ${code === 'custom' ? message : code}`);
  throw new SettingsRefused(`settings of ${plugIn.code} are refused: ${places.join(', ')}`);
}
