/**
 * The instructions for one sandbox. Its page is built from them and from its operations and faults. All texts are
 * plain text. The page shows text between backticks as code.
 */
export interface PartnerHelp {
  /** The partner's name for a person. */
  readonly title: string;
  /** One paragraph about the protocol of the partner and the key that a caller presents. */
  readonly about: string;
  readonly tables: readonly HelpTable[];
  /** The behaviours that a fault rule can ask for with `behaviour`. */
  readonly behaviours?: readonly { readonly name: string; readonly effect: string }[] | undefined;
  /** A command to copy. `{url}` stands for the address of this sandbox. */
  readonly example?: { readonly title: string; readonly command: string } | undefined;
}

export interface HelpTable {
  readonly title: string;
  readonly text?: string | undefined;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The faults that every partner has, by kind, with the members that a rule may have and example values. */
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
  { kind: 'delay', effect: 'sends the webhook 5 s later', fault: { kind: 'delay', delayMs: 5_000 } },
  {
    kind: 'reorder',
    effect: 'sends the webhook after the next one about the same object',
    fault: { kind: 'reorder' },
  },
  { kind: 'drop', effect: 'loses the first delivery; the retry arrives', fault: { kind: 'drop' } },
  {
    kind: 'forge',
    effect: 'first sends a copy with a changed body and a wrong signature',
    fault: { kind: 'forge' },
  },
  {
    kind: 'stale',
    effect: 'first sends a copy that was correctly signed ten minutes ago',
    fault: { kind: 'stale' },
  },
] as const;
