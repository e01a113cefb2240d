import type { Place } from '../kernel/places/place.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type CalendarDate, dayAfter, dayMs, type Instant, later } from '../kernel/time.ts';
import { calendarDateIn } from '../kernel/zoned-time.ts';
import type { VerifiedQuotes } from '../quote/index.ts';
import { HORIZON_DAYS, slotsOn } from './calendar.ts';
import { emptySlot, freePlaces } from './occupancy.ts';
import type { SlotStore, ZoneStore } from './ports.ts';
import { deliverableFrom, type PlanRefusal, readPlan } from './quoted-plan.ts';
import type { Slot } from './slot.ts';
import { type SlotZone, zonesServing } from './zone.ts';

/** How many days one answer covers. */
const LISTED_DAYS = 14;

export interface SlotSearch {
  readonly storefrontId: string;
  readonly place: Place;
  readonly from?: CalendarDate | undefined;
  readonly carrier?: string | undefined;
  readonly quoteId?: string | undefined;
  /** The quote's option that will be ordered; its first if absent. */
  readonly optionId?: string | undefined;
}

interface OfferedSlot {
  readonly slot: Slot;
  readonly freePlaces: number;
}

export interface SlotOffer {
  readonly offered: readonly OfferedSlot[];
  /** The day to continue from; absent after the last bookable day. */
  readonly nextFrom: CalendarDate | undefined;
}

export type SlotSearchRefusal = { readonly reason: PlanRefusal | 'quote-elsewhere' };

interface ListSlotsDeps {
  readonly zones: ZoneStore;
  readonly slots: SlotStore;
  readonly quotes: VerifiedQuotes;
  readonly now: Instant;
}

/**
 * The bookable slots of a place, earliest first: two weeks from the first day that may have one. With a quote, only
 * slots of its carrier, after the promise of its parcels.
 */
export async function listSlots(
  { zones, slots, quotes, now }: ListSlotsDeps,
  search: SlotSearch,
): Promise<Result<SlotOffer, SlotSearchRefusal>> {
  const { storefrontId, carrier, quoteId, optionId } = search;
  let { place } = search;
  let earliestBy = (_carrier: string): Instant | undefined => now;
  if (quoteId !== undefined) {
    const plan = await readPlan(quotes, { storefrontId, quoteId, optionId }, now);
    if (!plan.ok) return plan;
    const { landedCost } = plan.value;
    const { destination } = landedCost;
    if (!isSamePlace(place, destination)) return refused({ reason: 'quote-elsewhere' });
    // A quote without a postal code can't be used in a zone that needs one.
    place = destination;
    earliestBy = (of) => deliverableFrom(landedCost, of);
  }
  const searches = zonesServing(await zones.zones(), place)
    .filter((zone) => carrier === undefined || zone.carrier === carrier)
    .flatMap((zone) => {
      const earliest = earliestBy(zone.carrier);
      if (earliest === undefined) return [];
      return [{ zone, earliest, first: firstDay(zone, [now, earliest], search.from) }];
    });
  const first = searches.map((each) => each.first).sort()[0];
  if (first === undefined) return ok({ offered: [], nextFrom: undefined });
  const last = dayAfter(first, LISTED_DAYS - 1);
  const found = await Promise.all(
    searches.map(async ({ zone, earliest }) => {
      const occupancies = await slots.occupancies(zone.zoneId, first, last);
      return daysFrom(first)
        .flatMap((date) => slotsOn(zone, date))
        .filter((slot) => canBeHad(slot, now) && slot.from >= earliest)
        .map((slot) => ({
          slot,
          freePlaces: freePlaces(occupancies.get(slot.slotId) ?? emptySlot, slot.capacity, now),
        }))
        .filter((offer) => offer.freePlaces > 0);
    }),
  );
  const offered = found.flat().sort((a, b) => (sortText(a.slot) < sortText(b.slot) ? -1 : 1));
  const isEnd = dayAfter(last, 1) > later(now, HORIZON_DAYS * dayMs).slice(0, 10);
  return ok({ offered, nextFrom: isEnd ? undefined : dayAfter(last, 1) });
}

/** Whether the slot can still be booked: before its cut-off and within the horizon. Free places are not checked. */
export function canBeHad(slot: Slot, now: Instant): boolean {
  return now < slot.bookableUntil && slot.from <= later(now, HORIZON_DAYS * dayMs);
}

function firstDay(
  { timeZone }: SlotZone,
  notBefore: readonly Instant[],
  from: CalendarDate | undefined,
): CalendarDate {
  const days = notBefore.map((instant) => calendarDateIn(timeZone, instant));
  return [...days, ...(from === undefined ? [] : [from])].sort().at(-1) ?? '';
}

const daysFrom = (first: CalendarDate) =>
  Array.from({ length: LISTED_DAYS }, (_, day) => dayAfter(first, day));

const sortText = ({ from, slotId }: Slot) => `${from} ${slotId}`;

/** A value missing on either side counts as equal. */
function isSamePlace(place: Place, destination: Place): boolean {
  if (destination.country !== place.country) return false;
  if (destination.postalCode === undefined || place.postalCode === undefined) return true;
  return destination.postalCode === place.postalCode;
}
