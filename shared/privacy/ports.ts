import type { Instant } from '../kernel/time.ts';

/** What the table holds of a person for one order, beside its facts. */
export interface PersonalData {
  /**
   * Removes the customer, the addresses, the personal fields of facts, the kept calls of partners, the hash by which
   * the person is found, and the hash of the request. Removing what is gone changes nothing.
   */
  clear(orderId: string): Promise<void>;
  /** Whether anything of that is still stored. */
  isStored(orderId: string): Promise<boolean>;
  /** The orders of a person by the hash of the e-mail address, newest first, at most `max`. */
  ordersOf(personHash: string, max: number): Promise<readonly string[]>;
}

/** A request to erase, as it was made. It names no person. */
export interface ErasureRequest {
  readonly erasureId: string;
  readonly requestedAt: Instant;
  readonly orderIds: readonly string[];
  /** Whether more orders of the person were found than one request takes. */
  readonly hasMore: boolean;
}

/** The requests to erase. They do not expire: they show which orders were asked for and when. */
export interface ErasureRequests {
  get(erasureId: string): Promise<ErasureRequest | undefined>;
  /** Stores the request, once: gives the earlier one where the id is taken, with the fingerprint of its body. */
  keep(
    request: ErasureRequest,
    fingerprint: string,
  ): Promise<{ readonly request: ErasureRequest; readonly fingerprint: string }>;
}

/** Orders on the list of closed ones, by when they came there. */
export interface ClosedOrders {
  /** Closed orders of a shard of the list that came there after one place and up to an instant, oldest first. */
  page(
    shard: number,
    range: { readonly after: string; readonly until: Instant; readonly max: number },
  ): Promise<readonly { readonly orderId: string; readonly place: string }[]>;
  readonly shards: number;
  /** The place up to which each shard is done. */
  done(): Promise<Readonly<Record<string, string>>>;
  setDone(done: Readonly<Record<string, string>>): Promise<void>;
}
