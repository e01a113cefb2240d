import type { Instant } from '../kernel/time.ts';

/**
 * What an unpaid order or a held slot leaves under its storefront, to be counted. Client and address are keyed hashes:
 * nobody can tell from an entry who made it.
 */
export interface OpenEntry {
  /** The order or the quote. */
  readonly id: string;
  /** `shortened`. */
  readonly client: string;
  /** Of delivery, `shortened`; empty for a slot. */
  readonly address: string;
  readonly units: number;
  /** The units of its SKUs, those with the most units first, where units of a SKU have a limit. */
  readonly goods?: readonly UnitsOfSku[];
  /** Tells apart two requests for one order, where an entry may be taken back. */
  readonly request?: string;
  readonly since: Instant;
  /** When it ends at the latest, by its own rules. */
  readonly until: Instant;
}

/** Units of one SKU that wait unpaid. */
interface UnitsOfSku {
  /** A hash, `shortened`. */
  readonly sku: string;
  readonly units: number;
  /** The most units of it that wait for a client; known while the entry is added, and not stored. */
  readonly most: number;
}

/** 36 bits of a hash: enough to tell the few hundred entries of a group apart, and half as long in each of them. */
export const shortened = (hash: string): string => hash.slice(0, 6);

/** The limit that an entry would exceed. */
export type ReachedLimit = 'storefront' | 'client' | 'shopper' | 'sku';

/** Entries that are counted together. */
export interface EntryGroup {
  readonly storefrontId: string;
  /** `free`: orders of which nothing is to be paid. `cash`: those that a carrier collects. */
  readonly kind: 'order' | 'free' | 'slot' | 'cash';
  /**
   * `client`: those of some clients, which share a part of the storefront's limit. `email`: those of one shopper, by
   * the e-mail address or, where a carrier collects, by the telephone number.
   */
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

/** A client's units are limited of the SKUs of an order with the most units: the others are too few to matter. */
export const MAX_SKUS = 10;
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

/**
 * A sum over entries of a group that has a limit. What an entry adds to it is known from the entry alone, so that the
 * table can keep the sum and compare it in the write that adds the entry.
 */
export interface Tally {
  /** The sums of a group differ by their names. */
  readonly name: string;
  readonly adds: number;
  /** The sum may not exceed this, unless the entry is the only one in it. */
  readonly most: number;
  readonly limit: ReachedLimit;
}

/** The sums that an entry of the group counts in. Where it exceeds several limits, the first one is named. */
export function talliesOf(
  { by }: EntryGroup,
  { client, address, units, goods = [] }: OpenEntry,
  limits: GroupLimits,
): readonly Tally[] {
  const { ofClient, unitsOfClient, ofShopper } = limits;
  if (by === 'email') return [{ name: 'all', adds: 1, most: ofShopper, limit: 'shopper' }];
  const all: Tally = { name: 'all', adds: 1, most: partsOf(limits).most, limit: 'storefront' };
  if (!distinguishesClients(ofClient)) return [all];
  return [
    { name: `c${client}`, adds: 1, most: ofClient, limit: 'client' },
    { name: `u${client}`, adds: units, most: unitsOfClient, limit: 'client' },
    ...goods.slice(0, MAX_SKUS).map((each) => ({
      ...{ name: `s${client}${each.sku}`, adds: each.units, most: each.most },
      limit: 'client' as const,
    })),
    ...(address === ''
      ? []
      : [{ name: `a${client}${address}`, adds: 1, most: ofShopper, limit: 'shopper' } as const]),
    all,
  ];
}

/** The sums of the entries, by name. */
export function sumsOf(
  group: EntryGroup,
  entries: readonly OpenEntry[],
  limits: GroupLimits,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const entry of entries) {
    for (const { name, adds } of talliesOf(group, entry, limits))
      sums.set(name, (sums.get(name) ?? 0) + adds);
  }
  return sums;
}

/** The limit that one more entry would exceed; undefined if there is room. */
export function reachedLimit(
  entries: readonly OpenEntry[],
  { group, entry, limits }: Entering,
): ReachedLimit | undefined {
  const sums = sumsOf(group, entries, limits);
  return talliesOf(group, entry, limits).find(({ name, adds, most }) => {
    const sum = sums.get(name);
    return sum !== undefined && sum + adds > most;
  })?.limit;
}

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
  /** Takes an entry back that this request alone has entered. Nothing happens if another one entered it too. */
  leave(entering: Pick<Entering, 'group' | 'entry' | 'limits'>): Promise<void>;
  /** Every entry of a storefront's clients, also those that have ended and were not taken out yet. Not a snapshot. */
  ofStorefront(
    group: Pick<EntryGroup, 'storefrontId' | 'kind'>,
    limits: GroupLimits,
  ): Promise<readonly OpenEntry[]>;
}
