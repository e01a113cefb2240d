import type { Fact } from '../../events/all-events.ts';
import {
  type CallerLimits,
  distinguishesClients,
  type GroupLimits,
  MAX_SKUS,
  type OpenEntries,
  type OpenEntry,
  type ReachedLimit,
  shortened,
  type UnitsOfStorefronts,
} from '../catalogue/index.ts';
import { dayMs, type Instant, later, minuteMs } from '../kernel/time.ts';
import { type OrderDetails, orderStateOf, type TimelineStore } from '../timeline/index.ts';

/** An order that is about to be placed. */
export interface OrderToCount {
  readonly orderId: string;
  /** Differs for each request for the order. */
  readonly requestId: string;
  readonly storefrontId: string;
  /** The network that the request came from. */
  readonly client: string;
  readonly details: OrderDetails;
  /** The units of each SKU. */
  readonly goods: ReadonlyMap<string, number>;
  /** The most units of a SKU that a client may hold unpaid, as the quote says; a basket of it where that is absent. */
  readonly unpaidMost?: Readonly<Record<string, number>> | undefined;
  /** The same of all unpaid orders of the storefront; absent if there is no such limit. */
  readonly unpaidMostOfStorefront?: Readonly<Record<string, number>> | undefined;
  /** Whether nothing is to be paid. */
  readonly isFree: boolean;
  /** Until when it may hold its stock unpaid. */
  readonly until: Instant;
  readonly now: Instant;
}

export interface CountOrdersDeps {
  readonly entries: OpenEntries;
  readonly units: UnitsOfStorefronts;
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
  const kind = isFree ? 'free' : 'order';
  for (const group of groups) {
    const reached = await entries.enter({
      group: { storefrontId, kind, ...group },
      ...{ limits, entry, now },
      stillOpen: (known) => stillCounted(deps, known, (facts, one) => stillCounts(facts, one, now)),
    });
    if (reached !== undefined) return reached;
  }
  if (isFree) return undefined;
  const reached = await countOfStorefront(deps, order);
  // Nothing was reserved: the units would count for others until it is known that the order was not placed.
  if (reached !== undefined)
    await entries.leave({ group: { storefrontId, kind, ...groups[0] }, entry, limits });
  return reached;
}

/**
 * Counts the units of each SKU among those that wait unpaid in the storefront, after the order's entry is stored: so
 * whoever counts again sees every order that is in a sum. An order that is placed already was counted by then.
 */
async function countOfStorefront(
  deps: CountOrdersDeps,
  { orderId, storefrontId, goods, unpaidMostOfStorefront: mosts, now }: OrderToCount,
): Promise<ReachedLimit | undefined> {
  if (mosts === undefined || (await deps.timelines.load(orderId)) !== undefined) return undefined;
  for (const [sku, units] of goods) {
    const most = mosts[sku];
    if (most === undefined) continue;
    const recount = () => unpaidUnits(deps, { storefrontId, sku, but: orderId, now });
    const hasRoom = await deps.units.take({ storefrontId, sku, units, most, now, recount });
    if (!hasRoom) return 'sku';
  }
  return undefined;
}

/** The units of a SKU that the storefront's orders hold unpaid now, one order left out. */
async function unpaidUnits(
  deps: CountOrdersDeps,
  asked: { readonly storefrontId: string; readonly sku: string; readonly but: string; readonly now: Instant },
): Promise<number> {
  const { storefrontId, now } = asked;
  const hash = shortened(deps.hashOf(asked.sku));
  const unitsIn = ({ goods = [] }: OpenEntry) => goods.find(({ sku }) => sku === hash)?.units ?? 0;
  const limits = limitsOfUnpaid(deps.limits);
  const entries = await deps.entries.ofStorefront({ storefrontId, kind: 'order' }, limits);
  const others = entries.filter((entry) => entry.id !== asked.but && unitsIn(entry) > 0);
  const open = await stillCounted(deps, others, (facts, entry) => holdsStock(facts, entry, now));
  return open.reduce((sum, entry) => sum + unitsIn(entry), 0);
}

function unitsOf(
  { limits, hashOf }: Pick<CountOrdersDeps, 'limits' | 'hashOf'>,
  { goods, unpaidMost = {}, unpaidMostOfStorefront, requestId }: OrderToCount,
): Pick<OpenEntry, 'units' | 'goods' | 'request'> {
  const all = [...goods].map(([sku, units]) => ({
    ...{ sku: shortened(hashOf(sku)), units },
    most: unpaidMost[sku] ?? limits.unitsOfOneSku,
  }));
  const kept = unpaidMostOfStorefront === undefined ? MAX_SKUS : all.length;
  return {
    units: all.reduce((sum, { units }) => sum + units, 0),
    goods: all.toSorted((a, b) => b.units - a.units).slice(0, kept),
    ...(unpaidMostOfStorefront === undefined ? {} : { request: shortened(hashOf(requestId)) }),
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
  counts: (facts: readonly Fact[] | undefined, entry: OpenEntry) => boolean,
): Promise<readonly OpenEntry[]> {
  const open = await Promise.all(
    entries.map(async (entry) => {
      const order = await timelines.load(entry.id, { consistent: false });
      return counts(order?.facts, entry);
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

/** Whether an order holds its units unpaid: it is being placed, or it is neither paid nor ended. */
function holdsStock(facts: readonly Fact[] | undefined, { since }: OpenEntry, now: Instant): boolean {
  if (facts === undefined) return now < later(since, PLACING_MS);
  const { isAuthorised, ended } = orderStateOf(facts);
  return !isAuthorised && ended === undefined;
}
