import {
  type CallerLimits,
  distinguishesClients,
  type OpenEntries,
  type ReachedLimit,
  shortened,
} from '../catalogue/index.ts';
import type { Instant } from '../kernel/time.ts';

/** A place that is about to be held. */
export interface HoldToCount {
  readonly quoteId: string;
  readonly storefrontId: string;
  /** The network that the request came from. */
  readonly client: string;
  readonly until: Instant;
  readonly now: Instant;
}

export interface CountHoldsDeps {
  readonly entries: OpenEntries;
  readonly limits: CallerLimits;
  readonly hashOf: (text: string) => string;
}

/**
 * Counts a hold among those of its storefront and client. Gives the limit that it would exceed; no place must be held
 * then. A hold counts until it runs out, also once its quote is ordered.
 */
export function countHeld(
  { entries, limits, hashOf }: CountHoldsDeps,
  { quoteId, storefrontId, client, until, now }: HoldToCount,
): Promise<ReachedLimit | undefined> {
  const own = hashOf(client);
  const hash = distinguishesClients(limits.heldSlotsOfClient) ? own : hashOf(quoteId);
  return entries.enter({
    group: { storefrontId, kind: 'slot', by: 'client', hash },
    entry: { id: quoteId, client: shortened(own), address: '', units: 0, since: now, until },
    limits: {
      ofStorefront: limits.heldSlotsOfStorefront,
      ofClient: limits.heldSlotsOfClient,
      ofShopper: limits.heldSlotsOfClient,
      unitsOfClient: 0,
    },
    now,
    stillOpen: async (known) => known.filter((entry) => entry.until > now),
  });
}
