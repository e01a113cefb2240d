import type { Fact } from '../../events/all-events.ts';
import type { CallerLimits, OpenEntries, OpenEntry } from '../catalogue/index.ts';
import { dayMs, type Instant, later, minuteMs } from '../kernel/time.ts';
import {
  currentIntent,
  isRefusedCash,
  type OrderDetails,
  orderStateOf,
  type TimelineStore,
} from '../timeline/index.ts';

/** An order of cash on delivery that is about to be placed. */
export interface CashOrder {
  readonly orderId: string;
  readonly storefrontId: string;
  readonly details: OrderDetails;
  readonly now: Instant;
}

export interface CountCashDeps {
  readonly entries: OpenEntries;
  readonly limits: CallerLimits;
  readonly timelines: TimelineStore;
  /** A keyed hash: no entry can be traced to a person without the key. */
  readonly hashOf: (text: string) => string;
}

/** How long a parcel that its consignee refused counts against the next order. */
const REFUSED_MS = 90 * dayMs;
/** How long an entry may be kept: an order may be on its way for a month before its parcel is refused. */
const ENTRY_MS = REFUSED_MS + 30 * dayMs;
/** A request may have counted its order, and not have placed it yet. */
const PLACING_MS = 2 * minuteMs;

/**
 * Counts an order of cash on delivery among those of its shopper, by e-mail address and by telephone number: the ones
 * that are open, and those of the last 90 days of which a parcel was refused. False if there are too many: the order
 * must not be placed then. The counted entries name the orders, and the shopper by a keyed hash alone.
 */
export async function countCash(
  { entries, limits, timelines, hashOf }: CountCashDeps,
  { orderId, storefrontId, details, now }: CashOrder,
): Promise<boolean> {
  const { email, phone } = details.customer;
  const entry: OpenEntry = {
    ...{ id: orderId, client: '', address: '', units: 0, since: now, until: later(now, ENTRY_MS) },
  };
  const { cashOrdersOfShopper: most } = limits;
  const stillOpen = (known: readonly OpenEntry[]) => stillCounted(timelines, known, now);
  const names = [`email:${plain(email)}`, ...(phone === undefined ? [] : [`phone:${plain(phone)}`])];
  for (const name of names) {
    const reached = await entries.enter({
      group: { storefrontId, kind: 'cash', by: 'email', hash: hashOf(name) },
      limits: { ofStorefront: most, ofClient: most, ofShopper: most, unitsOfClient: most },
      ...{ entry, now, stillOpen },
    });
    if (reached !== undefined) return false;
  }
  return true;
}

/** Case, spaces and punctuation do not make another person. */
const plain = (text: string) => text.toLowerCase().replace(/[\s.,()-]/g, '');

async function stillCounted(
  timelines: TimelineStore,
  entries: readonly OpenEntry[],
  now: Instant,
): Promise<readonly OpenEntry[]> {
  const counted = await Promise.all(
    entries.map(async ({ id, since }) => {
      const order = await timelines.load(id);
      return order === undefined ? now < later(since, PLACING_MS) : counts(order.facts, now);
    }),
  );
  return entries.filter((_, index) => counted[index] === true);
}

/** Whether an order counts: it is paid in cash and open, or a parcel of it came back not long ago. */
function counts(facts: readonly Fact[], now: Instant): boolean {
  if (currentIntent(facts).isCash !== true) return false;
  const { ended } = orderStateOf(facts);
  if (ended === undefined) return true;
  return facts.some(
    (fact) =>
      fact.name === 'parcel.closed' &&
      fact.data.outcome === 'returned' &&
      isRefusedCash(facts, fact.data.parcelId) &&
      now < later(fact.recordedAt, REFUSED_MS),
  );
}
