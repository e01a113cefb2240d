import type { CatalogueStore, KnownPartners } from '../catalogue/index.ts';
import type { RuleBook } from '../duties/index.ts';
import type { Result } from '../kernel/result.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { RatesStore } from '../rates/index.ts';
import type { Quote, QuoteRequest } from './quote.ts';
import type { QuotedSlot, SlotRefusalReason } from './quote-slot.ts';

/** Units available by SKU, then by warehouse. */
export type Availability = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface StockReader {
  availability(skus: readonly string[]): Promise<Availability>;
}

/** Parcels that were ordered, by the warehouse that packs them and the calendar date there on which it begins. */
export type Workload = ReadonlyMap<string, ReadonlyMap<CalendarDate, number>>;

export interface WorkloadReader {
  /** Of that date and later, some seconds old at most. */
  since(date: CalendarDate): Promise<Workload>;
}

export interface QuoteStore {
  put(quote: Quote): Promise<void>;
  get(quoteId: string): Promise<Quote | undefined>;
}

export interface QuoteDeps {
  readonly catalogue: CatalogueStore;
  /** Lanes of other carriers, stored before their codes were checked, are in no plan. */
  readonly knownPartners: KnownPartners;
  readonly stock: StockReader;
  readonly workload: WorkloadReader;
  readonly rates: RatesStore;
  readonly quotes: QuoteStore;
  /** The trade rules that new quotes are priced by. */
  readonly rules: { current(): Promise<RuleBook> };
  /** The slot of that name where it can be had at the destination now, its free places aside. */
  readonly deliverySlot: (
    slotId: string,
    destination: QuoteRequest['destination'],
    now: Instant,
  ) => Promise<Result<QuotedSlot, { readonly reason: SlotRefusalReason }>>;
  /** Signs quotes. */
  readonly signingKey: () => Promise<string>;
}
