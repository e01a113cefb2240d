import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { Occupancy } from './occupancy.ts';
import type { Slot } from './slot.ts';
import type { SlotZone } from './zone.ts';

/** A place held for a quote, with the slot as it was then. */
export interface SlotHold {
  readonly holdId: string;
  readonly quoteId: string;
  readonly expiresAt: Instant;
  readonly slot: Slot;
  /** The area that the slot was held for: country, and the prefix by which its zone serves it. */
  readonly country: string;
  readonly postalCodePrefix: string;
}

export interface HoldRecord {
  readonly hold: SlotHold;
  readonly storefrontId: string;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
  readonly now: Instant;
}

export type HoldOutcome =
  | { readonly outcome: 'held' }
  | { readonly outcome: 'repeated'; readonly hold: SlotHold }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'quote-consumed' }
  | { readonly outcome: 'slot-full' }
  | { readonly outcome: 'contended' };

export interface ZoneStore {
  /** At most some seconds old. */
  zones(): Promise<SlotZone[]>;
  putZone(zone: SlotZone): Promise<void>;
}

export interface SlotStore {
  /** The occupancy of the zone's slots that begin on these local days, both included; by slot id. */
  occupancies(
    zoneId: string,
    first: CalendarDate,
    last: CalendarDate,
  ): Promise<ReadonlyMap<string, Occupancy>>;
  /**
   * Takes one place of the slot, once per idempotency key and never above the capacity, and releases the quote's
   * earlier place. Expired holds don't count.
   */
  hold(record: HoldRecord): Promise<HoldOutcome>;
  /** The hold of an earlier request with this key. */
  repeated(
    storefrontId: string,
    key: string,
  ): Promise<{ readonly hold: SlotHold; readonly fingerprint: string } | undefined>;
  /** The quote's present or last hold. */
  holdOf(quoteId: string): Promise<SlotHold | undefined>;
  /** Slots with an expired hold, up to the given number. */
  due(now: Instant, max: number): Promise<string[]>;
  /** Removes expired holds from the slot and returns their number. */
  settle(slotId: string, now: Instant): Promise<number>;
}
