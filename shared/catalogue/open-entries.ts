import type { Instant } from '../kernel/time.ts';

/**
 * What an unpaid order or a held slot leaves under its storefront, to be counted. Client and address are keyed hashes:
 * nobody can tell from an entry who made it.
 */
export interface OpenEntry {
  /** The order or the quote. */
  readonly id: string;
  readonly client: string;
  /** Of delivery; empty for a slot. */
  readonly address: string;
  readonly units: number;
  readonly since: Instant;
  /** When it ends at the latest, by its own rules. */
  readonly until: Instant;
}

/** The limit that an entry would exceed. */
export type ReachedLimit = 'storefront' | 'client' | 'shopper';

/** Entries that are counted together. */
export interface EntryGroup {
  readonly storefrontId: string;
  /** `free`: orders of which nothing is to be paid. */
  readonly kind: 'order' | 'free' | 'slot';
  /** `client`: those of some clients, which share a part of the storefront's limit. `email`: those of one shopper. */
  readonly by: 'client' | 'email';
  /** The keyed hash of the client or of the e-mail address; of the id where clients are not distinguished. */
  readonly hash: string;
}

/** The most entries of each group. */
export interface GroupLimits {
  readonly ofStorefront: number;
  readonly ofClient: number;
  readonly ofShopper: number;
  readonly unitsOfClient: number;
}

/** Above this limit clients are not distinguished: a server of the shop orders for all of its shoppers. */
const MAX_OF_CLIENT = 100;
/** What is counted together is one item of the table, and has room for several clients. */
const MIN_TOGETHER = 20;

/** Whether the limit of a client is one of shoppers, and not of a whole shop. */
export const distinguishesClients = (ofClient: number): boolean => ofClient <= MAX_OF_CLIENT;

/** The number of parts into which a storefront's limit is divided, and the entries of each part. */
export function partsOf({ ofStorefront, ofClient }: Pick<GroupLimits, 'ofStorefront' | 'ofClient'>): {
  readonly parts: number;
  readonly most: number;
} {
  const together = Math.max(MIN_TOGETHER, 2 * Math.min(ofClient, MAX_OF_CLIENT));
  const parts = Math.ceil(ofStorefront / together);
  return { parts, most: Math.floor(ofStorefront / parts) };
}

/** The limit that one more entry in the group of some clients would exceed; undefined if there is room. */
export function clientLimit(
  entries: readonly OpenEntry[],
  wanted: OpenEntry,
  limits: GroupLimits,
): ReachedLimit | undefined {
  const own = distinguishesClients(limits.ofClient)
    ? entries.filter(({ client }) => client === wanted.client)
    : [];
  const units = own.reduce((all, each) => all + each.units, wanted.units);
  if (own.length >= limits.ofClient) return 'client';
  if (own.length > 0 && units > limits.unitsOfClient) return 'client';
  const there = own.filter(({ address }) => address !== '' && address === wanted.address);
  if (there.length >= limits.ofShopper) return 'shopper';
  return entries.length >= partsOf(limits).most ? 'storefront' : undefined;
}

/** The same for the group of one e-mail address. */
export const shopperLimit = (entries: readonly OpenEntry[], limits: GroupLimits): ReachedLimit | undefined =>
  entries.length >= limits.ofShopper ? 'shopper' : undefined;

/** Asks for room for one more entry. */
export interface Entering {
  readonly group: EntryGroup;
  readonly entry: OpenEntry;
  readonly limits: GroupLimits;
  readonly now: Instant;
  /** Those of the entries that still wait. Asked where a limit is reached or many entries are stored. */
  readonly stillOpen: (entries: readonly OpenEntry[]) => Promise<readonly OpenEntry[]>;
}

/** Counts entries, so that no number of requests at once exceeds a limit. */
export interface OpenEntries {
  /**
   * Adds the entry, or gives the limit that it would exceed. An entry with the same id is replaced. Throws
   * `TooManyWriters` if others wrote the same group at every try.
   */
  enter(entering: Entering): Promise<ReachedLimit | undefined>;
}
