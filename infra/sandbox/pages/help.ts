/**
 * The instructions for one sandbox. Its page is built from them, its operations and its faults. Plain text throughout;
 * the page shows text between backticks as code.
 */
export interface PartnerHelp {
  /** The partner's name for a person. */
  readonly title: string;
  /** One paragraph: which protocol it speaks and how a caller presents its key. */
  readonly about: string;
  readonly tables: readonly HelpTable[];
  /** The behaviours of the other side that a fault rule can ask for with `behaviour`. */
  readonly behaviours?: readonly { readonly name: string; readonly effect: string }[] | undefined;
  /** A command to copy; `{url}` is the address of this sandbox. */
  readonly example?: { readonly title: string; readonly command: string } | undefined;
}

export interface HelpTable {
  readonly title: string;
  readonly text?: string | undefined;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The faults of every partner by kind, with the members that a rule may have and example values. */
export const callFaults = [
  { kind: 'error', effect: 'answers 503', fault: { kind: 'error', status: 503 } },
  {
    kind: 'timeout',
    effect: 'does the work and gives no answer for 12 s',
    fault: { kind: 'timeout', holdMs: 12_000, done: true },
  },
  { kind: 'slow', effect: 'answers after 3 s', fault: { kind: 'slow', delayMs: 3_000 } },
  { kind: 'garbage', effect: 'answers 200 with a body that is not JSON', fault: { kind: 'garbage' } },
  { kind: 'reset', effect: 'closes the connection', fault: { kind: 'reset' } },
  {
    kind: 'throttle',
    effect: 'answers 429 with Retry-After',
    fault: { kind: 'throttle', retryAfterSeconds: 1 },
  },
] as const;

export const hookFaults = [
  { kind: 'duplicate', effect: 'sends the webhook twice', fault: { kind: 'duplicate' } },
  { kind: 'delay', effect: 'sends it 5 s later', fault: { kind: 'delay', delayMs: 5_000 } },
  { kind: 'reorder', effect: 'sends it after the next one about the same thing', fault: { kind: 'reorder' } },
  { kind: 'drop', effect: 'loses the first delivery; the retry arrives', fault: { kind: 'drop' } },
  {
    kind: 'forge',
    effect: 'sends a copy with a changed body and a wrong signature first',
    fault: { kind: 'forge' },
  },
  { kind: 'stale', effect: 'sends a well-signed copy of ten minutes ago first', fault: { kind: 'stale' } },
] as const;
