import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import type { FaultControl } from './faults.ts';
import type { Hook, PartnerKeys, SandboxPartner } from './partner.ts';
import type { PartnerStore } from './store.ts';

/** The wait in milliseconds after each failed delivery. After the last entry, that wait repeats. */
const backOffMs = [200, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
const maxAttempts = 2_000;
const answerTimeoutMs = 10_000;
const inFlightPerPartner = 8;
const staleSeconds = 600;
const usualReorderHoldMs = 3_000;
/** The secret of forged webhooks. It has the form of Standard Webhooks, which all other schemes accept too. */
const FORGED_SECRET = `whsec_${Buffer.from('not the secret of this endpoint').toString('base64')}`;
type Variant = 'genuine' | 'forged' | 'stale';

type StoredHook = Hook & { readonly partner: string };

/** A delivery to make. A delayed one (`isHeld`) waits for the next webhook about the same object. */
interface Delivery {
  readonly hook: StoredHook;
  readonly variant: Variant;
  readonly dueMs: number;
  readonly attempts?: number;
  readonly isHeld?: boolean;
}

interface HookRow extends StoredHook {
  id: number;
  variant: Variant;
  attempts: number;
}

/** One attempt to deliver a webhook. `status` is 0 when no answer came, and -1 when a fault lost the webhook. */
export interface HookAttempt {
  readonly partner: string;
  readonly eventId: string;
  readonly type: string;
  readonly reference: string;
  readonly variant: Variant;
  readonly attempt: number;
  readonly status: number;
  readonly atMs: number;
}

/** A webhook as it is sent. */
interface SealedHook {
  readonly body: string;
  readonly query?: string;
  readonly headers: Record<string, string>;
}

interface SenderOptions {
  readonly store: PartnerStore;
  readonly faults: FaultControl;
  readonly partners: readonly SandboxPartner[];
  readonly keysOf: (code: string) => PartnerKeys;
  readonly now: () => number;
  /** How long a webhook is held back for the next one about its object. The default is three seconds. */
  readonly reorderHoldMs?: number | undefined;
  readonly log: (message: string, detail: unknown) => void;
}

/** The body with a change, still well-formed. */
const forged = (body: string): string =>
  body.startsWith('<') ? `${body}<!-- forged -->` : body.replace('{', '{"forged":true,');

/** Delivers webhooks until the receiver answers 2xx: at least once, in no fixed order, and also after a restart. */
export class HookSender {
  readonly #options: SenderOptions;
  readonly #agents = { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) };
  /** The ids of the webhooks that are being sent, by partner. */
  readonly #inFlight: ReadonlyMap<SandboxPartner, Set<number>>;
  readonly #attempts: HookAttempt[] = [];
  #baseUrl: string;
  #timer: NodeJS.Timeout | undefined;
  #woken = false;
  #stopped = false;

  constructor(options: SenderOptions, baseUrl: string) {
    this.#options = options;
    this.#inFlight = new Map(options.partners.map((partner) => [partner, new Set()]));
    this.#baseUrl = baseUrl;
  }

  setBaseUrl(baseUrl: string): void {
    this.#baseUrl = baseUrl;
    this.wake();
  }

  /** The latest attempts, oldest first, at most 500. */
  attempts(): readonly HookAttempt[] {
    return this.#attempts;
  }

  /**
   * Puts a webhook of a partner into the store. Call it in the same transaction as the change that the webhook
   * reports.
   */
  enqueue(partner: string, reported: Hook): void {
    const hook: StoredHook = { ...reported, partner };
    const fault = this.#options.faults.strikeHook(partner, hook.type, () => `${hook.reference} ${hook.body}`);
    const nowMs = this.#options.now();
    if (fault?.kind === 'forge') this.#insert({ hook, variant: 'forged', dueMs: nowMs });
    if (fault?.kind === 'stale') this.#insert({ hook, variant: 'stale', dueMs: nowMs });
    if (fault?.kind === 'duplicate') {
      for (let copy = 0; copy < (fault.copies ?? 1); copy += 1)
        this.#insert({ hook, variant: 'genuine', dueMs: nowMs });
    }
    if (fault?.kind === 'drop') {
      this.#remember({ ...hook, variant: 'genuine', attempts: 0 }, -1);
      this.#insert({ hook, variant: 'genuine', dueMs: nowMs + (backOffMs[0] ?? 0), attempts: 1 });
    } else if (fault?.kind === 'reorder')
      this.#insert({
        hook,
        variant: 'genuine',
        dueMs: nowMs + (this.#options.reorderHoldMs ?? usualReorderHoldMs),
        isHeld: true,
      });
    else
      this.#insert({
        hook,
        variant: 'genuine',
        dueMs: nowMs + (fault?.kind === 'delay' ? fault.delayMs : 0),
      });
    this.wake();
  }

  /** Looks for due webhooks when the present transaction has ended. */
  wake(): void {
    if (this.#woken || this.#stopped) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      if (!this.#stopped) this.#pump();
    });
  }

  waiting(): number {
    return this.#options.store.row<{ count: number }>('SELECT count(*) AS count FROM hooks')?.count ?? 0;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  #insert({ hook, variant, dueMs, attempts = 0, isHeld = false }: Delivery): void {
    this.#options.store.run(
      'INSERT INTO hooks (partner, eventId, type, reference, body, variant, due, attempts, waiting) VALUES (?,?,?,?,?,?,?,?,?)',
      hook.partner,
      hook.eventId,
      hook.type,
      hook.reference,
      hook.body,
      variant,
      Math.round(dueMs),
      attempts,
      isHeld ? 1 : 0,
    );
  }

  #pump(): void {
    clearTimeout(this.#timer);
    const { store, now } = this.#options;
    const partners = store.rows<{ partner: string }>(
      'SELECT DISTINCT partner FROM hooks WHERE due <= ?',
      now(),
    );
    const waiting = new Set(partners.map(({ partner }) => partner));
    for (const [partner, inFlight] of this.#inFlight) {
      if (!waiting.has(partner.code) || inFlight.size >= inFlightPerPartner) continue;
      const due = store.rows<HookRow>(
        'SELECT * FROM hooks WHERE partner = ? AND due <= ? ORDER BY due, id LIMIT ?',
        partner.code,
        now(),
        inFlightPerPartner + inFlight.size,
      );
      for (const row of due) {
        if (inFlight.size >= inFlightPerPartner) break;
        if (inFlight.has(row.id)) continue;
        inFlight.add(row.id);
        void this.#deliver(partner, row).finally(() => inFlight.delete(row.id));
      }
    }
    const next = store.row<{ due: number | null }>(
      'SELECT min(due) AS due FROM hooks WHERE due > ?',
      now(),
    )?.due;
    if (next != null) this.#timer = setTimeout(() => this.wake(), Math.max(1, next - now()));
  }

  async #deliver(partner: SandboxPartner, row: HookRow): Promise<void> {
    const status = await this.#post(partner, row);
    if (this.#stopped) return;
    const { store, now } = this.#options;
    this.#remember(row, status);
    const failed = status < 200 || status > 299;
    if (!failed || row.variant !== 'genuine') {
      store.run('DELETE FROM hooks WHERE id = ?', row.id);
      // Webhooks about the same object that were held back to change the order may be sent now.
      const release =
        'UPDATE hooks SET due = ?, waiting = 0 WHERE partner = ? AND reference = ? AND waiting = 1';
      if (!failed) store.run(release, now(), row.partner, row.reference);
    } else if (row.attempts + 1 >= maxAttempts) {
      this.#options.log('webhook given up', { eventId: row.eventId, attempts: row.attempts + 1 });
      store.run('DELETE FROM hooks WHERE id = ?', row.id);
    } else {
      const waitMs = backOffMs[Math.min(row.attempts, backOffMs.length - 1)] ?? 0;
      store.run('UPDATE hooks SET attempts = attempts + 1, due = ? WHERE id = ?', now() + waitMs, row.id);
    }
    this.wake();
  }

  #post(partner: SandboxPartner, row: HookRow): Promise<number> {
    const { body, query = '', headers } = this.#sign(partner, row);
    const address = `${this.#baseUrl.replace(/\/$/, '')}/v1/hooks/${partner.kind}/${partner.code}`;
    const url = new URL(query === '' ? address : `${address}?${query}`);
    const secure = url.protocol === 'https:';
    return new Promise((resolve) => {
      const call = (secure ? httpsRequest : httpRequest)(
        url,
        {
          method: 'POST',
          agent: secure ? this.#agents.https : this.#agents.http,
          timeout: answerTimeoutMs,
          headers: {
            'content-type': `application/${body.startsWith('<') ? 'xml' : 'json'}; charset=utf-8`,
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Sandbox-Partner/1.0',
            ...headers,
          },
        },
        (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode ?? 0));
          answer.on('error', () => resolve(0));
        },
      );
      call.on('timeout', () => call.destroy());
      call.on('error', () => resolve(0));
      call.end(body);
    });
  }

  #sign(partner: SandboxPartner, row: HookRow): SealedHook {
    const plain = row.variant === 'forged' ? forged(row.body) : row.body;
    const nowSeconds = Math.floor(this.#options.now() / 1_000);
    const timestamp = row.variant === 'stale' ? nowSeconds - staleSeconds : nowSeconds;
    const secret =
      row.variant === 'forged' ? FORGED_SECRET : this.#options.keysOf(partner.code).webhookSecret;
    const message = { id: row.eventId, timestamp, body: plain };
    const sealed = partner.sealHook?.(secret, message) ?? { body: plain };
    return { ...sealed, headers: partner.signHook(secret, { ...message, body: sealed.body }) };
  }

  #remember(
    row: Pick<HookRow, 'partner' | 'eventId' | 'type' | 'reference' | 'variant' | 'attempts'>,
    status: number,
  ): void {
    const { partner, eventId, type, reference, variant } = row;
    this.#attempts.push({
      partner,
      eventId,
      type,
      reference,
      variant,
      attempt: row.attempts + 1,
      status,
      atMs: this.#options.now(),
    });
    if (this.#attempts.length > 500) this.#attempts.shift();
  }
}
