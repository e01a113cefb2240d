import { drawFraction } from './random.ts';
import type { PartnerStore } from './store.ts';

/**
 * What may go wrong with a call. `done` says whether the partner does the work all the same (the answer is lost, the
 * effect is not). `holdMs` and `delayMs` are real milliseconds, not divided by the pace.
 *
 * timeout: no answer for `holdMs`, then the connection is closed. slow: the work is done after `delayMs`, and a second call
 * with the same idempotency key meanwhile is answered 409. error: this status. garbage: 200 with a body that is not JSON.
 * reset: the connection is torn down. throttle: 429 with Retry-After.
 */
export type CallFault =
  | { kind: 'timeout'; holdMs: number; done?: boolean }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'error'; status: 500 | 502 | 503 | 504; done?: boolean }
  | { kind: 'garbage'; done?: boolean }
  | { kind: 'reset'; done?: boolean }
  | { kind: 'throttle'; retryAfterSeconds?: number };

/**
 * What may go wrong with a webhook. duplicate: sent this many times more. delay: later by `delayMs`. reorder: held back until
 * the next webhook about the same thing has been delivered (3 s at most). drop: the first delivery is lost on the way, the retry
 * arrives. forge: a copy with a changed body and a signature by another secret goes first. stale: a well-signed copy of
 * ten minutes ago goes first (under a signature that holds no time, it is a plain duplicate).
 */
export type HookFault =
  | { kind: 'duplicate'; copies?: number }
  | { kind: 'delay'; delayMs: number }
  | { kind: 'reorder' }
  | { kind: 'drop' }
  | { kind: 'forge' }
  | { kind: 'stale' };

/**
 * What a partner does without a call from us, for the goods or papers that carry a reference:
 * customs: inspection, documents, refused, detained, silent (it decides and sends no callback: the poll finds out);
 * warehouse: short, silent (as above), stalled (takes the order and never works on it);
 * carrier: refused (sells no label), lost, damaged, returned, attempt_failed, held, stalled (never scanned again after departure).
 */
export type Behaviour =
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
  /** Name of one operation (`payment_intents.create`) or webhook type (`refund.updated`); any when absent. */
  readonly on?: string;
  /** Strikes only where this text occurs: in a call's path, body or idempotency key, or in a webhook's reference or body. */
  readonly reference?: string;
  /** How many times it strikes; 1 when neither this nor `rate` is given. */
  readonly times?: number;
  /** Instead of `times`: the share of calls struck, 0 to 1, drawn from the seed. */
  readonly rate?: number;
  readonly call?: CallFault;
  readonly hook?: HookFault;
  readonly behaviour?: Behaviour;
}

type StoredRule = FaultRule & { readonly id: string; readonly struck: number; readonly drawn: number };

/** The rules by which the partners misbehave. Kept in the store, so that they survive a restart. */
export class FaultControl {
  readonly #store: PartnerStore;
  readonly #seed: number;
  #rules: StoredRule[];

  constructor(store: PartnerStore, seed: number) {
    this.#store = store;
    this.#seed = seed;
    this.#rules = store.list<StoredRule>('fault').reverse();
  }

  /** Adds a rule with exactly one of `call`, `hook` and `behaviour`; gives its id. */
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

  /** The fault that strikes this call, if any; counts it. */
  strikeCall(partner: string, operation: string, text: () => string): CallFault | undefined {
    return this.#strike(partner, operation, text, (rule) => rule.call);
  }

  /** The fault that strikes this webhook, if any; counts it. */
  strikeHook(partner: string, type: string, text: () => string): HookFault | undefined {
    return this.#strike(partner, type, text, (rule) => rule.hook);
  }

  /** The behaviour of the other side that a fault rule asks for here, if any; counts it. */
  behaviour(partner: string, text: string): Behaviour | undefined {
    return this.#strike(
      partner,
      undefined,
      () => text,
      (rule) => rule.behaviour,
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
