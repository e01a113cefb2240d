import { drawFraction } from './random.ts';
import type { PartnerStore } from './store.ts';

/**
 * A fault of a call. With `done`, the partner does the work although the caller gets no proper answer. `holdMs` and
 * `delayMs` are real milliseconds. The pace does not divide them.
 *
 * - timeout: gives no answer for `holdMs`, then closes the connection;
 * - slow: does the work after `delayMs`; a second call with the same idempotency key gets 409 until then;
 * - error: answers this status;
 * - garbage: answers 200 with a body that is not JSON;
 * - reset: breaks the connection;
 * - throttle: answers 429 with Retry-After.
 */
export type CallFault =
  | { kind: 'timeout'; holdMs: number; done?: boolean }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'error'; status: 500 | 502 | 503 | 504; done?: boolean }
  | { kind: 'garbage'; done?: boolean }
  | { kind: 'reset'; done?: boolean }
  | { kind: 'throttle'; retryAfterSeconds?: number };

/**
 * A fault of a webhook.
 *
 * - duplicate: sends the webhook this number of times more;
 * - delay: sends it later by `delayMs`;
 * - reorder: holds it until the next webhook about the same object was delivered, 3 s at most by default;
 * - drop: loses the first delivery; the retry arrives;
 * - forge: first sends a copy with a changed body and a signature by another secret;
 * - stale: first sends a copy that was correctly signed ten minutes ago. If the signature contains no time, the copy
 *   is a plain duplicate.
 */
export type HookFault =
  | { kind: 'duplicate'; copies?: number }
  | { kind: 'delay'; delayMs: number }
  | { kind: 'reorder' }
  | { kind: 'drop' }
  | { kind: 'forge' }
  | { kind: 'stale' };

/**
 * The actions that a partner takes without a call from us, for the goods or papers with a reference.
 *
 * - customs: inspection, documents, refused, detained; silent: it decides and sends no callback, so only a poll shows
 *   the decision;
 * - payment: declined: the shopper's payment is refused; other_amount, other_currency: it comes in as another one;
 *   paid_late: a payment whose time ran out is paid after all; disputed: it is contested as soon as it is paid;
 *   refund_fails: a refund is accepted, and the shopper's bank does not take it; capture_fails: a capture is reported,
 *   and fails afterwards;
 * - warehouse: short; silent: as for customs; stalled: it takes the order and never works on it;
 * - carrier: refused: it sells no label; lost, damaged, returned, attempt_failed, held; stalled: the parcel is never scanned after its departure.
 */
export type Behaviour =
  | 'declined'
  | 'other_amount'
  | 'other_currency'
  | 'paid_late'
  | 'disputed'
  | 'refund_fails'
  | 'capture_fails'
  | 'inspection'
  | 'documents'
  | 'refused'
  | 'detained'
  | 'silent'
  | 'short'
  | 'stalled'
  | 'lost'
  | 'damaged'
  | 'returned'
  | 'attempt_failed'
  | 'held';

export interface FaultRule {
  readonly id?: string;
  /** The partner's code. */
  readonly partner: string;
  /**
   * The name of an operation (`payment_intents.create`) or a webhook type (`refund.updated`). Without it, all match.
   */
  readonly on?: string;
  /**
   * The rule applies only where this text occurs: in a call's path, body or idempotency key, or in a webhook's
   * reference or body.
   */
  readonly reference?: string;
  /** How many times the rule applies. The default is 1 if `rate` is not given either. */
  readonly times?: number;
  /** Replaces `times`: the share of calls to which the rule applies, from 0 to 1. The seed decides which calls. */
  readonly rate?: number;
  readonly call?: CallFault;
  readonly hook?: HookFault;
  readonly behaviour?: Behaviour;
}

type StoredRule = FaultRule & { readonly id: string; readonly struck: number; readonly drawn: number };

/** The rules by which the partners produce faults. They are in the store, so they survive a restart. */
export class FaultControl {
  readonly #store: PartnerStore;
  readonly #seed: number;
  #rules: StoredRule[];

  constructor(store: PartnerStore, seed: number) {
    this.#store = store;
    this.#seed = seed;
    this.#rules = store.list<StoredRule>('fault').reverse();
  }

  /** Adds a rule with exactly one of `call`, `hook` and `behaviour`. Gives the rule's id. */
  add(rule: FaultRule): string {
    const effects = [rule.call, rule.hook, rule.behaviour].filter((effect) => effect !== undefined);
    if (effects.length !== 1)
      throw new RangeError('A fault rule needs exactly one of call, hook and behaviour');
    const id = rule.id ?? `flt_${this.#store.next('fault')}`;
    const stored = { ...rule, id, struck: 0, drawn: 0 };
    this.#rules = [...this.#rules.filter((one) => one.id !== id), stored];
    this.#store.put('fault', id, stored);
    return id;
  }

  remove(id: string): void {
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
    this.#store.remove('fault', id);
  }

  clear(): void {
    for (const rule of this.#rules) this.remove(rule.id);
  }

  list(): readonly (FaultRule & { struck: number })[] {
    return this.#rules;
  }

  /** The fault for this call, or undefined. Counts that the rule applied. */
  strikeCall(partner: string, operation: string, text: () => string): CallFault | undefined {
    return this.#strike(partner, operation, text, (rule) => rule.call);
  }

  /** The fault for this webhook, or undefined. Counts that the rule applied. */
  strikeHook(partner: string, type: string, text: () => string): HookFault | undefined {
    return this.#strike(partner, type, text, (rule) => rule.hook);
  }

  /** The behaviour, one of `among` if that is given, for which a fault rule asks here. Counts that the rule applied. */
  behaviour<One extends Behaviour>(partner: string, text: string, among?: readonly One[]): One | undefined {
    const isMeant = (behaviour: Behaviour): behaviour is One =>
      among === undefined || among.some((one) => one === behaviour);
    return this.#strike(
      partner,
      undefined,
      () => text,
      ({ behaviour }) => (behaviour !== undefined && isMeant(behaviour) ? behaviour : undefined),
    );
  }

  #strike<Effect>(
    partner: string,
    on: string | undefined,
    text: () => string,
    effectOf: (rule: FaultRule) => Effect | undefined,
  ): Effect | undefined {
    for (const rule of this.#rules) {
      const effect = effectOf(rule);
      if (effect === undefined || rule.partner !== partner) continue;
      if (rule.on !== undefined && on !== undefined && rule.on !== on) continue;
      if (rule.reference !== undefined && !text().includes(rule.reference)) continue;
      if (this.#draw(rule)) return effect;
    }
    return undefined;
  }

  #draw(rule: StoredRule): boolean {
    const struck =
      rule.rate === undefined
        ? rule.struck < (rule.times ?? 1)
        : drawFraction(`${this.#seed}:${rule.id}:${rule.drawn}`) < rule.rate;
    const counted = { ...rule, struck: rule.struck + (struck ? 1 : 0), drawn: rule.drawn + 1 };
    if (struck || rule.rate !== undefined) {
      this.#rules = this.#rules.map((one) => (one.id === rule.id ? counted : one));
      this.#store.put('fault', rule.id, counted);
    }
    return struck;
  }
}
