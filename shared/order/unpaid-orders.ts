import type { Fact } from '../../events/all-events.ts';
import {
  type CallerLimits,
  distinguishesClients,
  type GroupLimits,
  type OpenEntries,
  type OpenEntry,
  type ReachedLimit,
  shortened,
} from '../catalogue/index.ts';
import { dayMs, type Instant, later, minuteMs } from '../kernel/time.ts';
import { type OrderDetails, orderStateOf, type TimelineStore } from '../timeline/index.ts';

/** An order that is about to be placed. */
export interface OrderToCount {
  readonly orderId: string;
  readonly storefrontId: string;
  /** The network that the request came from. */
  readonly client: string;
  readonly details: OrderDetails;
  /** The units of each SKU. */
  readonly goods: ReadonlyMap<string, number>;
  /** The most units of a SKU that a client may hold unpaid, as the quote says; a basket of it where that is absent. */
  readonly unpaidMost?: Readonly<Record<string, number>> | undefined;
  /** Whether nothing is to be paid. */
  readonly isFree: boolean;
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
 * Counts an order among the unpaid ones of its storefront, client and shopper; one of which nothing is to be paid among
 * those of the last day. Gives the limit that it would exceed; it must not be placed then.
 */
export async function countUnpaid(
  deps: CountOrdersDeps,
  order: OrderToCount,
): Promise<ReachedLimit | undefined> {
  const { orderId, storefrontId, client, details, isFree, until, now } = order;
  const { entries, hashOf } = deps;
  const limits = isFree ? limitsOfFree(deps.limits) : limitsOfUnpaid(deps.limits);
  const { country, postalCode = '', line1 } = details.shippingAddress;
  const ofClient = hashOf(client);
  const entry: OpenEntry = {
    ...{ id: orderId, since: now, until },
    ...unitsOf(deps, order),
    client: shortened(ofClient),
    address: shortened(hashOf(plain(`${country} ${postalCode} ${line1}`))),
  };
  const groups = [
    {
      by: 'client',
      hash: distinguishesClients(limits.ofClient) ? ofClient : hashOf(orderId),
    },
    { by: 'email', hash: hashOf(plain(details.customer.email)) },
  ] as const;
  for (const group of groups) {
    const reached = await entries.enter({
      group: { storefrontId, kind: isFree ? 'free' : 'order', ...group },
      ...{ limits, entry, now },
      stillOpen: (known) => stillCounted(deps, known, now),
    });
    if (reached !== undefined) return reached;
  }
  return undefined;
}

/** A SKU counts alone if it is among those of the order with the most units: the others are too few to matter. */
const MAX_SKUS = 10;

function unitsOf(
  { limits, hashOf }: Pick<CountOrdersDeps, 'limits' | 'hashOf'>,
  { goods, unpaidMost = {} }: OrderToCount,
): Pick<OpenEntry, 'units' | 'goods'> {
  const all = [...goods].map(([sku, units]) => ({
    ...{ sku: shortened(hashOf(sku)), units },
    most: unpaidMost[sku] ?? limits.unitsOfOneSku,
  }));
  return {
    units: all.reduce((sum, { units }) => sum + units, 0),
    goods: all.toSorted((a, b) => b.units - a.units).slice(0, MAX_SKUS),
  };
}

const limitsOfUnpaid = (limits: CallerLimits): GroupLimits => ({
  ofStorefront: limits.unpaidOrdersOfStorefront,
  ofClient: limits.unpaidOrdersOfClient,
  ofShopper: limits.unpaidOrdersOfShopper,
  unitsOfClient: limits.unpaidUnitsOfClient,
});

/** Their units are limited by order. */
const limitsOfFree = (limits: CallerLimits): GroupLimits => ({
  ofStorefront: limits.freeOrdersOfStorefront,
  ofClient: limits.freeOrdersOfClient,
  ofShopper: limits.freeOrdersOfShopper,
  unitsOfClient: limits.freeOrdersOfClient * limits.freeUnitsOfOrder,
});

/** Case and spaces do not make another person. */
const plain = (text: string) => text.toLowerCase().replace(/[\s.,-]/g, '');

async function stillCounted(
  { timelines }: CountOrdersDeps,
  entries: readonly OpenEntry[],
  now: Instant,
): Promise<readonly OpenEntry[]> {
  const open = await Promise.all(
    entries.map(async (entry) => {
      const order = await timelines.load(entry.id, { consistent: false });
      return stillCounts(order?.facts, entry, now);
    }),
  );
  return entries.filter((_, index) => open[index] === true);
}

/** A request may have counted its order, and not have placed it yet. */
const PLACING_MS = 2 * minuteMs;
/** How long an order that was cancelled still counts, so that placing and cancelling in turn counts too. */
const CANCELLED_MS = 10 * minuteMs;

/** No payment ends the count of an order of which nothing is to be paid. */
const FREE_MS = dayMs;

/** Whether an order still counts: it is not paid, or it ended a moment after it was placed. */
function stillCounts(facts: readonly Fact[] | undefined, { since }: OpenEntry, now: Instant): boolean {
  const [placed] = facts ?? [];
  if (facts === undefined || placed?.name !== 'order.placed') return now < later(since, PLACING_MS);
  if (placed.data.landedCost.totals.total.amount === 0) return now < later(since, FREE_MS);
  const { isAuthorised, ended } = orderStateOf(facts);
  if (isAuthorised) return false;
  return ended === undefined || now < later(since, CANCELLED_MS);
}
