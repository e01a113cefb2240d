import type { Problem } from '../kernel/problem.ts';
import { minuteMs } from '../kernel/time.ts';

/** Requests in a minute that one container takes. */
export interface VisitLimits {
  readonly ofClient: number;
  readonly ofStorefront: number;
}

/** As many as the firewall lets an address send; a shop whose own server reports has one address. */
const visitLimits: VisitLimits = { ofClient: 600, ofStorefront: 3_000 };

/** Who sends, as far as limits count it. */
export interface Sender {
  readonly storefrontId: string;
  /** The network that the request came from. */
  readonly client: string;
}

/**
 * Counts requests by storefront and client, minute by minute, in the memory of one container. A count in the table
 * would cost more than all the rest of the request. So the limits are those of each container: together they grow with
 * the number of containers, which the limit of the route ends.
 */
export class VisitCounter {
  readonly #limits: VisitLimits;
  #minute = -1;
  readonly #counts = new Map<string, number>();

  constructor(limits: VisitLimits = visitLimits) {
    this.#limits = limits;
  }

  /** Counts a request; gives the seconds after which it may be repeated, if it is one too many. */
  take({ storefrontId, client }: Sender, nowMs: number): number | undefined {
    const minute = Math.floor(nowMs / minuteMs);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts.clear();
    }
    const shop = JSON.stringify([storefrontId]);
    const caller = JSON.stringify([storefrontId, client]);
    const [ofShop, ofCaller] = [this.#counts.get(shop) ?? 0, this.#counts.get(caller) ?? 0];
    if (ofShop >= this.#limits.ofStorefront || ofCaller >= this.#limits.ofClient)
      return Math.ceil(((minute + 1) * minuteMs - nowMs) / 1000);
    this.#counts.set(shop, ofShop + 1).set(caller, ofCaller + 1);
    return undefined;
  }
}

/** Too many requests in this minute. */
export const tooManyVisits = (retryAfterSeconds: number): Problem => ({
  status: 429,
  code: 'too-many-visits',
  title: 'Too many requests',
  detail:
    'This client or this storefront has reported very often in this minute. Nothing of this request was kept.',
  retryAfterSeconds,
});

/** The delivery stream did not take it. */
export const visitsNotKept: Problem = {
  status: 503,
  code: 'visits-not-kept',
  title: 'Not kept',
  detail: 'Nothing of this request was kept. Repeat it later with the same batchId, or leave it.',
};
