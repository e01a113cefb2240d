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
  /** The part of the world that the slot was held for: country and the prefix by which its zone serves it. */
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
  /** As they were some seconds ago at the earliest. */
  zones(): Promise<SlotZone[]>;
  putZone(zone: SlotZone): Promise<void>;
}

export interface SlotStore {
  /** Who has the places of the zone's slots that begin on these local days, both included; by slot id. */
  occupancies(
    zoneId: string,
    first: CalendarDate,
    last: CalendarDate,
  ): Promise<ReadonlyMap<string, Occupancy>>;
  /**
   * Takes one place of the slot, once per idempotency key and exactly as many as there are, and gives back the
   * place that the quote held before. A hold that expired counts for nothing.
   */
  hold(record: HoldRecord): Promise<HoldOutcome>;
  /** The hold that an earlier request with this key made. */
  repeated(
    storefrontId: string,
    key: string,
  ): Promise<{ readonly hold: SlotHold; readonly fingerprint: string } | undefined>;
  /** The place that the quote holds or held last. */
  holdOf(quoteId: string): Promise<SlotHold | undefined>;
  /** Slots that have a hold whose time is up, at most so many. */
  due(now: Instant, max: number): Promise<string[]>;
  /** Takes expired holds out of the slot and gives how many they were. */
  settle(slotId: string, now: Instant): Promise<number>;
}
