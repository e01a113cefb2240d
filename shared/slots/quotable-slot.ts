import type { LandedCost } from '../../events/landed-cost.ts';
import { defined } from '../kernel/defined.ts';
import type { Place } from '../kernel/places/place.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { slotNamed } from './calendar.ts';
import { canBeHad } from './list-slots.ts';
import { readSlotId, type Slot, slotIdSchema } from './slot.ts';
import { prefixServing, type SlotZone, zonesServing } from './zone.ts';

export type SlotUnfit = { readonly reason: 'slot-unknown' | 'slot-closed' | 'slot-elsewhere' };

/** A slot that is open for a place now, with the postal code prefix by which its zone serves it. */
export interface FitSlot {
  readonly slot: Slot;
  readonly postalCodePrefix: string;
}

/** Whether the slot with that id is open for the place. Free places are not checked. */
export function quotableSlot(
  zones: readonly SlotZone[],
  slotId: string,
  place: Place,
  now: Instant,
): Result<FitSlot, SlotUnfit> {
  const zone = slotIdSchema.safeParse(slotId).success
    ? zones.find(({ zoneId }) => zoneId === readSlotId(slotId).zoneId)
    : undefined;
  const slot = zone === undefined ? undefined : slotNamed(zone, slotId);
  if (zone === undefined || slot === undefined) return refused({ reason: 'slot-unknown' });
  if (!canBeHad(slot, now)) return refused({ reason: 'slot-closed' });
  const postalCodePrefix = prefixServing(zone, place);
  // If another zone of the carrier matches the place more closely, that zone's slots apply.
  if (postalCodePrefix === undefined || !zonesServing(zones, place).includes(zone))
    return refused({ reason: 'slot-elsewhere' });
  return ok({ slot, postalCodePrefix });
}

/** The slot for pricing a basket, if it is open for the place now. Free places are not checked. */
export function slotToQuote(
  zones: readonly SlotZone[],
  slotId: string,
  place: Place,
  now: Instant,
): Result<NonNullable<LandedCost['deliverySlot']>, SlotUnfit> {
  const found = quotableSlot(zones, slotId, place, now);
  if (!found.ok) return found;
  const { carrier, from, to, surcharge } = found.value.slot;
  return ok({ slotId, carrier, from, to, ...defined({ surcharge }) });
}
