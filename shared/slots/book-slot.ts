import type { LandedCost } from '../../events/landed-cost.ts';
import type { Address } from '../kernel/address.ts';
import { barePostalCode } from '../kernel/places/postal-code.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { SlotHold, SlotStore } from './ports.ts';
import { whyNotInSlot } from './quoted-plan.ts';

/** The order that a held place is for. */
export interface SlotBooking {
  readonly holdId: string;
  readonly quoteId: string;
  /** The plan of the order. */
  readonly landedCost: LandedCost;
  readonly shippingAddress: Pick<Address, 'country' | 'postalCode'>;
}

/** The slot data that an order stores. Instants are UTC. */
export interface BookedSlot {
  readonly slotId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly carrier: string;
}

export type BookingRefusal = {
  readonly reason:
    | 'slot-hold-unknown'
    | 'slot-hold-expired'
    | 'slot-elsewhere'
    | 'slot-of-other-carrier'
    | 'slot-before-promise'
    | 'slot-not-quoted';
};

/** Whether the hold may become the order's booking; the write checks again that the hold is still live. */
export function decideBooking(
  hold: SlotHold | undefined,
  booking: SlotBooking,
  now: Instant,
): Result<BookedSlot, BookingRefusal> {
  if (hold === undefined || hold.holdId !== booking.holdId || hold.quoteId !== booking.quoteId)
    return refused({ reason: 'slot-hold-unknown' });
  if (hold.expiresAt <= now) return refused({ reason: 'slot-hold-expired' });
  const { country, postalCode = '' } = booking.shippingAddress;
  const isThere = country === hold.country && barePostalCode(postalCode).startsWith(hold.postalCodePrefix);
  if (!isThere) return refused({ reason: 'slot-elsewhere' });
  const wrong = whyNotInSlot(hold.slot, booking.landedCost);
  if (wrong !== undefined) return refused({ reason: wrong });
  const { slotId, from, to, carrier } = hold.slot;
  return ok({ slotId, from, to, carrier });
}

/** The slot of the quote's hold with that id, for the order's booking. */
export async function bookableSlot(
  slots: Pick<SlotStore, 'holdOf'>,
  booking: SlotBooking,
  now: Instant,
): Promise<Result<BookedSlot, BookingRefusal>> {
  return decideBooking(await slots.holdOf(booking.quoteId), booking, now);
}
