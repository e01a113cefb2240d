import type { Fact } from '../../events/all-events.ts';
import {
  type CallerLimits,
  distinguishesClients,
  type OpenEntries,
  type OpenEntry,
  type ReachedLimit,
  shortened,
} from '../catalogue/index.ts';
import { type Instant, later, minuteMs } from '../kernel/time.ts';
import { type OrderDetails, orderStateOf, type TimelineStore } from '../timeline/index.ts';

/** An order that is about to be placed. */
export interface OrderToCount {
  readonly orderId: string;
  readonly storefrontId: string;
  /** The network that the request came from. */
  readonly client: string;
  readonly details: OrderDetails;
  readonly units: number;
  /** Until when it may hold its stock unpaid. */
  readonly until: Instant;
  readonly now: Instant;
}

export interface CountOrdersDeps {
  readonly entries: OpenEntries;
  readonly limits: CallerLimits;
  readonly timelines: TimelineStore;
  /** A keyed hash: no entry can be traced to a person without the key. */
  readonly hashOf: (text: string) => string;
}

/**
 * Counts an order among the unpaid ones of its storefront, client and shopper. Gives the limit that it would exceed; it
 * must not be placed then.
 */
export async function countUnpaid(
  deps: CountOrdersDeps,
  order: OrderToCount,
): Promise<ReachedLimit | undefined> {
  const { orderId, storefrontId, client, details, units, until, now } = order;
  const { entries, limits, hashOf } = deps;
  const { country, postalCode = '', line1 } = details.shippingAddress;
  const ofClient = hashOf(client);
  const entry: OpenEntry = {
    ...{ id: orderId, units, since: now, until },
    client: shortened(ofClient),
    address: shortened(hashOf(plain(`${country} ${postalCode} ${line1}`))),
  };
  const groups = [
    {
      by: 'client',
      hash: distinguishesClients(limits.unpaidOrdersOfClient) ? ofClient : hashOf(orderId),
    },
    { by: 'email', hash: hashOf(plain(details.customer.email)) },
  ] as const;
  for (const group of groups) {
    const reached = await entries.enter({
      group: { storefrontId, kind: 'order', ...group },
      limits: {
        ofStorefront: limits.unpaidOrdersOfStorefront,
        ofClient: limits.unpaidOrdersOfClient,
        ofShopper: limits.unpaidOrdersOfShopper,
        unitsOfClient: limits.unpaidUnitsOfClient,
      },
      ...{ entry, now },
      stillOpen: (known) => stillUnpaid(deps, known, now),
    });
    if (reached !== undefined) return reached;
  }
  return undefined;
}

/** Case and spaces do not make another person. */
const plain = (text: string) => text.toLowerCase().replace(/[\s.,-]/g, '');

async function stillUnpaid(
  { timelines }: CountOrdersDeps,
  entries: readonly OpenEntry[],
  now: Instant,
): Promise<readonly OpenEntry[]> {
  const open = await Promise.all(
    entries.map(async (entry) => {
      const order = await timelines.load(entry.id, { consistent: false });
      return waitsUnpaid(order?.facts, entry, now);
    }),
  );
  return entries.filter((_, index) => open[index] === true);
}

/** A request may have counted its order, and not have placed it yet. */
const PLACING_MS = 2 * minuteMs;
/** How long an order that was cancelled still counts, so that placing and cancelling in turn counts too. */
const CANCELLED_MS = 10 * minuteMs;

/** Whether an order still counts: it is not paid, or it ended a moment after it was placed. */
function waitsUnpaid(facts: readonly Fact[] | undefined, { since }: OpenEntry, now: Instant): boolean {
  if (facts === undefined) return now < later(since, PLACING_MS);
  const { isAuthorised, ended } = orderStateOf(facts);
  if (isAuthorised) return false;
  return ended === undefined || now < later(since, CANCELLED_MS);
}
