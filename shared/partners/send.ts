/** A request to a partner. Plug-ins build these; one sender in the runtime performs them. */
export interface PartnerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How the letters of the body become bytes; UTF-8 if absent. `latin1`: each letter is one byte, for files. */
  readonly encoding?: 'latin1';
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeoutMs: number;
}

export interface PartnerResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Performs a request; throws {@link PartnerUnavailable} when no answer came. */
export type Send = (request: PartnerRequest) => Promise<PartnerResponse>;

/**
 * The partner gave no usable answer: a timeout, a broken connection, a 5xx, 429 or garbage. The effect may
 * or may not have happened, so the same request is repeated with the same idempotency key.
 */
export class PartnerUnavailable extends Error {
  override readonly name = 'PartnerUnavailable';
  readonly partner: string;

  constructor(partner: string, reason: string, options?: { cause?: unknown }) {
    super(`${partner}: ${reason}`, options);
    this.partner = partner;
  }
}
