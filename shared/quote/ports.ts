import type { CatalogueStore, KnownPartners, Seller } from '../catalogue/index.ts';
import type { RuleBook } from '../duties/index.ts';
import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import type { Result } from '../kernel/result.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import type { RatesStore } from '../rates/index.ts';
import type { Quote, QuoteRequest } from './quote.ts';
import type { QuotedSlot, SlotRefusalReason } from './quote-slot.ts';
import type { RefusedBasket } from './refused-basket.ts';

/** Units available by SKU, then by warehouse. */
export type Availability = ReadonlyMap<string, ReadonlyMap<string, number>>;

interface StockReader {
  availability(skus: readonly string[]): Promise<Availability>;
}

/** Parcels that were ordered, by the warehouse that packs them and the calendar date there on which it begins. */
export type Workload = ReadonlyMap<string, ReadonlyMap<CalendarDate, number>>;

export interface WorkloadReader {
  /** From that date on; at most some seconds old. */
  since(date: CalendarDate): Promise<Workload>;
}

export interface QuoteStore {
  put(quote: Quote): Promise<void>;
  get(quoteId: string): Promise<Quote | undefined>;
}

export interface QuoteDeps {
  readonly catalogue: CatalogueStore;
  /** Plans leave out lanes of other carriers, which were stored before carrier codes were checked. */
  readonly knownPartners: KnownPartners;
  readonly stock: StockReader;
  readonly workload: WorkloadReader;
  readonly rates: RatesStore;
  readonly quotes: QuoteStore;
  /** The trade rules that price new quotes to the country. */
  readonly rules: { current(country: Country): Promise<RuleBook> };
  /** The slot with that id, if it is open for the destination now. Free places are not checked. */
  readonly deliverySlot: (
    slotId: string,
    destination: QuoteRequest['destination'],
    now: Instant,
  ) => Promise<Result<QuotedSlot, { readonly reason: SlotRefusalReason }>>;
  /** Whether a payment method takes the currency there, by the seller's choice and terms. */
  readonly isPayable: (
    place: { readonly country: Country; readonly currency: Currency; readonly today: CalendarDate },
    choice: Seller['payment'] | undefined,
  ) => boolean;
  /** Keeps why a basket got no quote. Takes a moment at most, and never rejects. */
  readonly noteRefusal: (refused: RefusedBasket) => Promise<void>;
  /** Signs quotes. */
  readonly signingKey: () => Promise<string>;
}
