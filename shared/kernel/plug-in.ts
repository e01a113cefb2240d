import type { z } from 'zod';
import type { Send } from './send.ts';
import type { Instant } from './time.ts';

/** What every plug-in is handed: its own settings, the sender, the time. It holds nothing itself. */
export interface PlugInContext<Settings> {
  readonly settings: Settings;
  readonly send: Send;
  readonly now: Instant;
}

/** A partner's call as it came: header names in lower case, the body's exact bytes. */
export interface Callback {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
}

/**
 * The verdict on a call. `callbackId` names the event at the partner, so that a repeat is known as one.
 * A refusal says why in a word for the log; the caller is told nothing more than 4xx.
 */
export type Verdict =
  | { readonly genuine: true; readonly callbackId: string }
  | { readonly genuine: false; readonly reason: 'no-signature' | 'bad-signature' | 'stale' | 'malformed' };

/** Checks the signature over the raw body and its age. Never throws on bad input. */
export type Verify<Settings> = (
  context: Omit<PlugInContext<Settings>, 'send'>,
  callback: Callback,
) => Verdict;

/** What every plug-in has. `code` is its name in URLs, settings and storage. */
export interface PlugIn<Code extends string, Settings> {
  readonly code: Code;
  readonly settings: z.ZodType<Settings>;
  readonly verify: Verify<Settings>;
}

/** A word of the partner that we do not know: kept raw, raised as an alarm, never guessed. */
export interface Unrecognised {
  readonly kind: 'unrecognised';
  readonly word: string;
}
